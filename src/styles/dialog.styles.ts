import { css } from 'lit';

/** `.dialog` (a native `<dialog>`) with `.dialog-body`, `.dialog-title`, `.dialog-text`, `.dialog-actions`. */
export default css`
  .dialog {
    inline-size: min(420px, calc(100vw - 32px));
    max-block-size: calc(100dvh - 32px);
    margin: auto;
    padding: 0;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius-card) + 4px);
    background: var(--_surface-raised);
    color: var(--_text);
    box-shadow: var(--_shadow-l);
    opacity: 0;
    transform: translateY(8px) scale(0.98);
    transition:
      opacity var(--_out-time) var(--_ease),
      transform var(--_out-time) var(--_ease),
      display var(--_out-time) allow-discrete,
      overlay var(--_out-time) allow-discrete;
  }
  .dialog[open] {
    opacity: 1;
    transform: none;
    transition-duration: var(--_in-time);
  }
  .dialog::backdrop {
    background: oklch(0.1 0.01 260 / 0.55);
    opacity: 0;
    transition:
      opacity var(--_out-time),
      display var(--_out-time) allow-discrete,
      overlay var(--_out-time) allow-discrete;
  }
  .dialog[open]::backdrop {
    opacity: 1;
  }
  @starting-style {
    .dialog[open] {
      opacity: 0;
      transform: translateY(8px) scale(0.98);
    }
    .dialog[open]::backdrop {
      opacity: 0;
    }
  }
  .dialog-body {
    display: flex;
    flex-direction: column;
    gap: var(--_space-m);
    padding: var(--_space-xl);
  }
  .dialog-title {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    font: var(--_weight-bold) var(--_font-size-l) / 1.35 var(--_font);
  }
  .dialog-title .icon {
    color: var(--_danger-text);
  }
  .dialog-text {
    color: var(--_text-muted);
    line-height: 1.5;
  }
  .dialog-actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--_space-s);
    margin-block-start: var(--_space-s);
  }
  @media (prefers-reduced-motion: reduce) {
    .dialog,
    .dialog[open] {
      transform: none;
      /* Fades out before it goes. */
      transition-behavior: normal, allow-discrete, allow-discrete;
      transition-property: opacity, display, overlay !important;
    }
  }
`;
