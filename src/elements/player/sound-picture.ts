import { css, html, type TemplateResult } from 'lit';
import { headsetIcon } from '../../icons/headset.ts';
import { icon } from '../../icons/icon.ts';
import { msg } from '../../locales/localization.ts';

const BARS = 5;

/** Where there is sound alone. Loaded when a programme has no picture. */
export const soundPictureStyles = css`
  .sound {
    position: absolute;
    inset: 0;
    display: grid;
    align-content: center;
    justify-items: center;
    gap: var(--_space-m);
    padding: var(--_space-l);
    text-align: center;
    pointer-events: none;
    background:
      radial-gradient(90% 110% at 50% 0%, oklch(from var(--_accent) 0.36 calc(c * 0.55) h / 0.55), transparent 70%),
      oklch(0.17 0.012 var(--_hue));
    animation: appear var(--_in-time) linear;
  }
  .sound-icon {
    display: grid;
    place-items: center;
    inline-size: clamp(56px, 22cqmin, 112px);
    aspect-ratio: 1;
    border-radius: 50%;
    background: oklch(1 0 0 / 0.1);
    --_icon-size: clamp(26px, 10cqmin, 52px);
  }
  .sound-title {
    margin: 0;
    max-inline-size: 32ch;
    font: var(--_weight-bold) var(--_font-size-xl) / 1.3 var(--_font);
  }
  .sound-bars {
    display: flex;
    gap: 4px;
    block-size: 20px;
  }
  .sound-bars i {
    inline-size: 4px;
    border-radius: 2px;
    background: currentColor;
    opacity: 0.85;
    transform: scaleY(0.25);
  }
  .sound.plays .sound-bars i {
    animation: sound-bar 1.1s ease-in-out infinite alternate;
  }
  .sound-bars i:nth-child(2) {
    animation-delay: -0.7s !important;
  }
  .sound-bars i:nth-child(3) {
    animation-delay: -0.3s !important;
  }
  .sound-bars i:nth-child(4) {
    animation-delay: -0.9s !important;
  }
  @keyframes sound-bar {
    40% {
      transform: scaleY(0.55);
    }
    to {
      transform: scaleY(1);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .sound.plays .sound-bars i {
      animation: none;
      transform: scaleY(0.6);
    }
  }
`;

export function renderSoundPicture(title: string, plays: boolean): TemplateResult {
  return html`<div part="sound" class="sound ${plays ? 'plays' : ''}">
    <span class="sound-icon">${icon(headsetIcon)}</span>
    <p class="sound-title">${title === '' ? msg('Sound alone') : title}</p>
    <span class="sound-bars" aria-hidden="true">${Array.from({ length: BARS }, () => html`<i></i>`)}</span>
    ${title === '' ? '' : html`<span class="visually-hidden">${msg('Sound alone')}</span>`}
  </div>`;
}
