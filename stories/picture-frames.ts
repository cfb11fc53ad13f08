import { css } from 'lit';

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
  const { styleSheet } = frames;
  if (styleSheet === undefined || document.adoptedStyleSheets.includes(styleSheet)) return;
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, styleSheet];
}
