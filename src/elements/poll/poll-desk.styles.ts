import { css } from 'lit';

export default css`
  .desk {
    padding-block-start: var(--_space-m);
    border-block-start: 1px solid var(--_border);
  }
  .poll-row {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
  }
  .poll-choice {
    display: flex;
    flex: 1;
    align-items: center;
    gap: var(--_space-s);
    min-inline-size: 0;
    min-block-size: var(--_control-size);
    padding: 0 var(--_space-s);
    border: 0;
    border-radius: var(--_radius-control);
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  .poll-choice:hover {
    background: var(--_hover);
  }
  .poll-question {
    display: -webkit-box;
    flex: 1;
    overflow: hidden;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .poll-row {
    --_icon-size: 18px;
  }
  .poll-row .poll-choice {
    flex-direction: column;
    align-items: flex-start;
    justify-content: center;
    gap: var(--_space-2xs);
    padding-block: var(--_space-xs);
  }
  .poll-row .poll-question {
    flex: none;
  }
  .tools {
    display: flex;
    align-items: center;
    margin-inline-start: auto;
  }
  .field legend {
    margin-block-end: var(--_space-xs);
    padding: 0;
  }
  .controls {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-2xs);
  }
  .field-row {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(136px, 1fr));
    gap: var(--_space-s);
  }
  .field {
    gap: var(--_space-xs);
  }
  .field > .button {
    align-self: start;
  }
  .composer-title {
    font: var(--_weight-bold) var(--_font-size-l) / 1.35 var(--_font);
  }
  .composer hr {
    inline-size: 100%;
    margin: 0;
    border: 0;
    border-block-start: 1px solid var(--_border);
  }
  .quiz {
    display: flex;
    flex-direction: column;
    gap: var(--_space-s);
    padding-inline-start: var(--_space-m);
    border-inline-start: 2px solid var(--_border);
  }
  .fault {
    display: flex;
    align-items: center;
    gap: var(--_space-xs);
    --_icon-size: 14px;
  }
  .input[aria-invalid] {
    border-color: var(--_danger-text);
  }
  .refusal:empty,
  .refusal:not(:has(*)) {
    display: none;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-xs);
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: var(--_space-xs);
    min-block-size: calc(var(--_control-size) - 4px);
    padding-inline: var(--_space-s) var(--_space-m);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-round);
    font-size: var(--_font-size-s);
    cursor: pointer;
  }
  .chip:has(:checked) {
    border-color: var(--_accent);
    background: var(--_accent-soft);
  }
  .chip:has(:focus-visible) {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }
  .chip :focus-visible {
    outline: none;
  }
  .switch small {
    display: block;
  }
  .option-field + .option-field {
    margin-block-start: var(--_space-xs);
  }
  .switch {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    min-block-size: 28px;
    cursor: pointer;
  }
`;
