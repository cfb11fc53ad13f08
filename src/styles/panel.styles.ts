import { css } from 'lit';

/** An element that fills its place from top to bottom, with a header over what scrolls. */
export default css`
  :host {
    block-size: 100%;
    min-block-size: 0;
  }
  .base {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
    background: var(--_surface);
  }
  .header {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    min-block-size: 48px;
    padding: 0 var(--_space-m);
    border-block-end: 1px solid var(--_border);
  }
  .header .title {
    font: var(--_weight-bold) var(--_font-size-m) / 1.4 var(--_font);
  }
`;
