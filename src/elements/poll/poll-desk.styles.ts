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
  .poll-choice .truncate {
    flex: 1;
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
  .option-field + .option-field {
    margin-block-start: var(--_space-xs);
  }
  .switch {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    min-block-size: 28px;
  }
`;
