import { css } from 'lit';

/** The page that themes are made on: what can be set at the left, what it does to the elements at the right. */
export const playgroundLayout = css`
  .playground {
    display: grid;
    box-sizing: border-box;
    grid-template: minmax(0, 1fr) / 320px minmax(0, 1fr);
    min-block-size: 100vh;
    background: light-dark(oklch(0.985 0.003 265), oklch(0.15 0.008 265));
    color: light-dark(oklch(0.24 0.015 265), oklch(0.95 0.005 265));
    font:
      400 14px/1.5 system-ui,
      sans-serif;
    --line: light-dark(oklch(0.91 0.006 265), oklch(0.28 0.012 265));
    --quiet: light-dark(oklch(0.46 0.015 265), oklch(0.74 0.012 265));
  }
  .playground * {
    box-sizing: border-box;
  }
  .playground h1,
  .playground h2 {
    margin: 0;
    font-size: 20px;
    line-height: 1.3;
  }
  .playground h2 {
    font-size: 14px;
  }
  .playground form {
    display: grid;
    align-content: start;
    gap: 14px;
    padding: 20px;
    border-inline-end: 1px solid var(--line);
  }
  .playground label {
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: center;
    gap: 2px 12px;
  }
  .playground output {
    color: var(--quiet);
    font-variant-numeric: tabular-nums;
  }
  .playground :is(input[type='range'], select) {
    grid-column: 1 / -1;
    inline-size: 100%;
    min-block-size: 28px;
    margin: 0;
    accent-color: light-dark(oklch(0.52 0.21 275), oklch(0.72 0.15 275));
    font: inherit;
  }
  .playground input[type='color'] {
    inline-size: 44px;
    block-size: 32px;
    padding: 2px;
    border: 1px solid var(--line);
    border-radius: 8px;
    background: none;
  }
  .playground :is(button, select) {
    padding: 6px 12px;
    border: 1px solid var(--line);
    border-radius: 8px;
    background: light-dark(white, oklch(0.22 0.012 265));
    color: inherit;
    font: inherit;
  }
  .playground :focus-visible {
    outline: 2px solid light-dark(oklch(0.52 0.21 275), oklch(0.72 0.15 275));
    outline-offset: 2px;
  }
  .playground pre {
    margin: 0;
    padding: 12px;
    overflow: auto;
    border: 1px solid var(--line);
    border-radius: 8px;
    font:
      12px/1.6 ui-monospace,
      monospace;
  }
  .playground ul {
    display: grid;
    gap: 4px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .playground li.poor {
    color: light-dark(oklch(0.46 0.17 33), oklch(0.8 0.12 33));
    font-weight: 600;
  }
  .playground .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .playground > ils-room {
    display: grid;
  }
  .playground .preview > ils-player {
    block-size: 480px;
    aspect-ratio: auto;
  }
  .playground .preview {
    display: grid;
    grid-template: minmax(280px, auto) auto / minmax(0, 1fr) 340px;
    align-content: start;
    gap: 16px;
    padding: 20px;
    background: var(--ils-color-canvas, light-dark(oklch(0.975 0.004 262), oklch(0.165 0.008 262)));
  }
  .playground .preview > ils-chat {
    block-size: 480px;
    border: 1px solid var(--line);
    border-radius: calc(var(--ils-radius, 8px) * 1.5);
    overflow: clip;
  }
  @media (width < 1000px) {
    .playground,
    .playground .preview {
      grid-template: auto / minmax(0, 1fr);
    }
    .playground .preview > ils-player {
      block-size: 260px;
    }
    .playground form {
      border: 0;
      border-block-end: 1px solid var(--line);
    }
  }
`;
