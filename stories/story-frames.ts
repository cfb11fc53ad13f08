import { css } from 'lit';
import { adoptThemes } from './story-themes.ts';

/** Boxes that stories stand in. A sheet and not style attributes, so that stories live under the strict policy too. */
const frames = css`
  .story-sheet {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    gap: 24px;
  }
  .story-sheet > * {
    max-inline-size: 100%;
  }
  .story-sheet > figure {
    flex: none;
    margin: 0;
  }
  .story-sheet figcaption {
    margin-block-end: 8px;
    font: 600 12px / 1.4 system-ui;
    color: light-dark(#555, #bbb);
  }
  .story-panel {
    display: block;
    inline-size: 360px;
    max-inline-size: 100%;
    block-size: 560px;
    overflow: clip;
    border: 1px solid light-dark(#ddd, #333);
    border-radius: 12px;
  }
  .story-rise {
    display: grid;
    place-items: end center;
    block-size: 400px;
  }
  .story-panel.tall {
    block-size: 720px;
  }
  .story-panel.short {
    block-size: 300px;
  }
  .story-card {
    display: block;
    inline-size: 360px;
    max-inline-size: 100%;
  }
  .story-phone {
    position: relative;
    inline-size: 390px;
    max-inline-size: 100%;
    block-size: 640px;
    overflow: clip;
    border-radius: 24px;
    background: linear-gradient(160deg, #27496d, #0c7b93 40%, #142850);
  }
  .story-phone > * {
    position: absolute;
    inset: auto 0 0;
    block-size: 50%;
  }
  .story-bar {
    display: block;
    inline-size: 100%;
  }
  .story-bar.narrow {
    inline-size: 320px;
    max-inline-size: 100%;
  }
  .story-bar.medium {
    inline-size: 520px;
    max-inline-size: 100%;
  }
  /* Sized from outside: a bar has no width of its own. */
  .story-sheet > figure:has(.story-bar.medium) {
    inline-size: min(520px, 100%);
  }
`;

export function adoptStoryFrames(): void {
  adoptThemes();
  const { styleSheet } = frames;
  if (styleSheet === undefined || document.adoptedStyleSheets.includes(styleSheet)) return;
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, styleSheet];
}
