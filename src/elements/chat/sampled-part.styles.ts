import { css } from 'lit';

export default css`
  .fold {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    padding: var(--_space-2xs) var(--_space-m);
    --_icon-size: 14px;
  }
  .fold::before,
  .fold::after {
    flex: 1;
    block-size: 1px;
    background: var(--_border);
    content: '';
  }
  .fold .button {
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
  }
`;
