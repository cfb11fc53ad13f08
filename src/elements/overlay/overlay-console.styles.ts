import { css } from 'lit';

export default css`
  .console {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
    background: var(--_surface);
    container-type: inline-size;
  }
  .console-header {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    padding: var(--_space-s) var(--_space-m);
    border-block-end: 1px solid var(--_border);
  }
  .heading {
    flex: 1;
    font: var(--_weight-bold) var(--_font-size-l) / 1.3 var(--_font);
  }
  .live {
    padding: var(--_space-s) var(--_space-m);
    border-block-end: 1px solid var(--_border);
    background: var(--_surface-sunken);
  }
  .live-head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-block-size: 28px;
  }
  h3.label {
    font: var(--_weight-medium) var(--_font-size-s) / 1.4 var(--_font);
  }
  .live-list {
    display: grid;
    gap: var(--_space-2xs);
  }
  .live-item {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    min-inline-size: 0;
  }
  .live-words {
    flex: 1;
    font-weight: var(--_weight-medium);
  }
  .dot {
    flex: none;
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: var(--_live);
  }
  .cues {
    flex: 1;
    min-block-size: 0;
    padding: var(--_space-xs);
  }
  .cues:focus-visible {
    outline-offset: -2px;
  }
  .cue {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto auto;
    align-items: center;
    gap: var(--_space-2xs) var(--_space-s);
    padding: var(--_space-s);
    border-radius: var(--_radius-control);
    border-inline-start: 3px solid transparent;
  }
  .cue + .cue {
    margin-block-start: var(--_space-2xs);
  }
  .cue.on {
    border-inline-start-color: var(--_live);
    background: color-mix(in oklab, var(--_live) 8%, var(--_surface));
  }
  .cue.next {
    border-inline-start-color: var(--_accent);
  }
  .kind {
    display: grid;
    place-items: center;
    inline-size: 32px;
    block-size: 32px;
    border-radius: var(--_radius-control);
    background: var(--_surface-sunken);
    color: var(--_text-muted);
  }
  .words {
    display: grid;
    min-inline-size: 0;
  }
  .cue-title {
    font-weight: var(--_weight-medium);
  }
  .tools {
    display: flex;
  }
  .tools .icon-button {
    color: var(--_text-muted);
  }
  @container (max-width: 420px) {
    .cue {
      grid-template-columns: auto minmax(0, 1fr) auto;
    }
    .tools {
      grid-column: 2 / -1;
      grid-row: 2;
      margin-inline-start: calc(var(--_space-s) * -1);
    }
  }
  .live-button {
    --_fill: var(--_live);
    --_ink: var(--_on-live);
  }
  .form {
    display: grid;
    gap: var(--_space-s);
    padding: var(--_space-m);
    border-block-end: 1px solid var(--_border);
  }
  .field {
    display: grid;
    gap: var(--_space-xs);
  }
  textarea.input {
    resize: vertical;
  }
  .form-actions {
    display: flex;
    justify-content: flex-end;
    gap: var(--_space-s);
  }
  .state {
    flex: 1;
  }
  .loading {
    display: grid;
    align-content: start;
    gap: var(--_space-s);
    padding: var(--_space-m);
  }
  .row-skeleton {
    block-size: 48px;
  }
`;
