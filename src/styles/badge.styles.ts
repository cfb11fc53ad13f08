import { css } from 'lit';

/** `.badge` with `live`, `accent`, `warning`, `danger`, `success`. */
export default css`
  .badge {
    display: inline-flex;
    align-items: center;
    gap: var(--_space-xs);
    padding: 1px 7px;
    border-radius: var(--_radius-round);
    background: var(--_surface-sunken);
    color: var(--_text-muted);
    font: var(--_weight-medium) var(--_font-size-xs) / 1.5 var(--_font);
    white-space: nowrap;
    --_icon-size: 12px;
  }
  .badge.live {
    border-radius: calc(var(--_radius-control) / 2);
    background: var(--_live);
    color: var(--_on-live);
    font-weight: var(--_weight-bold);
    letter-spacing: 0.04em;
    text-transform: uppercase;
  }
  .badge.accent {
    background: var(--_accent-soft);
    color: var(--_accent-text);
  }
  .badge.warning {
    background: var(--_warning-soft);
    color: var(--_warning-text);
  }
  .badge.danger {
    background: var(--_danger-soft);
    color: var(--_danger-text);
  }
  .badge.success {
    background: color-mix(in oklab, var(--_success) 14%, var(--_surface));
    color: var(--_success-text);
  }
  @media (forced-colors: active) {
    .badge {
      outline: 1px solid CanvasText;
    }
  }
`;
