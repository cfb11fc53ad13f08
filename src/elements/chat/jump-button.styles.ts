import { css } from 'lit';

export default css`
  .jump {
    position: absolute;
    inset-block-end: var(--_space-s);
    inset-inline-start: 50%;
    min-inline-size: var(--_control-size);
    padding-inline: var(--_space-s);
    border-radius: var(--_radius-round);
    box-shadow: var(--_shadow-m);
    translate: -50% 0;
    animation: jump-in var(--_in-time) var(--_ease);
    --_icon-size: 16px;
  }
  .jump:dir(rtl) {
    translate: 50% 0;
  }
  .jump:not(.primary) {
    --_fill: var(--_surface-raised);
    --_edge: var(--_border);
  }
  .jump.primary {
    padding-inline: var(--_space-s) var(--_space-m);
    font-size: var(--_font-size-s);
  }
  @keyframes jump-in {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .jump {
      animation: none;
    }
  }
`;
