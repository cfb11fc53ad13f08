import type { CSSResult } from 'lit';

/** Gives a shadow root the styles of a part that was loaded later; once, however often it is asked. */
export function adoptStyles(root: ShadowRoot, ...styles: readonly CSSResult[]): void {
  for (const { styleSheet } of styles) {
    if (styleSheet === undefined || root.adoptedStyleSheets.includes(styleSheet)) continue;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, styleSheet];
  }
}
