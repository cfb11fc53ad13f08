import { css } from 'lit';

export default css`
  .pending:not(.failed) .text {
    color: var(--_text-muted);
  }
  .sending {
    align-self: center;
    color: var(--_text-muted);
    --_icon-size: 12px;
  }
  .failure {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-xs) var(--_space-s);
    margin-block: var(--_space-xs);
    font-size: var(--_font-size-s);
    --_icon-size: 14px;
  }
  .failure-words {
    display: flex;
    flex: 1 1 100%;
    align-items: center;
    gap: var(--_space-xs);
    color: var(--_danger-text);
  }
`;
