import { css } from 'lit';

export default css`
  @media (hover: hover) {
    .composer:hover {
      border-color: var(--_border);
    }
  }
  .composer:has(textarea:focus-visible) {
    outline: 2px solid var(--_focus);
  }
  .composer:has(textarea[aria-invalid]) {
    outline-color: var(--_danger-text);
  }
  /* The copy of the draft behind the field gives it its height, up to five lines. */
  .grow {
    display: grid;
    flex: 1;
    min-inline-size: 0;
  }
  .grow::after {
    content: attr(data-draft) ' ';
    visibility: hidden;
  }
  .grow::after,
  textarea {
    grid-area: 1 / 1;
    box-sizing: border-box;
    min-block-size: var(--_control-size);
    max-block-size: calc(5lh + var(--_control-size) - 1lh);
    margin: 0;
    padding: calc((var(--_control-size) - 1lh) / 2) var(--_space-s);
    border: 0;
    font: var(--_weight-normal) var(--_font-size-m) / 20px var(--_font);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .grow::after {
    overflow: hidden;
  }
  textarea {
    inline-size: 100%;
    overflow: hidden auto;
    background: none;
    color: var(--_text);
    resize: none;
    scrollbar-width: none;
  }
  /* By itself an empty field with dir="auto" runs from left to right, whatever the language of its placeholder. */
  textarea:placeholder-shown {
    direction: inherit;
  }
  textarea::placeholder {
    overflow: hidden;
    color: var(--_text-muted);
    opacity: 1;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  textarea:focus-visible {
    outline: none;
  }
  textarea:disabled {
    cursor: not-allowed;
  }
  .composer .icon-button {
    border-radius: calc(var(--_radius-card) - 4px);
  }
  .emoji-button {
    --_ink: var(--_text-muted);
  }
  .send-button {
    margin-inline-start: 2px;
  }
  .send-button:not(.primary) {
    --_ink: var(--_text-muted);
  }
  .send-button .icon:dir(rtl) {
    transform: scaleX(-1);
  }
  .counter {
    align-self: center;
    padding-inline: var(--_space-xs);
    color: var(--_text-muted);
    font-size: var(--_font-size-xs);
  }
  .counter.over {
    color: var(--_danger-text);
    font-weight: var(--_weight-bold);
  }

  @media (pointer: coarse) {
    .grow::after,
    textarea {
      font-size: max(16px, var(--_font-size-m));
    }
  }
`;
