import { css } from 'lit';

export default css`
  .banner-line,
  .limit {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    margin: var(--_space-xs) var(--_space-m) 0;
    padding-inline-start: var(--_space-s);
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
    --_icon-size: 14px;
  }
  .banner-line .truncate {
    flex: 1;
    min-inline-size: 0;
  }
  .banner-line + .composer {
    margin-block-start: 0;
  }
  .limit {
    padding-block: var(--_space-xs);
    line-height: 1.4;
  }
  .limit .icon {
    flex: none;
  }
  .limit > :nth-child(2) {
    flex: 1;
    min-inline-size: 0;
  }
  .limit.closed {
    margin-inline: var(--_space-m);
    padding: var(--_space-s);
    border-radius: var(--_radius-control);
    background: var(--_warning-soft);
    color: var(--_text);
  }
  .limit.closed .icon {
    color: var(--_warning-text);
  }
  .limit-reason {
    color: var(--_text-muted);
  }
  .countdown {
    font: var(--_weight-medium) var(--_font-size-s) / 1 var(--_font);
  }
  .limit + .composer {
    margin-block-start: var(--_space-xs);
  }

  .pins {
    position: relative;
    z-index: 1;
    display: flex;
    flex: none;
    align-items: flex-start;
    gap: var(--_space-s);
    padding: var(--_space-s) var(--_space-s) var(--_space-s) var(--_space-m);
    border-block-end: 1px solid var(--_border);
    border-inline-start: 3px solid var(--_border-strong);
    background: var(--_surface);
    font-size: var(--_font-size-s);
    line-height: 1.4;
    animation: pins-in var(--_in-time) var(--_ease);
  }
  .pins.announcement {
    border-inline-start-color: var(--_accent);
    background: var(--_accent-soft);
  }
  @keyframes pins-in {
    from {
      opacity: 0;
    }
  }
  .pin-icon {
    display: flex;
    padding-block-start: 2px;
    color: var(--_text-muted);
    --_icon-size: 14px;
  }
  .announcement .pin-icon {
    color: var(--_accent-text);
  }
  .pin-body {
    flex: 1;
    min-inline-size: 0;
  }
  .pin-head {
    display: flex;
    gap: var(--_space-s);
    font-weight: var(--_weight-bold);
  }
  .pin-until {
    flex: none;
    color: var(--_text-muted);
    font-weight: var(--_weight-normal);
  }
  .announcement :is(.pin-until, .pin-steps) {
    color: inherit;
  }
  .pin-text {
    display: block;
    max-block-size: 3lh;
    overflow: hidden auto;
    border-radius: 4px;
    overflow-wrap: anywhere;
    scrollbar-width: thin;
    white-space: pre-wrap;
  }
  .pin-text a {
    color: var(--_accent-text);
    text-underline-offset: 2px;
  }
  .pin-jump {
    min-block-size: 24px;
    margin: 0;
    padding: 0;
    border: 0;
    border-radius: 4px;
    background: none;
    color: var(--_accent-text);
    font: var(--_weight-medium) var(--_font-size-s) / 1.4 var(--_font);
    cursor: pointer;
  }
  @media (hover: hover) {
    .pin-jump:hover {
      text-decoration: underline;
    }
  }
  .pin-steps {
    display: flex;
    flex: none;
    align-items: center;
    color: var(--_text-muted);
    font-size: var(--_font-size-xs);
  }

  .target {
    display: inline-flex;
    align-items: center;
    gap: var(--_space-xs);
    color: var(--_accent-text);
    font: var(--_weight-medium) var(--_font-size-xs) / 1.5 var(--_font);
    --_icon-size: 12px;
  }
  .row.direct {
    border-inline-start: 2px solid var(--_accent);
    border-start-start-radius: 0;
    border-end-start-radius: 0;
    background: color-mix(in oklab, var(--_accent) 6%, var(--_background));
  }

  .mention-name {
    color: var(--_accent-text);
    font-weight: var(--_weight-medium);
  }
  .mention-name.own {
    padding-inline: 3px;
    border-radius: 4px;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .mention-pill {
    position: absolute;
    inset-block-end: calc(var(--_control-size) + var(--_space-l));
    inset-inline-start: 50%;
    max-inline-size: 80%;
    border-radius: var(--_radius-round);
    box-shadow: var(--_shadow-m);
    font-size: var(--_font-size-s);
    translate: -50% 0;
    pointer-events: auto;
    --_icon-size: 16px;
  }
  .mention-pill:dir(rtl) {
    translate: 50% 0;
  }
  .mention-anchor {
    position: relative;
    z-index: 2;
  }
  .mention-choice {
    position: absolute;
    inset-block-end: 0;
    inset-inline: var(--_space-m);
    margin: 0;
    padding: var(--_space-xs);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-card);
    background: var(--_surface-raised);
    box-shadow: var(--_shadow-l);
    color: var(--_text);
    list-style: none;
    pointer-events: auto;
  }
  .mention-option {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-s);
    min-block-size: var(--_control-size);
    padding-inline: var(--_space-s);
    border-radius: calc(var(--_radius-card) - var(--_space-xs));
    font-size: var(--_font-size-m);
    cursor: pointer;
  }
  .mention-option[aria-selected='true'] {
    background: var(--_active);
  }
  .mention-person {
    font-weight: var(--_weight-medium);
  }
  .mention-role {
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
  }

  /* Over a picture: on glass, as the field is. */
  :host([display='overlay']) {
    :is(.pins, .limit, .banner-line) {
      pointer-events: auto;
      color: var(--_on-video);
      --_text-muted: var(--_on-video-muted);
    }
    .pins {
      margin: var(--_space-s) var(--_space-m) 0;
      border-block-end: 0;
      border-radius: var(--_radius-control);
      background: oklch(0.12 0.005 var(--_hue) / 0.8);
    }
    .limit.closed {
      background: oklch(0.12 0.005 var(--_hue) / 0.7);
    }
    .row.direct {
      background: oklch(0.12 0.005 var(--_hue) / 0.55);
    }
    .target {
      color: inherit;
    }
  }
  @media (forced-colors: active) {
    .mention-option[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .pins {
      animation-timing-function: linear;
    }
  }
`;
