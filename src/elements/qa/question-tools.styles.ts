import { css } from 'lit';

export default css`
  .end {
    margin-inline-start: auto;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-xs);
    margin-block-start: var(--_space-s);
  }
  .more {
    margin-inline-start: auto;
  }
  .answer-form {
    margin-block-start: var(--_space-s);
  }
`;
