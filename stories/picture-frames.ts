import { css } from 'lit';
import { adoptThemes } from './story-themes.ts';

/** Boxes for what shows pictures. A sheet and not style attributes, so that stories live under the strict policy too. */
const frames = css`
  .story-wide,
  .story-tall,
  .story-square,
  .story-strip {
    display: block;
    max-inline-size: 100%;
  }
  .story-wide {
    inline-size: 960px;
    aspect-ratio: 16 / 9;
  }
  .story-tall {
    inline-size: 390px;
    block-size: 700px;
  }
  .story-square {
    inline-size: 320px;
    aspect-ratio: 16 / 9;
  }
  .story-strip {
    inline-size: 120px;
    aspect-ratio: 1;
  }
  .story-shot {
    display: block;
    position: relative;
    inline-size: 640px;
    max-inline-size: 100%;
    aspect-ratio: 16 / 9;
    overflow: clip;
    border-radius: 12px;
  }
  .story-shot.phone {
    inline-size: 360px;
  }
  .story-shot > .bright,
  .story-shot .bright {
    background: radial-gradient(circle at 70% 30%, #fff, #e8eef5 40%, #c9d8e6);
  }
  .story-shot > .dark,
  .story-shot .dark {
    background: radial-gradient(circle at 30% 30%, #2b3a55, #0c1018 70%);
  }
  .story-shot :is(.bright, .dark) {
    display: block;
    inline-size: 100%;
    block-size: 100%;
  }
  .story-lobby {
    max-inline-size: 880px;
    margin: 24px auto;
  }
  :is(.story-wide, .story-tall, .story-square, .story-strip) > * {
    inline-size: 100%;
    block-size: 100%;
    aspect-ratio: auto;
  }
`;

/** Gives the page the boxes `story-wide`, `story-tall`, `story-square`, `story-strip`, `story-lobby`. Any number of times. */
export function adoptPictureFrames(): void {
  adoptThemes();
  const { styleSheet } = frames;
  if (styleSheet === undefined || document.adoptedStyleSheets.includes(styleSheet)) return;
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, styleSheet];
}
