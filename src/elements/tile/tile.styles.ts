import { css } from 'lit';
import baseStyles from '../../styles/base.styles.ts';
import buttonStyles from '../../styles/button.styles.ts';

export default [
  ...baseStyles,
  buttonStyles,
  css`
    :host {
      position: relative;
      aspect-ratio: 16 / 9;
      color-scheme: dark !important;
      --_tile-radius: var(--ils-tile-radius, var(--_radius-tile));
      --_ring: var(--ils-tile-ring-color, oklch(from var(--_accent) max(l, 0.72) c h));
    }

    .base {
      position: absolute;
      inset: 0;
      overflow: hidden;
      border-radius: var(--_tile-radius);
      background: var(--_video);
      color: var(--_on-video);
      container-type: size;
      isolation: isolate;
    }

    .backdrop,
    .video,
    .reason,
    .ring,
    .overlay {
      position: absolute;
      inset: 0;
    }

    .backdrop {
      display: grid;
      place-items: center;
      background: oklch(0.265 0.022 var(--_tile-hue, 262));
    }
    .screen .backdrop {
      background: oklch(0.22 0.008 var(--_hue));
    }
    /* Nothing dark is seen around rounded corners. */
    .shown .backdrop {
      visibility: hidden;
    }
    .shown.camera {
      background: none;
    }
    .avatar,
    ::slotted([slot='avatar']) {
      display: grid;
      place-items: center;
      inline-size: clamp(30px, 34cqmin, 120px);
      block-size: clamp(30px, 34cqmin, 120px);
      border-radius: 50%;
      background: oklch(0.47 0.105 var(--_tile-hue, 262));
      color: white;
      font: var(--_weight-medium) clamp(12px, 13cqmin, 44px) / 1 var(--_font);
      letter-spacing: 0.01em;
      object-fit: cover;
      --_icon-size: 50%;
    }
    .screen .avatar {
      background: oklch(0.34 0.012 var(--_hue));
    }

    .video {
      display: block;
      inline-size: 100%;
      block-size: 100%;
      object-fit: var(--ils-tile-fit, cover);
      /* Faces are above the middle. */
      object-position: 50% 35%;
      opacity: 0;
    }
    .screen .video {
      object-fit: contain;
      background: var(--_video);
    }
    .mirrored .video {
      transform: scaleX(-1);
    }
    .shown .video {
      opacity: 1;
    }

    .reason {
      display: grid;
      place-items: center;
      pointer-events: none;
      font-size: var(--_font-size-s);
      line-height: 1.35;
      text-align: center;
      text-wrap: balance;
      --_icon-size: 14px;
    }
    .reason-text {
      display: flex;
      align-items: center;
      gap: 6px;
      max-inline-size: calc(100% - 24px);
      color: var(--_on-video-muted);
      /* Below the avatar, which keeps the middle whatever is said. */
      translate: 0 calc(clamp(15px, 17cqmin, 60px) + 20px);
    }
    .reason.passing {
      animation: reason-in 200ms 400ms backwards;
    }
    .reason.veil {
      background: oklch(0.1 0.005 262 / 0.55);
      backdrop-filter: blur(12px);
    }
    .reason.veil .reason-text {
      flex-direction: column;
      translate: none;
      color: var(--_on-video);
    }
    .reason .icon {
      /* Not before it is seen. */
      animation: turn 1s 400ms linear infinite;
    }
    @keyframes reason-in {
      from {
        opacity: 0;
      }
    }
    @keyframes turn {
      to {
        rotate: 1turn;
      }
    }
    /* No room for a sentence: the dark tile, its mark and its label say it. */
    @container (height < 172px) or (width < 150px) {
      .reason:not(.veil) .reason-text {
        display: none;
      }
      .reason.veil .reason-text > :last-child {
        display: none;
      }
    }

    .ring {
      border-radius: inherit;
      pointer-events: none;
    }
    .ring::before,
    .ring::after {
      content: '';
      position: absolute;
      inset: 0;
      border-radius: inherit;
      opacity: 0;
      transition: opacity var(--_hover-time) linear;
    }
    .ring::before {
      border: 2px solid var(--_ring);
    }
    .ring::after {
      box-shadow: inset 0 0 0 4px var(--_ring);
    }
    :host(:state(speaking)) .ring::before {
      opacity: 1;
    }
    :host(:state(speaking)) .ring::after {
      opacity: calc(0.9 * var(--_level, 0));
    }

    .label {
      position: absolute;
      inset-inline: 0;
      inset-block-end: 0;
      display: flex;
      align-items: end;
      gap: var(--_space-s);
      padding: 28px var(--_space-m) 9px;
      border-end-start-radius: inherit;
      border-end-end-radius: inherit;
      background: linear-gradient(to top, oklch(0.08 0.005 262 / 0.58), oklch(0.08 0.005 262 / 0.24) 50%, transparent);
      pointer-events: none;
      font: var(--_weight-medium) var(--_font-size-s) / 1.35 var(--_font);
      text-shadow: 0 0 4px oklch(0 0 0 / 0.55);
      --_icon-size: 15px;
    }
    .label > * {
      translate: 0 calc(-1 * var(--_label-lift, 0px));
      transition:
        translate var(--_in-time) var(--_ease),
        opacity var(--_hover-time);
    }
    .screen .label {
      inset-inline: 10px auto;
      inset-block-end: 10px;
      max-inline-size: calc(100% - 20px);
      padding: 3px 9px;
      border-radius: var(--_radius-control);
      background: var(--_scrim);
    }
    :host(:state(dark)) .camera .label {
      background: none;
      text-shadow: none;
    }
    /* It keeps its place, seen or not, so that the name does not move. */
    .microphone {
      flex: none;
      display: grid;
      place-items: center;
      block-size: 1.35em;
      opacity: 0;
    }
    :host(:state(muted)) .microphone {
      opacity: 1;
    }

    .marks {
      position: absolute;
      translate: 0 var(--_marks-drop, 0px);
      inset-block-start: 8px;
      inset-inline-start: 8px;
      display: flex;
      gap: 4px;
      pointer-events: none;
      --_icon-size: 14px;
    }
    .mark {
      display: grid;
      place-items: center;
      inline-size: 26px;
      block-size: 26px;
      border-radius: 50%;
      background: var(--_scrim);
      animation: mark-in var(--_in-time) var(--_ease);
    }
    .mark.quality {
      color: oklch(from var(--_warning) max(l, 0.82) c h);
    }
    .mark.quality > * {
      grid-area: 1 / 1;
    }
    .ghost {
      opacity: 0.3;
    }
    @keyframes mark-in {
      from {
        opacity: 0;
      }
    }

    @container (width < 150px) {
      .label {
        padding: 20px 8px 6px;
        font-size: var(--_font-size-xs);
        gap: 4px;
        --_icon-size: 13px;
      }
      .marks {
        inset: 5px auto auto 5px;
        --_icon-size: 12px;
      }
      .mark {
        inline-size: 22px;
        block-size: 22px;
      }
    }

    .overlay {
      pointer-events: none;
    }
    ::slotted(:not([slot])) {
      pointer-events: auto;
    }

    .menu-button {
      position: absolute;
      inset-block-start: 8px;
      inset-inline-end: 8px;
      --_fill: var(--_scrim);
      --_ink: var(--_on-video);
      border-radius: var(--_radius-round);
      opacity: 0;
      pointer-events: none;
    }
    .base:hover .menu-button,
    .menu-button:focus-visible,
    .menu-button[aria-expanded='true'] {
      opacity: 1;
      pointer-events: auto;
    }
    .menu-button:focus-visible {
      outline-color: var(--_on-video);
    }
    @media (hover: none) {
      .base:focus-within .menu-button {
        opacity: 1;
      }
    }
    @container (width < 96px) {
      .menu-button {
        display: none;
      }
    }

    @media (prefers-reduced-motion: reduce) {
      .reason .icon {
        animation: none;
      }
    }
    @media (forced-colors: active) {
      .base {
        outline: 1px solid CanvasText;
        outline-offset: -1px;
      }
      .avatar {
        border: 1px solid CanvasText;
      }
      .ring::before {
        border-color: Highlight;
      }
    }
  `,
];
