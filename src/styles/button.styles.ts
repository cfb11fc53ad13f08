import { css } from 'lit';

/** `.button` with `primary`, `danger`, `quiet`; `.icon-button` (square) with `on`, `off`, `danger`; sizes `small`, `large`. */
export default css`
  .button,
  .icon-button {
    --_fill: color-mix(in oklab, var(--_text) 8%, transparent);
    --_ink: var(--_text);
    --_edge: transparent;
    position: relative;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--_space-s);
    min-block-size: var(--_control-size);
    margin: 0;
    padding: 0 var(--_space-m);
    border: 1px solid var(--_edge);
    border-radius: var(--_radius-control);
    background: linear-gradient(var(--_layer, transparent), var(--_layer, transparent)) var(--_fill);
    color: var(--_ink);
    font: var(--_weight-medium) var(--_font-size-m) / 1.2 var(--_font);
    text-decoration: none;
    white-space: nowrap;
    cursor: pointer;
    user-select: none;
    touch-action: manipulation;
    transition:
      background-color var(--_hover-time),
      color var(--_hover-time),
      opacity var(--_hover-time),
      transform var(--_hover-time) var(--_ease);
  }
  .icon-button {
    --_fill: transparent;
    flex: none;
    min-inline-size: var(--_control-size);
    padding: 0;
  }
  @media (hover: hover) {
    :is(.button, .icon-button):not(:disabled, [aria-disabled='true']):hover {
      --_layer: var(--_hover);
    }
  }
  :is(.button, .icon-button):not(:disabled, [aria-disabled='true']):active {
    --_layer: var(--_active);
  }
  .icon-button[aria-expanded='true'] {
    --_layer: var(--_active);
  }
  .primary {
    --_fill: var(--_accent);
    --_ink: var(--_on-accent);
  }
  .danger {
    --_fill: var(--_danger);
    --_ink: var(--_on-danger);
  }
  .quiet {
    --_fill: transparent;
  }
  .outlined {
    --_fill: transparent;
    --_edge: var(--_border);
  }
  .on {
    --_fill: color-mix(in oklab, var(--_text) 8%, transparent);
  }
  .off {
    --_fill: var(--_danger-soft);
    --_ink: var(--_danger-text);
  }
  .small {
    min-block-size: calc(var(--_control-size) - 6px);
    padding-inline: var(--_space-s);
    font-size: var(--_font-size-s);
    --_icon-size: 16px;
  }
  .icon-button.small {
    min-inline-size: calc(var(--_control-size) - 6px);
    padding: 0;
  }
  .large {
    min-block-size: calc(var(--_control-size) + 8px);
    padding-inline: var(--_space-l);
  }
  .icon-button.large {
    min-inline-size: calc(var(--_control-size) + 8px);
    padding: 0;
    --_icon-size: 20px;
  }
  :is(.button, .icon-button):is(:disabled, [aria-disabled='true']) {
    cursor: not-allowed;
    opacity: 0.5;
  }

  @media (forced-colors: active) {
    .button,
    .icon-button {
      --_edge: ButtonText;
      forced-color-adjust: auto;
    }
    :is(.button, .icon-button):is(:disabled, [aria-disabled='true']) {
      --_edge: GrayText;
      color: GrayText;
      opacity: 1;
    }
    .primary {
      --_edge: Highlight;
    }
  }
`;
