import { css } from 'lit';

export default css`
  /* Over a picture every message is one run of words with its author's name in front. */
  :host([display='overlay']) {
    .scroller {
      mask-image: linear-gradient(transparent, black 72px);
      scrollbar-width: none;
    }
    .row {
      margin-inline: var(--_space-xs);
      color: var(--_on-video);
      text-shadow:
        0 1px 2px oklch(0 0 0 / 0.7),
        0 0 8px oklch(0 0 0 / 0.45);
    }
    :is(.body, .text:not(.jumbo)) {
      display: inline;
    }
    .head {
      display: inline-flex;
      margin-inline-end: 6px;
      font-size: inherit;
      vertical-align: baseline;
    }
    :is(.time, .day, .deleted .icon) {
      display: none;
    }
    .role {
      text-shadow: none;
    }
  }
`;
