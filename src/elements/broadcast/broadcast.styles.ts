import { css } from 'lit';

export default css`
  .base {
    display: flex;
    flex-direction: column;
    gap: var(--_space-l);
    padding: var(--_space-l);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-card);
    background: var(--_surface);
  }

  .header {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    min-block-size: 24px;
  }
  .title {
    flex: 1;
    font: var(--_weight-bold) var(--_font-size-l) / 1.3 var(--_font);
  }
  .time {
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
  }

  .status {
    display: grid;
    gap: var(--_space-s);
  }
  .hint {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    text-wrap: pretty;
  }
  .status .icon {
    animation: turn 1s linear infinite;
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }

  progress {
    appearance: none;
    inline-size: 100%;
    block-size: 4px;
    border: 0;
    border-radius: var(--_radius-round);
    overflow: hidden;
    background: var(--_surface-sunken);
    accent-color: var(--_accent);
  }
  progress::-webkit-progress-bar {
    background: var(--_surface-sunken);
  }
  progress::-webkit-progress-value {
    border-radius: var(--_radius-round);
    background: var(--_accent);
    transition: inline-size var(--_in-time) var(--_ease);
  }
  progress::-moz-progress-bar {
    border-radius: var(--_radius-round);
    background: var(--_accent);
  }

  .banner {
    align-items: flex-start;
  }
  .banner .icon {
    margin-block-start: 1px;
  }
  .banner strong {
    font-weight: var(--_weight-medium);
  }

  .options {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(220px, 100%), 1fr));
    gap: var(--_space-m) var(--_space-xl);
  }
  .options > .layouts {
    grid-column: 1 / -1;
  }
  .field {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 2fr);
    align-items: center;
    gap: var(--_space-s);
  }

  .layouts {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 1fr));
    gap: var(--_space-s);
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .layouts .label {
    margin-block-end: var(--_space-xs);
    padding: 0;
  }
  .layout {
    position: relative;
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: var(--_space-xs);
    padding: var(--_space-s) var(--_space-xs);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
    cursor: pointer;
    transition:
      background-color var(--_hover-time),
      border-color var(--_hover-time);
    --_icon-size: 20px;
  }
  .layout input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: inherit;
  }
  @media (hover: hover) {
    .layout:hover {
      background: var(--_hover);
    }
  }
  .layout:has(:checked) {
    border-color: var(--_accent-text);
    background: var(--_accent-soft);
    color: var(--_accent-text);
  }
  .layout:has(:focus-visible) {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }
  .layouts:disabled .layout {
    opacity: 0.6;
    cursor: not-allowed;
  }

  .links {
    display: grid;
    gap: var(--_space-xs);
    padding-block-start: var(--_space-m);
    border-block-start: 1px solid var(--_border);
  }
  .link-row {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
  }
  .link-words {
    display: grid;
    flex: 1;
    min-inline-size: 0;
  }
  .link {
    /* With 4 px above and below one hits it. */
    margin-block: -4px;
    padding-block: 4px;
    color: var(--_text-muted);
    font-size: var(--_font-size-xs);
    text-decoration-color: var(--_border-strong);
    text-underline-offset: 2px;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-s);
  }
  .actions > .button {
    flex: 1 1 auto;
  }

  /* With nothing to say it takes no place among the others. */
  .notice-region:not(:has(*)) {
    position: absolute;
  }

  @media (prefers-reduced-motion: reduce) {
    .status .icon {
      animation: breathe 1.2s ease-in-out infinite alternate;
    }
  }
  @keyframes breathe {
    to {
      opacity: 0.4;
    }
  }
  @media (forced-colors: active) {
    .layout:has(:checked) {
      border-color: Highlight;
      outline: 1px solid Highlight;
    }
    progress {
      border: 1px solid CanvasText;
    }
  }
`;
