import { unsafeCSS } from 'lit';
import broadcast from '../src/themes/broadcast.css?inline';
import neutral from '../src/themes/neutral.css?inline';
import playful from '../src/themes/playful.css?inline';

const sheets = [neutral, playful, broadcast].flatMap((text) => unsafeCSS(text).styleSheet ?? []);

/** Makes `ils-theme-neutral`, `-playful` and `-broadcast` known to the page. Any number of times. */
export function adoptThemes(): void {
  const missing = sheets.filter((sheet) => !document.adoptedStyleSheets.includes(sheet));
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, ...missing];
}
