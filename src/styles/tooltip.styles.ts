import { css } from 'lit';

/** `.tooltip`, for `TooltipController`. */
export default css`
  .tooltip {
    position: fixed;
    margin: 0;
    padding: 4px 8px;
    max-inline-size: 260px;
    border: 0;
    border-radius: calc(var(--_radius-control) * 0.75);
    background: light-dark(oklch(0.25 0.012 var(--_hue)), oklch(0.93 0.005 var(--_hue)));
    color: light-dark(oklch(0.98 0 0), oklch(0.2 0.01 var(--_hue)));
    font: var(--_weight-medium) var(--_font-size-xs) / 1.4 var(--_font);
    white-space: pre-line;
    pointer-events: none;
  }
  @media (forced-colors: active) {
    .tooltip {
      border: 1px solid CanvasText;
    }
  }
`;
