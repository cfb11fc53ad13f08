import { css } from 'lit';

/** `.popover` (menus, pickers), `.menu` with `.menu-section`, `.menu-label`, `.menu-item`. */
export default css`
  .popover {
    position: fixed;
    margin: 0;
    padding: var(--_space-xs);
    inline-size: max-content;
    max-inline-size: min(340px, calc(100vw - 16px));
    max-block-size: min(460px, calc(100dvh - 16px));
    overflow: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-card);
    background: var(--_surface-raised);
    color: var(--_text);
    box-shadow: var(--_shadow-l);
    font: var(--_weight-normal) var(--_font-size-m) / 1.4 var(--_font);
    opacity: 0;
    transform: translateY(4px) scale(0.985);
    transition:
      opacity var(--_out-time) var(--_ease),
      transform var(--_out-time) var(--_ease),
      display var(--_out-time) allow-discrete,
      overlay var(--_out-time) allow-discrete;
  }
  .popover:popover-open {
    opacity: 1;
    transform: none;
    transition-duration: var(--_in-time);
  }
  @starting-style {
    .popover:popover-open {
      opacity: 0;
      transform: translateY(4px) scale(0.985);
    }
  }

  .menu {
    display: flex;
    flex-direction: column;
    min-inline-size: 200px;
  }
  .menu-item {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    inline-size: 100%;
    min-block-size: var(--_control-size);
    margin: 0;
    padding: 6px var(--_space-s);
    border: 0;
    border-radius: calc(var(--_radius-card) - var(--_space-xs));
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
    --_icon-size: 16px;
  }
  .menu-item .icon {
    color: var(--_text-muted);
  }
  .menu-item .icon.check {
    color: var(--_accent-text);
  }
  .menu-item.destructive,
  .menu-item.destructive .icon {
    color: var(--_danger-text);
  }
  .menu-item .note {
    display: block;
    color: var(--_text-muted);
    font-size: var(--_font-size-xs);
  }
  .menu-item .words {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .menu-item:focus-visible {
    outline-offset: -2px;
  }
  @media (hover: hover) {
    .menu-item:not([aria-disabled='true']):hover {
      background: var(--_hover);
    }
  }
  .menu-item:not([aria-disabled='true']):active {
    background: var(--_active);
  }
  .menu-item[aria-disabled='true'] {
    cursor: not-allowed;
    opacity: 0.5;
  }
  .menu-section + .menu-section {
    margin-block-start: var(--_space-xs);
    padding-block-start: var(--_space-xs);
    border-block-start: 1px solid var(--_border);
  }
  .menu-label {
    padding: 6px var(--_space-s) 2px;
    color: var(--_text-muted);
    font: var(--_weight-medium) var(--_font-size-xs) / 1.4 var(--_font);
  }
  @media (prefers-reduced-motion: reduce) {
    .popover,
    .popover:popover-open {
      transform: none;
      /* Fades out before it goes. */
      transition-behavior: normal, allow-discrete, allow-discrete;
      transition-property: opacity, display, overlay !important;
    }
  }
  @media (forced-colors: active) {
    .menu-item:focus-visible {
      outline-color: Highlight;
    }
    .menu-item[aria-disabled='true'] {
      color: GrayText;
      opacity: 1;
    }
  }
`;
