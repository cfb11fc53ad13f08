import { css, type CSSResult } from 'lit';
import { tokens } from './tokens.ts';

/** How words look: what a page says of its own, even by `*` and `!important`, stops here. Direction and visibility go on. */
const words = css`
  :host {
    text-indent: 0 !important;
    color: var(--_text) !important;
    letter-spacing: normal !important;
    text-transform: none !important;
    word-break: normal !important;
    hyphens: none !important;
    -webkit-text-fill-color: currentcolor !important;
    word-spacing: normal !important;
    cursor: auto !important;
    font: var(--_weight-normal) var(--_font-size-m) / 1.45 var(--_font) !important;
    text-align: start !important;
    text-shadow: none !important;
    white-space: normal !important;
    -webkit-tap-highlight-color: transparent;
  }
`;

/** For what has the page's own words within, which keep the page's look. */
export const bare = css`
  :host {
    display: block;
    box-sizing: border-box !important;
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  :focus {
    outline: none;
  }
  :focus-visible {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }

  h2,
  h3,
  p,
  ul,
  ol {
    margin: 0;
    padding: 0;
    font: inherit;
  }
  ul,
  ol {
    list-style: none;
  }

  .icon {
    display: block;
    flex: none;
    inline-size: var(--_icon-size);
    block-size: var(--_icon-size);
  }
  .tabular {
    font-variant-numeric: tabular-nums;
  }
  .truncate {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    min-inline-size: 0;
  }
  .visually-hidden {
    position: absolute !important;
    inline-size: 1px !important;
    block-size: 1px !important;
    margin: -1px !important;
    padding: 0 !important;
    overflow: hidden !important;
    clip-path: inset(50%) !important;
    border: 0 !important;
    white-space: nowrap !important;
  }

  .scroller {
    overflow: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: color-mix(in oklab, var(--_text) 28%, transparent) transparent;
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      scroll-behavior: auto !important;
      transition-property: opacity, visibility, background-color, border-color, color !important;
    }
  }
`;

/** What every element starts from: tokens, box sizing, focus, `.icon`, `.tabular`, `.truncate`, `.visually-hidden`, `.scroller`. */
export default [tokens, bare, words] satisfies CSSResult[];
