import { css } from 'lit';

/** How overlays come and run, and how they are drawn where less motion or fewer colours are wanted. */
export default css`
  @keyframes come {
    from {
      opacity: 0;
      transform: translateY(0.8em);
    }
  }
  @keyframes fade {
    from {
      opacity: 0;
    }
  }
  @keyframes run {
    to {
      transform: translateX(-100%);
    }
  }
  @keyframes run-rtl {
    to {
      transform: translateX(100%);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .card {
      animation-name: fade;
    }
    .run {
      flex: 1;
      flex-wrap: wrap;
      padding-block: 0.45em;
      white-space: normal;
      animation: none;
    }
    .run + .run,
    .ticker .icon-button {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .card,
    .ticker,
    .slate {
      border: 1px solid CanvasText;
    }
  }
`;
