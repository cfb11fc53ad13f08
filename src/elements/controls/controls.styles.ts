import { css } from 'lit';

export default css`
  :host {
    flex: 1 1 0;
    min-inline-size: 0;
    container: controls / inline-size !important;
    --_justify: var(--ils-controls-justify, center);
  }
  .base {
    display: flex;
    flex-direction: column;
    gap: var(--_space-s);
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: var(--_justify);
    gap: var(--_space-s);
  }
  .bar .large {
    border-radius: var(--_radius-card);
  }
  .over {
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
  }

  .split {
    position: relative;
    display: flex;
    border-radius: var(--_radius-card);
    background: color-mix(in oklab, var(--_text) 8%, transparent);
    isolation: isolate;
  }
  .split.off {
    background: var(--_danger-soft);
  }
  .split.off .icon-button {
    --_ink: var(--_danger-text);
  }
  .split.sharing {
    background: var(--_accent);
  }
  .split.sharing .icon-button {
    --_ink: var(--_on-accent);
  }
  .split .toggle:not(:only-child) {
    border-start-end-radius: 0;
    border-end-end-radius: 0;
  }
  .chevron {
    min-inline-size: 26px;
    border-radius: var(--_radius-card);
    border-start-start-radius: 0;
    border-end-start-radius: 0;
    --_icon-size: 14px;
  }
  .chevron .icon {
    opacity: 0.8;
    transition: transform var(--_hover-time) var(--_ease);
  }
  .chevron[aria-expanded='true'] .icon {
    transform: rotate(180deg);
  }
  .split :is(.toggle, .chevron):focus-visible {
    z-index: 1;
  }
  @media (pointer: coarse) {
    .chevron {
      min-inline-size: 36px;
    }
  }

  /* Follows the microphone's level. */
  .microphone::before {
    content: '';
    position: absolute;
    inset: -3px;
    border: 2px solid var(--_success);
    border-radius: calc(var(--_radius-card) + 3px);
    opacity: 0;
    transform: scale(0.96);
    transition:
      opacity 90ms linear,
      transform 90ms linear;
    pointer-events: none;
  }
  .microphone.on::before {
    opacity: min(1, var(--_level, 0) * 4);
    transform: scale(calc(0.97 + var(--_level, 0) * 0.06));
  }
  .more,
  .speaker {
    --_fill: color-mix(in oklab, var(--_text) 8%, transparent);
  }
  .more {
    display: none;
  }
  .leave {
    min-inline-size: calc(var(--_control-size) + 22px);
  }
  .leave:dir(rtl) .icon {
    transform: scaleX(-1);
  }

  .problem {
    position: absolute;
    inset: -5px -5px auto auto;
    display: grid;
    place-items: center;
    inline-size: 18px;
    block-size: 18px;
    border-radius: 50%;
    background: var(--_warning);
    color: oklch(0.2 0.04 78);
    --_icon-size: 11px;
  }
  .spinner .icon {
    animation: spin 0.9s linear infinite;
  }
  @keyframes spin {
    to {
      transform: rotate(1turn);
    }
  }

  .base > .banner,
  .notice-region .banner {
    inline-size: fit-content;
    max-inline-size: min(100%, 640px);
    margin-inline: auto;
    animation: message-in var(--_in-time) var(--_ease);
  }
  .notice-region:not(:has(*)) {
    display: none;
  }
  .banner-actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-xs);
  }
  @keyframes message-in {
    from {
      opacity: 0;
      transform: translateY(6px);
    }
  }

  @container controls (inline-size < 600px) {
    .banner {
      flex-wrap: wrap;
    }
    .banner-words {
      flex: 1 1 calc(100% - 40px);
    }
    .banner-actions {
      margin-inline-start: calc(var(--_icon-size) + var(--_space-s));
    }
  }

  /* Narrow: the screen and the devices move into one menu. */
  @container controls (inline-size < 400px) {
    .chevron,
    .split.screen {
      display: none;
    }
    .split .toggle:not(:only-child) {
      border-radius: var(--_radius-card);
    }
    .more {
      display: inline-flex;
    }
  }
  @container controls (inline-size < 345px) {
    .bar {
      gap: var(--_space-xs);
    }
  }
  @container controls (inline-size < 325px) {
    .go-live slot[name='go-live-label'] {
      display: none;
    }
    .leave {
      min-inline-size: calc(var(--_control-size) + 8px);
      padding-inline: 0;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .spinner .icon {
      animation: none;
    }
    .base > .banner,
    .notice-region .banner {
      animation: none;
    }
    .microphone::before,
    .microphone.on::before {
      transform: none;
    }
  }
  @media (forced-colors: active) {
    .split.sharing,
    .split.on {
      outline: 2px solid Highlight;
    }
    .microphone::before {
      border-color: Highlight;
    }
  }
`;
