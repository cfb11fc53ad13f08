import { css } from 'lit';
import baseStyles from '../../styles/base.styles.ts';
import buttonStyles from '../../styles/button.styles.ts';
import fieldStyles from '../../styles/field.styles.ts';
import stateStyles from '../../styles/state.styles.ts';

export default [
  ...baseStyles,
  buttonStyles,
  fieldStyles,
  stateStyles,
  css`
    :host {
      container-type: inline-size !important;
    }
    :host(:state(joined)) {
      display: none;
    }

    .base {
      display: grid;
      gap: var(--_space-xl);
      align-items: center;
    }
    .base:not(:has(.picture)) {
      inline-size: min(400px, 100%);
      margin-inline: auto;
    }
    @container (width >= 680px) {
      .base:has(.picture) {
        grid-template-columns: minmax(0, 1.55fr) minmax(250px, 1fr);
        gap: var(--_space-2xl);
      }
    }

    .picture {
      position: relative;
      aspect-ratio: 16 / 9;
      overflow: hidden;
      border-radius: var(--_radius-tile);
      background: oklch(0.2 0.01 var(--_hue));
      color: var(--_on-video);
      color-scheme: dark;
      container-type: size;
      isolation: isolate;
    }
    @container (width < 480px) {
      .picture {
        aspect-ratio: 4 / 3.4;
      }
    }
    .video {
      position: absolute;
      inset: 0;
      inline-size: 100%;
      block-size: 100%;
      object-fit: cover;
      transform: scaleX(-1);
      opacity: 0;
    }
    .shown .video {
      opacity: 1;
      transition: opacity var(--_in-time) linear;
    }
    .dark {
      position: absolute;
      inset: 0 0 64px;
      display: flex;
      flex-direction: column;
      align-items: center;
      justify-content: center;
      gap: var(--_space-s);
      padding: var(--_space-m);
      text-align: center;
      text-wrap: balance;
    }
    .avatar {
      display: grid;
      place-items: center;
      inline-size: clamp(48px, 30cqmin, 96px);
      block-size: clamp(48px, 30cqmin, 96px);
      border-radius: 50%;
      background: oklch(0.34 0.02 var(--_hue));
      font: var(--_weight-medium) clamp(18px, 11cqmin, 36px) / 1 var(--_font);
      --_icon-size: 40%;
    }
    .dark-text,
    .ask-text,
    .failure-text {
      max-inline-size: 40ch;
      color: var(--_on-video-muted);
      font-size: var(--_font-size-s);
    }
    .passing {
      display: flex;
      align-items: center;
      gap: var(--_space-s);
      color: var(--_on-video-muted);
      animation: appear 200ms 300ms backwards;
    }
    .passing .icon {
      animation: turn 1s linear infinite;
    }
    @keyframes turn {
      to {
        rotate: 1turn;
      }
    }
    @keyframes appear {
      from {
        opacity: 0;
      }
    }
    .ask,
    .failure {
      display: flex;
      flex-direction: column;
      align-items: center;
      gap: 6px;
    }
    .ask-title,
    .failure-title {
      font: var(--_weight-bold) var(--_font-size-l) / 1.35 var(--_font);
    }
    .failure-title {
      display: flex;
      align-items: center;
      gap: var(--_space-s);
    }
    .ask .button {
      margin-block-start: var(--_space-m);
    }
    .failure-actions {
      display: flex;
      flex-wrap: wrap;
      justify-content: center;
      gap: var(--_space-s);
      margin-block-start: var(--_space-s);
    }
    .failure-actions .button {
      --_fill: oklch(1 0 0 / 0.14);
      --_ink: var(--_on-video);
    }
    .form .failure {
      align-items: start;
      padding: var(--_space-m);
      border-radius: var(--_radius-control);
      background: var(--_danger-soft);
    }
    .form .failure-title {
      font-size: var(--_font-size-m);
      --_icon-size: 16px;
    }
    .form .failure-text {
      color: var(--_text-muted);
    }
    .form .failure-actions {
      margin: 0;
    }
    .form .failure .button {
      --_fill: var(--_surface);
      --_ink: var(--_text);
    }

    .name {
      position: absolute;
      inset-block-start: 12px;
      inset-inline-start: 14px;
      max-inline-size: calc(100% - 28px);
      font: var(--_weight-medium) var(--_font-size-s) / 1.4 var(--_font);
      text-shadow: 0 0 6px oklch(0 0 0 / 0.6);
    }
    .toggles {
      position: absolute;
      inset-inline: 0;
      inset-block-end: 14px;
      display: flex;
      justify-content: center;
      gap: var(--_space-m);
    }
    .toggle {
      display: grid;
      place-items: center;
      inline-size: 48px;
      block-size: 48px;
      border: 1px solid oklch(1 0 0 / 0.35);
      border-radius: 50%;
      background: oklch(0.15 0.005 262 / 0.5);
      backdrop-filter: blur(12px);
      color: var(--_on-video);
      cursor: pointer;
      touch-action: manipulation;
      transition: background-color var(--_hover-time);
      --_icon-size: 20px;
    }
    .toggle:hover {
      background: oklch(0.28 0.005 262 / 0.7);
    }
    .toggle.is-off {
      border-color: transparent;
      background: var(--_danger);
      color: var(--_on-danger);
    }
    .toggle:disabled {
      opacity: 0.6;
      cursor: default;
    }
    .toggle:focus-visible {
      outline-color: var(--_on-video);
    }

    .level {
      position: absolute;
      inset-inline-start: 14px;
      inset-block-end: 22px;
      display: flex;
      align-items: center;
      justify-content: center;
      gap: 3px;
      inline-size: 32px;
      block-size: 32px;
      border-radius: 50%;
      background: var(--_accent);
    }
    .level i {
      inline-size: 4px;
      block-size: 18px;
      border-radius: 2px;
      background: var(--_on-accent);
      transform: scaleY(calc(0.22 + 0.5 * min(1, var(--_level, 0) * 1.6)));
      transition: transform 80ms linear;
    }
    .level i:nth-child(2) {
      transform: scaleY(calc(0.22 + 0.78 * min(1, var(--_level, 0) * 1.6)));
    }

    .form {
      display: flex;
      flex-direction: column;
      gap: var(--_space-m);
      min-inline-size: 0;
    }
    .heading {
      font: var(--_weight-bold) var(--_font-size-2xl) / 1.25 var(--_font);
      letter-spacing: -0.015em;
      margin-block-end: var(--_space-xs);
    }
    .field {
      display: grid;
      gap: var(--_space-xs);
    }
    .device {
      display: flex;
      align-items: center;
      gap: var(--_space-s);
    }
    .device > .icon {
      color: var(--_text-muted);
    }
    .device .input {
      flex: 1;
      min-inline-size: 0;
      text-overflow: ellipsis;
    }
    .network {
      display: flex;
      align-items: center;
      gap: var(--_space-s);
      color: var(--_text-muted);
      font-size: var(--_font-size-s);
    }
    .network.good .icon {
      color: var(--_success-text);
    }
    .network.fair .icon,
    .network.poor .icon {
      color: var(--_warning-text);
    }
    .network.unreachable {
      color: var(--_danger-text);
    }
    .join {
      margin-block-start: var(--_space-xs);
      font-size: var(--_font-size-l);
    }

    @media (prefers-reduced-motion: reduce) {
      .level i,
      .input {
        transition: none;
      }
      .passing .icon {
        animation: none;
      }
    }
    @media (forced-colors: active) {
      .picture,
      .toggle {
        border: 1px solid CanvasText;
      }
      .level i {
        background: CanvasText;
      }
    }
  `,
];
