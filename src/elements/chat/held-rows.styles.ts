import { css } from 'lit';

export default css`
  .held .text {
    color: var(--_text-muted);
  }
  .refused .text {
    text-decoration: line-through;
  }
  .held-words {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-xs) var(--_space-s);
    margin-block-start: var(--_space-2xs);
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
    --_icon-size: 14px;
  }
  .held-words [role='status'] {
    display: flex;
    flex: 1 1 auto;
    align-items: center;
    gap: var(--_space-xs);
  }
  .refused .held-words [role='status'] {
    color: var(--_danger-text);
  }
`;
