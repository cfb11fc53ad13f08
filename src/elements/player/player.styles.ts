import { css } from 'lit';
import baseStyles from '../../styles/base.styles.ts';
import buttonStyles from '../../styles/button.styles.ts';
import stateStyles from '../../styles/state.styles.ts';

export default [
  ...baseStyles,
  buttonStyles,
  stateStyles,
  css`
    :host {
      position: relative;
      aspect-ratio: 16 / 9;
      min-block-size: 160px;
      color-scheme: dark !important;
      --_player-radius: var(--ils-player-radius, var(--_radius-card));
      --_bar: calc(var(--_control-size) + 20px);
    }

    .base {
      position: absolute;
      inset: 0;
      overflow: hidden;
      border-radius: var(--_player-radius);
      background: var(--ils-player-background, var(--_video));
      color: var(--_on-video);
      container-type: size;
      isolation: isolate;
    }
    .base:focus-visible {
      outline-offset: -2px;
    }
    :host(:fullscreen) .base {
      border-radius: 0;
    }

    .base > .skeleton {
      position: absolute;
      inset: 0;
      border-radius: inherit;
      background: oklch(0.2 0.008 var(--_hue));
    }
    @keyframes appear {
      from {
        opacity: 0;
      }
    }

    .slate {
      position: absolute;
      inset: 0;
      display: grid;
      place-items: center;
      overflow: hidden;
      background:
        radial-gradient(90% 110% at 50% 0%, oklch(from var(--_accent) 0.36 calc(c * 0.55) h / 0.55), transparent 70%),
        oklch(0.17 0.012 var(--_hue));
      animation: appear var(--_in-time) linear;
    }
    ::slotted([slot='poster']) {
      position: absolute;
      inset: 0;
      inline-size: 100%;
      block-size: 100%;
      object-fit: cover;
      filter: brightness(0.45);
    }
    .slate-content {
      position: relative;
      display: flex;
      flex-direction: column;
      align-items: center;
      gap: 6px;
      max-inline-size: 44ch;
      padding: var(--_space-xl) var(--_space-l);
      text-align: center;
      text-wrap: balance;
    }
    .slate-icon {
      display: grid;
      place-items: center;
      inline-size: 56px;
      block-size: 56px;
      margin-block-end: var(--_space-s);
      border-radius: 50%;
      background: oklch(1 0 0 / 0.1);
      --_icon-size: 26px;
    }
    .slate-heading {
      color: var(--_on-video-muted);
      font: var(--_weight-medium) var(--_font-size-m) / 1.4 var(--_font);
    }
    .slate-title {
      font: var(--_weight-bold) clamp(16px, 3.2cqi, 24px) / 1.25 var(--_font);
      letter-spacing: -0.01em;
    }
    .slate-text {
      color: var(--_on-video-muted);
      line-height: 1.5;
    }
    .slate .button {
      margin-block-start: var(--_space-m);
    }
    @container (height < 260px) {
      .slate-icon {
        display: none;
      }
      .slate-content {
        padding-block: var(--_space-m);
      }
    }

    @media (forced-colors: active) {
      :host {
        outline: 1px solid CanvasText;
      }
    }
  `,
];
