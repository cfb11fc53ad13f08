import { html, type TemplateResult } from 'lit';
import type { GiftItem } from '../../protocol/index.ts';

/** The drawings of the built-in gifts, each on a grid of 48 × 48, in flat shapes with one light and one shade. */
const DRAWINGS: Readonly<Record<string, () => TemplateResult>> = {
  heart: () =>
    html`<svg viewBox="0 0 48 48" aria-hidden="true">
      <path fill="#f0386b" d="M24 42C10 32 4 25 4 17A10 10 0 0 1 24 12 10 10 0 0 1 44 17c0 8-6 15-20 25z" />
      <path fill="#c91f52" d="M24 42c14-10 20-17 20-25a10 10 0 0 0-4-8c1 12-6 22-24 27z" />
      <path fill="#ff9dbb" d="M14 11c-4 0-6 3-6 6 0 1.6 2 1.6 2.3 0 .4-2 1.7-3.3 3.9-3.7 1.6-.3 1.4-2.3-.2-2.3z" />
    </svg>`,
  rose: () =>
    html`<svg viewBox="0 0 48 48" aria-hidden="true">
      <path fill="none" stroke="#2f9e58" stroke-width="3" stroke-linecap="round" d="M24 26v18" />
      <path fill="#3fbf6e" d="M24 38c-8 1-11-3-12-8 7-1 11 2 12 8zM24 34c6 0 10-3 11-8-6 0-10 2-11 8z" />
      <path fill="#d81e4a" d="M12 12c2-2 5-2 7 0 1-4 4-7 8-8 1 3 1 5 0 7 3-2 6-1 9 1 0 10-4 17-12 17S12 22 12 12z" />
      <path fill="#f2547b" d="M19 12c3 1 5 3 5 8 0-5 2-8 6-9-1-3-2-5-3-7-4 1-7 4-8 8z" />
      <path fill="#a81038" d="M24 29c8 0 12-7 12-17-4 2-8 5-12 17z" opacity=".7" />
    </svg>`,
  coffee: () =>
    html`<svg viewBox="0 0 48 48" aria-hidden="true">
      <g fill="none" stroke="#b8a394" stroke-width="2.5" stroke-linecap="round">
        <path d="M17 14c-3-3 3-5 0-9M25 14c-3-3 3-5 0-9" />
      </g>
      <path fill="none" stroke="#e9793d" stroke-width="4" d="M34 23h3a5 5 0 0 1 0 11h-4" />
      <path fill="#f58b4c" d="M8 18h27v14c0 6-4 10-10 10h-7C12 42 8 38 8 32z" />
      <path fill="#d66a2e" d="M27 18h8v14c0 6-4 10-10 10h-4c5-4 7-12 6-24z" />
      <ellipse cx="21.5" cy="18.5" rx="13.5" ry="3.5" fill="#5b3523" />
    </svg>`,
  star: () =>
    html`<svg viewBox="0 0 48 48" aria-hidden="true">
      <path fill="#ffc533" d="m24 3 6.3 13.4L45 18.3 34.2 28.6 37 43.2 24 36l-13 7.2 2.8-14.6L3 18.3l14.7-1.9z" />
      <path fill="#f09e14" d="m24 36 13 7.2-2.8-14.6L45 18.3l-14.7-1.9L24 25z" opacity=".75" />
      <path fill="#ffe79a" d="m24 8-4.6 10-9 1.2L24 25z" />
    </svg>`,
  balloon: () =>
    html`<svg viewBox="0 0 48 48" aria-hidden="true">
      <path fill="none" stroke="#8a93a6" stroke-width="2" stroke-linecap="round" d="M24 35c-3 4 3 6 0 11" />
      <path fill="#7a5cf0" d="M24 3c9 0 14 6 14 14 0 9-8 17-14 18-6-1-14-9-14-18C10 9 15 3 24 3z" />
      <path fill="#5a3dd0" d="M32 6c4 14-2 22-12 28 1.3.6 2.7 1 4 1 6-1 14-9 14-18 0-5-2-9-6-11z" />
      <path fill="#5a3dd0" d="m20 37 4-4 4 4z" />
      <ellipse cx="18" cy="12" rx="3" ry="5" fill="#c9bcff" transform="rotate(25 18 12)" />
    </svg>`,
  rocket: () =>
    html`<svg viewBox="0 0 48 48" aria-hidden="true">
      <path fill="#ff9f1c" d="M15 30c-6 1-9 6-10 13 7-1 12-4 13-10z" />
      <path fill="#ffd166" d="M15 32c-3 1-5 4-6 8 4-1 7-3 8-6z" />
      <path fill="#d9344f" d="m16 20-9 2 3-8 10-2zM28 32l-2 9 8-3 2-10z" />
      <path fill="#eef2f8" d="M44 4C30 4 20 12 13 27l8 8C36 28 44 18 44 4z" />
      <path fill="#c3cee0" d="M44 4 17 31l4 4C36 28 44 18 44 4z" />
      <path fill="#d9344f" d="M44 4c-5 0-9 1-13 3l10 10c2-4 3-8 3-13z" />
      <circle cx="28" cy="20" r="4.5" fill="#2b7de9" stroke="#fff" stroke-width="2" />
    </svg>`,
  diamond: () =>
    html`<svg viewBox="0 0 48 48" aria-hidden="true">
      <path fill="#35b8f2" d="M12 7h24l9 12-21 24L3 19z" />
      <path fill="#8fe0ff" d="M12 7 3 19h12zM36 7l-12 0-9 12h18z" />
      <path fill="#c8f2ff" d="M12 7h12l-9 12z" />
      <path fill="#1592d2" d="M33 19h12L24 43z" />
      <path fill="#5fcdf9" d="M15 19h18l-9 24z" />
      <path fill="#62d0fa" d="m36 7 9 12H33z" />
    </svg>`,
  crown: () =>
    html`<svg viewBox="0 0 48 48" aria-hidden="true">
      <path fill="#ffc22e" d="M6 38 3 15l11 8L24 7l10 16 11-8-3 23z" />
      <path fill="#f0a30f" d="m24 7 10 16 11-8-3 23H24z" opacity=".8" />
      <path fill="#d98c06" d="M6 38h36v4H6z" />
      <circle cx="24" cy="30" r="4" fill="#e23a63" />
      <circle cx="13" cy="31" r="2.5" fill="#35b8f2" />
      <circle cx="35" cy="31" r="2.5" fill="#35b8f2" />
      <circle cx="3.5" cy="14" r="2.5" fill="#ffe08a" />
      <circle cx="24" cy="6.5" r="3" fill="#ffe08a" />
      <circle cx="44.5" cy="14" r="2.5" fill="#ffe08a" />
    </svg>`,
};

/** Draws a gift: its picture, its built-in drawing, or its emoji. Whatever holds it says its name. */
export function renderGiftArt({ art, image }: Pick<GiftItem, 'art' | 'image'>): TemplateResult {
  if (image !== undefined) return html`<img class="art" part="art" src=${image} alt="" draggable="false" />`;
  const draw = Object.hasOwn(DRAWINGS, art) ? DRAWINGS[art] : undefined;
  return html`<span class="art" part="art" aria-hidden="true">${draw?.() ?? art}</span>`;
}
