import { css } from 'lit';

export default css`
  .choices {
    display: flex;
    flex-direction: column;
    gap: var(--_space-xs);
    margin: 0;
    padding: 0;
    border: 0;
  }
  .choice {
    display: grid;
    grid-template-columns: auto 1fr;
    align-items: center;
    gap: 0 var(--_space-s);
    min-block-size: var(--_control-size);
    padding: var(--_space-s) var(--_space-m);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    cursor: pointer;
  }
  .choice:has(:checked) {
    border-color: var(--_accent);
    background: var(--_accent-soft);
  }
  .choice:has(:focus-visible) {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }
  .choice :focus-visible {
    outline: none;
  }
  .choice input {
    inline-size: 16px;
    block-size: 16px;
    margin: 0;
    accent-color: var(--_accent);
  }
  .choice small {
    grid-column: 2;
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
  }
  .field {
    display: flex;
    flex-direction: column;
    gap: var(--_space-xs);
    font-size: var(--_font-size-s);
  }
  textarea.input {
    resize: vertical;
  }
`;
