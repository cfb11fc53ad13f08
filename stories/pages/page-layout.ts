import { css } from 'lit';
import { adoptThemes } from '../story-themes.ts';

/** The sites around the elements: each with a layout and words of its own, and nothing of the elements' insides. */
const layout = css`
  .site {
    --edge: var(--ils-color-border, light-dark(oklch(0.905 0.007 262), oklch(0.325 0.013 262)));
    --quiet: var(--ils-color-text-muted, light-dark(oklch(0.475 0.016 262), oklch(0.745 0.012 262)));
    --sheet: var(--ils-color-surface, light-dark(oklch(1 0 0), oklch(0.205 0.009 262)));
    --strong: var(--ils-color-text, light-dark(oklch(0.22 0.012 262), oklch(0.955 0.004 262)));
    --round: calc(var(--ils-radius, 8px) * 1.5);
    display: grid;
    box-sizing: border-box;
    block-size: 100vh;
    min-block-size: 720px;
    background: var(--ils-color-canvas, light-dark(oklch(0.975 0.004 262), oklch(0.165 0.008 262)));
    color: var(--strong);
    font: 400 14px/1.5 var(--ils-font, system-ui, sans-serif);
  }
  .site *,
  .site *::before {
    box-sizing: border-box;
  }
  .site :is(h1, h2, h3, p, ul) {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .site h1 {
    font-size: 20px;
    font-weight: 650;
    line-height: 1.25;
    letter-spacing: -0.01em;
    text-wrap: balance;
  }
  .site .quiet {
    color: var(--quiet);
  }
  .site .card {
    overflow: clip;
    border: 1px solid var(--edge);
    border-radius: var(--round);
    background: var(--sheet);
  }
  .site .screen {
    position: relative;
    min-inline-size: 0;
    min-block-size: 0;
    overflow: clip;
    border-radius: var(--round);
    background: oklch(0.13 0.006 262);
  }
  .site .screen > ils-overlay,
  .site .screen :is(ils-player, ils-stage) {
    inline-size: 100%;
    block-size: 100%;
    min-block-size: 0;
    aspect-ratio: auto;
  }
  .site .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 16px;
  }
  .site .row > .grow {
    flex: 1 1 240px;
    min-inline-size: 0;
  }
  .site ils-gift-feed.over {
    position: absolute;
    inset: auto auto 72px 16px;
    inline-size: 260px;
    pointer-events: none;
  }

  /* A picture and a column beside it, or below on a phone. */
  .site.two {
    grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr) 380px;
    grid-template-areas: 'head head' 'screen side' 'below side';
    gap: 16px;
    padding: 20px;
  }
  .site.two > header {
    grid-area: head;
  }
  .site.two > .screen {
    grid-area: screen;
  }
  .site.two > .below {
    grid-area: below;
  }
  .site.two > .side {
    grid-area: side;
    display: grid;
    grid-auto-rows: minmax(0, 1fr);
    gap: 16px;
    min-block-size: 0;
  }
  .site.two > .side > .fits {
    min-block-size: 0;
  }
  .site.two > .side:has(> .fits) {
    grid-template-rows: auto minmax(0, 1fr);
  }
  /* What lies over a player keeps clear of its badges and its bar. */
  .site .screen > ils-overlay {
    --ils-overlay-bottom: 72px;
  }
  .site .screen > ils-overlay::part(countdown) {
    margin-block-start: 36px;
  }

  /* Goods beside the show. */
  .goods {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(124px, 1fr));
    gap: 12px;
  }
  .goods > li {
    display: grid;
    gap: 2px;
    padding: 10px;
  }
  .goods .picture {
    aspect-ratio: 16 / 10;
    margin-block-end: 6px;
    border-radius: calc(var(--round) / 2);
    background: var(--goods, oklch(0.85 0.06 40));
  }
  .goods .coat {
    --goods: radial-gradient(circle at 50% 120%, oklch(0.5 0.09 60), transparent 62%), oklch(0.88 0.05 75);
  }
  .goods .scarf {
    --goods: repeating-linear-gradient(115deg, oklch(0.6 0.15 25) 0 14px, oklch(0.85 0.07 60) 14px 22px);
  }
  .goods .boots {
    --goods: linear-gradient(160deg, oklch(0.42 0.06 50), oklch(0.68 0.08 65));
  }
  .goods .bag {
    --goods: radial-gradient(circle at 50% 70%, oklch(0.5 0.09 155) 42%, transparent 43%), oklch(0.9 0.04 150);
  }
  .goods button {
    margin-block-start: 6px;
    padding: 7px;
    border: 1px solid transparent;
    border-radius: calc(var(--round) / 2);
    background: var(--strong);
    color: var(--sheet);
    font: 600 13px/1.4 var(--ils-font, system-ui, sans-serif);
    cursor: pointer;
  }

  /* A phone held upright: everything over the picture. */
  .phone-desk {
    display: grid;
    place-items: center;
    box-sizing: border-box;
    min-block-size: 100vh;
    padding: 24px 0;
    background: radial-gradient(circle at 50% 20%, oklch(0.42 0.11 310), oklch(0.16 0.05 290) 70%);
  }
  .handset {
    position: relative;
    inline-size: 390px;
    block-size: 844px;
    max-inline-size: 100%;
    overflow: clip;
    border-radius: 44px;
    background: oklch(0.13 0.006 262);
    box-shadow:
      0 0 0 10px oklch(0.1 0.01 290),
      0 30px 80px oklch(0 0 0 / 0.5);
    color-scheme: dark;
  }
  .handset > ils-player {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    aspect-ratio: auto;
    --ils-player-radius: 0;
  }
  .handset > ils-chat {
    position: absolute;
    inset: auto 40px 28px 0;
    block-size: 340px;
  }
  .handset > ils-gift-feed {
    position: absolute;
    inset: 120px 16px auto;
    pointer-events: none;
  }
  .handset > .thumb {
    position: absolute;
    inset: 72px 16px auto auto;
  }

  @media (width < 820px) {
    .site {
      block-size: auto;
    }
    .site.two {
      grid-template: auto auto auto auto / minmax(0, 1fr);
      grid-template-areas: 'head' 'screen' 'below' 'side';
      gap: 12px;
      padding: 12px;
    }
    .site.two > .screen {
      block-size: 56vw;
      min-block-size: 220px;
    }
    .site.two > .side,
    .site.two > .side:has(> .fits) {
      grid-template-rows: none;
      grid-auto-rows: auto;
    }
    .site.two > .side > .card {
      block-size: 480px;
    }
    .phone-desk {
      padding: 0;
    }
    .handset {
      inline-size: 100%;
      block-size: 100vh;
      border-radius: 0;
      box-shadow: none;
    }
  }
`;

/** Gives the page the layouts `site two`, `goods`, `handset`. Any number of times. */
export function adoptPageLayout(): void {
  adoptThemes();
  const { styleSheet } = layout;
  if (styleSheet === undefined || document.adoptedStyleSheets.includes(styleSheet)) return;
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, styleSheet];
}
