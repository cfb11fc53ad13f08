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
      min-block-size: 120px;
      aspect-ratio: 16 / 9;
      --_stage-background: var(--ils-stage-background, transparent);
    }

    .base {
      position: absolute;
      inset: 0;
      background: var(--_stage-background);
    }

    .tiles {
      position: absolute;
      inset: 0;
      overflow: hidden;
      touch-action: pan-y pinch-zoom;
    }

    ils-tile {
      position: absolute;
      aspect-ratio: auto;
    }
    ils-tile.ready {
      inset: 0;
      visibility: hidden;
    }
    .bleed ils-tile {
      --_tile-radius: var(--ils-tile-radius, 0px);
    }
    ils-tile.floating {
      z-index: 1;
      box-shadow: var(--_shadow-l);
      border-radius: var(--_radius-tile);
      --_tile-radius: var(--ils-tile-radius, var(--_radius-tile));
    }

    /* What is around the stage may lie over its edges. */
    ils-tile[data-edge~='bottom'] {
      --_label-lift: var(--_lift, 0px);
    }
    ils-tile[data-edge~='top'] {
      --_marks-drop: var(--_drop, 0px);
    }

    .empty {
      position: absolute;
      inset: 0;
      display: flex;
      flex-direction: column;
      align-items: center;
      justify-content: center;
      border-radius: var(--_radius-tile);
      background: var(--_surface-sunken);
    }
    .bleed .empty {
      border-radius: 0;
    }
    .empty .state {
      padding-block: var(--_space-xs);
    }
    .base:not(.bleed) .empty {
      --_icon-size: 36px;
    }
    .base:not(.bleed) .empty .title {
      font-size: var(--_font-size-xl);
    }
    .base:not(.bleed) .empty .text {
      font-size: var(--_font-size-m);
    }
    .empty .skeleton {
      position: absolute;
      inset: 0;
      border-radius: inherit;
    }

    .pager {
      position: absolute;
      display: flex;
      align-items: center;
      justify-content: center;
      gap: var(--_space-xs);
      translate: 0 calc(-1 * var(--_lift, 0px));
      color: var(--_text-muted);
      font: var(--_weight-medium) var(--_font-size-s) / 1 var(--_font);
    }
    .pager-text {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      flex: 0 1 7em;
      min-inline-size: 0;
      justify-content: center;
      white-space: nowrap;
      --_icon-size: 14px;
    }
    .pager .icon-button:dir(rtl) .icon {
      transform: scaleX(-1);
    }

    @media (prefers-reduced-motion: no-preference) {
      .pager {
        transition: translate var(--_in-time) var(--_ease);
      }
    }

    .sound,
    .show-self {
      position: absolute;
      z-index: 2;
      color-scheme: dark;
      --_fill: var(--_scrim);
      --_ink: var(--_on-video);
      border-radius: var(--_radius-round);
    }
    .sound {
      inset-block-start: var(--_space-m);
      inset-inline: 0;
      margin-inline: auto;
      inline-size: fit-content;
      padding-inline: var(--_space-l);
      --_fill: var(--_accent);
      --_ink: var(--_on-accent);
    }
    .show-self {
      inset-block-end: var(--_space-m);
      inset-inline-end: var(--_space-m);
      --_icon-size: 15px;
    }
  `,
];
