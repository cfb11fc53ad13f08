import { css } from 'lit';

export default css`
  :host {
    display: block;
    block-size: 100%;
    min-block-size: 0;
    --_log-height: var(--ils-chat-log-height, 320px);
    --_background: var(--ils-chat-background, var(--_surface));
  }
  .base {
    position: relative;
    display: flex;
    flex-direction: column;
    block-size: 100%;
    overflow: clip;
    border-radius: inherit;
    background: var(--_background);
  }

  .header {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    min-block-size: 48px;
    padding: 0 var(--_space-l);
    border-block-end: 1px solid var(--_border);
  }
  .title {
    flex: 1;
    font: var(--_weight-bold) var(--_font-size-m) / 1.4 var(--_font);
  }
  .count {
    display: inline-flex;
    align-items: center;
    gap: var(--_space-xs);
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
    --_icon-size: 14px;
  }

  .list {
    position: relative;
    display: flex;
    flex: 1 1 var(--_log-height);
    flex-direction: column;
    min-block-size: 0;
  }
  /* Reversed, so that the browser counts the position from the newest message. */
  .scroller {
    display: flex;
    flex: 1 1 var(--_log-height);
    flex-direction: column-reverse;
    min-block-size: 0;
    contain: strict;
    overflow: hidden auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
    scrollbar-color: color-mix(in oklab, var(--_text) 28%, transparent) transparent;
    scrollbar-gutter: stable;
    scrollbar-width: thin;
  }
  .scroller:focus-visible {
    outline-offset: -2px;
  }
  .content {
    flex: none;
    padding-block: var(--_space-s);
  }

  .jump {
    position: absolute;
    inset-block-end: var(--_space-s);
    inset-inline-start: 50%;
    min-inline-size: var(--_control-size);
    padding-inline: var(--_space-s);
    border-radius: var(--_radius-round);
    box-shadow: var(--_shadow-m);
    translate: -50% 0;
    animation: jump-in var(--_in-time) var(--_ease);
    --_icon-size: 16px;
  }
  .jump:dir(rtl) {
    translate: 50% 0;
  }
  .jump:not(.primary) {
    --_fill: var(--_surface-raised);
    --_edge: var(--_border);
  }
  .jump.primary {
    padding-inline: var(--_space-s) var(--_space-m);
    font-size: var(--_font-size-s);
  }
  @keyframes jump-in {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }

  .state-box {
    position: absolute;
    inset: 0;
    display: flex;
    flex-direction: column;
    justify-content: center;
    overflow: auto;
  }
  .state-box.loading {
    justify-content: flex-end;
    padding-block: var(--_space-s);
  }

  .notice {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    padding: var(--_space-s) var(--_space-l);
    border-block-start: 1px solid var(--_border);
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
    line-height: 1.4;
    --_icon-size: 16px;
  }
  .notice span {
    flex: 1;
  }
  .notice .icon {
    color: var(--_warning-text);
  }
  .notice.end {
    justify-content: center;
    padding-block: var(--_space-m);
    text-align: center;
  }

  .composer {
    position: relative;
    display: flex;
    align-items: flex-end;
    margin: var(--_space-s) var(--_space-m) var(--_space-m);
    padding: 3px;
    border: 1px solid transparent;
    border-radius: var(--_radius-card);
    background: var(--_surface-sunken);
    transition: border-color var(--_hover-time);
  }
  .notice + .composer {
    margin-block-start: 0;
  }
  @media (hover: hover) {
    .composer:hover {
      border-color: var(--_border);
    }
  }
  .composer:has(textarea:focus-visible) {
    outline: 2px solid var(--_focus);
  }
  .composer:has(textarea[aria-invalid]) {
    outline-color: var(--_danger-text);
  }
  /* The copy of the draft behind the field gives it its height, up to five lines. */
  .grow {
    display: grid;
    flex: 1;
    min-inline-size: 0;
  }
  .grow::after {
    content: attr(data-draft) ' ';
    visibility: hidden;
  }
  .grow::after,
  textarea {
    grid-area: 1 / 1;
    box-sizing: border-box;
    min-block-size: var(--_control-size);
    max-block-size: calc(5lh + var(--_control-size) - 1lh);
    margin: 0;
    padding: calc((var(--_control-size) - 1lh) / 2) var(--_space-s);
    border: 0;
    font: var(--_weight-normal) var(--_font-size-m) / 20px var(--_font);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .grow::after {
    overflow: hidden;
  }
  textarea {
    inline-size: 100%;
    overflow: hidden auto;
    background: none;
    color: var(--_text);
    resize: none;
    scrollbar-width: none;
  }
  textarea::placeholder {
    overflow: hidden;
    color: var(--_text-muted);
    opacity: 1;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  textarea:focus-visible {
    outline: none;
  }
  textarea:disabled {
    cursor: not-allowed;
  }
  .composer .icon-button {
    border-radius: calc(var(--_radius-card) - 4px);
  }
  .emoji-button {
    --_ink: var(--_text-muted);
  }
  .send-button {
    margin-inline-start: 2px;
  }
  .send-button:not(.primary) {
    --_ink: var(--_text-muted);
  }
  .send-button .icon:dir(rtl) {
    transform: scaleX(-1);
  }
  .counter {
    align-self: center;
    padding-inline: var(--_space-xs);
    color: var(--_text-muted);
    font-size: var(--_font-size-xs);
  }
  .counter.over {
    color: var(--_danger-text);
    font-weight: var(--_weight-bold);
  }

  @media (pointer: coarse) {
    .grow::after,
    textarea {
      font-size: max(16px, var(--_font-size-m));
    }
  }

  /* Over a picture: no ground of its own, and the oldest words fade out. */
  :host([display='overlay']) {
    --_background: var(--ils-chat-background, transparent);
    color-scheme: dark;
    pointer-events: none;
  }
  :host([display='overlay']) .scroller {
    mask-image: linear-gradient(transparent, black 72px);
    scrollbar-width: none;
  }
  :host([display='overlay']) :is(.row, .composer, .notice, .jump, .state .button) {
    pointer-events: auto;
  }
  :host([display='overlay']) .state-box {
    display: none;
  }
  :host([display='overlay']) .composer {
    border-color: oklch(1 0 0 / 0.14);
    background: oklch(0.12 0.005 var(--_hue) / 0.55);
    backdrop-filter: blur(14px);
  }
  :host([display='overlay']) .composer textarea::placeholder {
    color: var(--_on-video-muted);
  }
  :host([display='overlay']) .notice {
    margin: 0 var(--_space-m) var(--_space-s);
    padding: var(--_space-xs) var(--_space-m);
    border: 0;
    border-radius: var(--_radius-card);
    background: oklch(0.12 0.005 var(--_hue) / 0.7);
    color: var(--_on-video);
  }

  @media (prefers-reduced-motion: reduce) {
    .jump {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .composer {
      border-color: ButtonText;
    }
  }
`;
