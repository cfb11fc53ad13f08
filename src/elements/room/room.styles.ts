import { css } from 'lit';
import { bare } from '../../styles/base.styles.ts';
import buttonStyles from '../../styles/button.styles.ts';
import stateStyles from '../../styles/state.styles.ts';
import { tokens } from '../../styles/tokens.ts';

export default [
  tokens,
  bare,
  buttonStyles,
  stateStyles,
  css`
    :host {
      position: relative;
    }

    .banner {
      position: absolute;
      z-index: 10;
      inset-block-start: var(--_space-m);
      inset-inline: var(--_space-m);
      inline-size: fit-content;
      max-inline-size: calc(100% - 2 * var(--_space-m));
      margin-inline: auto;
      border: 1px solid var(--_border);
      background: var(--_surface-raised);
      box-shadow: var(--_shadow-l);
      font: var(--_weight-normal) var(--_font-size-s) / 1.4 var(--_font);
      animation: arrive 200ms var(--_ease);
    }

    .banner.warning {
      background: var(--_surface-raised);
    }

    /* A break of less than a second is not worth a word. */
    .banner.passing {
      animation: arrive 200ms 1s var(--_ease) backwards;
    }

    @keyframes arrive {
      from {
        opacity: 0;
        transform: translateY(-8px);
      }
    }

    @media (prefers-reduced-motion: reduce) {
      @keyframes arrive {
        from {
          opacity: 0;
        }
      }
    }
  `,
];
