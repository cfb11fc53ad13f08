import { css } from 'lit';

/** `.input` for text fields, `.label`, `.hint`, `.hint.danger`. 16 px under a finger, or iOS zooms the page. */
export default css`
  .label {
    font: var(--_weight-medium) var(--_font-size-s) / 1.4 var(--_font);
  }
  .input {
    inline-size: 100%;
    min-block-size: var(--_control-size);
    margin: 0;
    padding: 6px var(--_space-m);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    background: var(--_surface-sunken);
    color: var(--_text);
    font: var(--_weight-normal) var(--_font-size-m) / 1.45 var(--_font);
    transition: border-color var(--_hover-time);
  }
  .input::placeholder {
    color: var(--_text-muted);
    opacity: 1;
  }
  @media (hover: hover) {
    .input:hover:not(:disabled) {
      border-color: var(--_border-strong);
    }
  }
  .input:focus-visible {
    border-color: transparent;
    outline-offset: 0;
  }
  .input:disabled {
    cursor: not-allowed;
    opacity: 0.6;
  }
  .hint {
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
  }
  .hint.danger {
    color: var(--_danger-text);
  }
  @media (pointer: coarse) {
    .input {
      font-size: max(16px, var(--_font-size-m));
    }
  }
`;
