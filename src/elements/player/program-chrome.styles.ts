import { css } from 'lit';
import popoverStyles from '../../styles/popover.styles.ts';

/** What a programme has over its picture. */
export default [
  popoverStyles,
  css`
    .behind-badge {
      display: inline-flex;
      align-items: center;
      block-size: 24px;
      padding-inline: 8px;
      border-radius: calc(var(--_radius-control) * 0.75);
      background: var(--_scrim);
      backdrop-filter: blur(12px);
      font: var(--_weight-bold) var(--_font-size-xs) / 1 var(--_font);
    }

    .buffering {
      position: absolute;
      inset: 0;
      display: grid;
      place-items: center;
      pointer-events: none;
      --_icon-size: 44px;
      /* A stop of less than a moment is not worth a sign. */
      animation: appear var(--_in-time) 400ms linear backwards;
    }
    .buffering .icon {
      filter: drop-shadow(0 1px 6px oklch(0 0 0 / 0.6));
      animation: turn 1s linear infinite;
    }

    .controls:has(.scrub) {
      flex-wrap: wrap;
      padding-block-start: 40px;
    }
    .scrub {
      position: relative;
      order: -2;
      flex-basis: 100%;
      margin-inline: var(--_space-s);
      --_fill: var(--ils-player-scrubber-color, var(--_accent-on-video, var(--_on-video)));
    }
    .scrubber {
      appearance: none;
      display: block;
      inline-size: 100%;
      block-size: 24px;
      margin: -2px 0;
      border-radius: 4px;
      background: none;
      cursor: pointer;
      touch-action: none;
      --_track: linear-gradient(
        to right,
        var(--_fill) calc(var(--_share, 1) * 100%),
        oklch(1 0 0 / 0.3) calc(var(--_share, 1) * 100%)
      );
    }
    .scrubber:dir(rtl) {
      --_track: linear-gradient(
        to left,
        var(--_fill) calc(var(--_share, 1) * 100%),
        oklch(1 0 0 / 0.3) calc(var(--_share, 1) * 100%)
      );
    }
    .scrubber.at-live {
      --_fill: var(--_live);
    }
    .scrubber::-webkit-slider-runnable-track {
      block-size: 4px;
      border-radius: 2px;
      background: var(--_track);
    }
    .scrubber::-moz-range-track {
      block-size: 4px;
      border-radius: 2px;
      background: var(--_track);
    }
    .scrubber::-webkit-slider-thumb {
      appearance: none;
      inline-size: 14px;
      block-size: 14px;
      margin-block-start: -5px;
      border-radius: 50%;
      background: var(--_fill);
      box-shadow: 0 0 0 2px oklch(0 0 0 / 0.25);
    }
    .scrubber::-moz-range-thumb {
      inline-size: 14px;
      block-size: 14px;
      border: 0;
      border-radius: 50%;
      background: var(--_fill);
    }
    .scrub-time {
      position: absolute;
      inset-block-end: 100%;
      translate: -50% -4px;
      padding: 5px 8px;
      border-radius: calc(var(--_radius-control) * 0.75);
      background: var(--_scrim);
      backdrop-filter: blur(12px);
      color: var(--_on-video);
      font: var(--_weight-medium) var(--_font-size-s) / 1 var(--_font);
      white-space: nowrap;
      pointer-events: none;
      opacity: 0;
      transition: opacity var(--_out-time);
    }
    .scrub-time:empty {
      display: none;
    }
    @media (hover: hover) {
      .scrub:hover .scrub-time {
        opacity: 1;
      }
    }

    .time {
      padding-inline: var(--_space-xs);
      color: var(--_on-video);
      font: var(--_weight-medium) var(--_font-size-s) / 1 var(--_font);
      white-space: nowrap;
    }
    .live-button {
      display: inline-flex;
      align-items: center;
      gap: 7px;
      min-block-size: var(--_control-size);
      padding-inline: var(--_space-s);
      border: 0;
      border-radius: var(--_radius-control);
      background: none;
      color: var(--_on-video);
      font: var(--_weight-medium) var(--_font-size-s) / 1 var(--_font);
      white-space: nowrap;
      touch-action: manipulation;
    }
    .live-button .dot {
      inline-size: 8px;
      block-size: 8px;
      border-radius: 50%;
      background: var(--_live);
    }
    .live-button.away {
      cursor: pointer;
    }
    .live-button.away .dot {
      background: oklch(1 0 0 / 0.55);
    }
    .live-button.away:hover {
      background: oklch(1 0 0 / 0.14);
    }
    .with-controls:not(.quiet):has(.scrub) .unmute {
      inset-block-end: calc(var(--_bar) + 64px);
    }

    @media (prefers-reduced-motion: reduce) {
      .buffering .icon {
        animation: none;
      }
    }
    @media (forced-colors: active) {
      .scrubber {
        /* The system's colours take the track away: its own white, on a dark of its own. */
        background: oklch(0.1 0 0 / 0.8);
        forced-color-adjust: none;
      }
      .live-button .dot {
        border: 1px solid CanvasText;
      }
    }
  `,
];
