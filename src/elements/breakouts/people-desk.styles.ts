import { css } from 'lit';

export default css`
  .people {
    display: flex;
    flex-direction: column;
    gap: var(--_space-s);
    padding-block-start: var(--_space-m);
    border-block-start: 1px solid var(--_border);
  }
  .section-title {
    color: var(--_text-muted);
    font: var(--_weight-medium) var(--_font-size-xs) / 1.4 var(--_font);
  }
  .fill {
    display: flex;
    flex-flow: row wrap;
    align-items: center;
    gap: var(--_space-s);
  }
  .fill > input {
    flex: none;
    inline-size: 72px;
  }
  .fill > select {
    flex: 1 1 96px;
    min-inline-size: 0;
  }
  .fill > .hint {
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
  }
  .people > .input {
    inline-size: 100%;
  }
  .people > .hint {
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
  }
  .people > .hint:empty {
    display: none;
  }
  .person {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    align-items: center;
    gap: var(--_space-s);
  }
`;
