import { css } from 'lit';

export default css`
  :host {
    position: absolute;
    inset: 0;
    pointer-events: none;
    container-type: size !important;
  }
  .base {
    --_words: var(--ils-captions-size, clamp(14px, 8px + 1.3cqw, 32px));
    position: absolute;
    inset: var(--ils-captions-inset, 12px);
    display: flex;
    flex-direction: column;
    justify-content: flex-end;
    align-items: center;
  }
  .base.top {
    justify-content: flex-start;
  }
  .small {
    --_words: var(--ils-captions-size, clamp(12px, 6px + 1cqw, 24px));
  }
  .large {
    --_words: var(--ils-captions-size, clamp(18px, 11px + 1.9cqw, 48px));
  }
  .lines {
    max-inline-size: min(100% - 96px, 38em);
    padding: 0.4em 0.8em;
    border-radius: 0.4em;
    font-size: var(--_words);
    line-height: 1.35;
    text-align: center;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  .on-dark .lines {
    background: oklch(0.15 0.01 260 / 0.86);
    color: white;
  }
  .on-light .lines {
    background: oklch(1 0 0 / 0.92);
    color: oklch(0.2 0.01 260);
  }
  .on-none .lines {
    color: white;
    text-shadow:
      0 0 0.12em black,
      0 0 0.3em black,
      0 0.06em 0.1em black;
  }
  .speaker {
    font-weight: var(--_weight-bold);
  }
  .speaker::after {
    content: ':';
  }
  .buttons {
    position: absolute;
    inset-block-end: 0;
    inset-inline-end: 0;
    display: flex;
    gap: var(--_space-xs);
    pointer-events: auto;
  }
  .buttons .icon-button {
    --_ink: var(--_on-video);
    --_fill: var(--_scrim);
  }
  .buttons .speech[aria-pressed='true'] {
    --_fill: var(--_accent);
    --_ink: var(--_on-accent);
  }
  .settings {
    padding: var(--_space-m);
    inline-size: 240px;
    pointer-events: auto;
  }
  .settings:popover-open {
    display: grid;
    gap: var(--_space-s);
  }
  .field {
    display: grid;
    gap: var(--_space-xs);
  }
  .switch {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    min-block-size: 28px;
    font-weight: var(--_weight-medium);
    accent-color: var(--_accent);
  }
  .switch input {
    inline-size: 18px;
    block-size: 18px;
    margin: 0;
  }
  .problem {
    position: absolute;
    inset-block-start: 0;
    inset-inline-end: 0;
    padding: var(--_space-s) var(--_space-m);
    border-radius: var(--_radius-control);
    background: var(--_surface-raised);
    color: var(--_text);
    font-size: var(--_font-size-s);
  }
`;
