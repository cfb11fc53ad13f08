import { css } from 'lit';

/** `.art`, as large as `--_art`; `.price` with its coin. */
export default css`
  .art {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: var(--_art, 40px);
    block-size: var(--_art, 40px);
    font: calc(var(--_art, 40px) * 0.8) / 1 var(--_font);
    object-fit: contain;
    user-select: none;
  }
  .art svg {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    filter: drop-shadow(0 1px 1px oklch(0 0 0 / 0.18));
  }
  .coin {
    display: inline-block;
    flex: none;
    inline-size: 0.95em;
    block-size: 0.95em;
    border: 0.11em solid oklch(0.72 0.15 75);
    border-radius: 50%;
    background: oklch(0.86 0.16 90);
    vertical-align: -0.11em;
  }
  .price {
    display: inline-flex;
    align-items: center;
    gap: 0.3em;
    font-variant-numeric: tabular-nums;
  }
`;
