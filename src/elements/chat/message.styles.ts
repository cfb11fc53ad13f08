import { css } from 'lit';

export default css`
  .row {
    position: relative;
    margin-inline: var(--_space-s);
    padding: 2px var(--_space-s);
    border-radius: var(--_radius-control);
    font-size: var(--_font-size-m);
    line-height: 1.4;
  }
  .row.first {
    padding-block-start: 7px;
  }
  .message:focus-visible {
    outline-offset: -2px;
  }
  .message.active:not(.pending) {
    background: var(--_hover);
  }
  .message.mention {
    background: var(--_accent-soft);
  }

  .head {
    display: flex;
    align-items: baseline;
    gap: 6px;
    font-size: var(--_font-size-s);
  }
  .author {
    overflow: hidden;
    color: light-dark(
      oklch(var(--ils-chat-author-lightness, 0.5) 0.14 var(--_author-hue)),
      oklch(var(--ils-chat-author-lightness, 0.8) 0.12 var(--_author-hue))
    );
    font-weight: var(--_weight-bold);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .badge.role {
    flex: none;
    padding: 0 5px;
    border-radius: 4px;
    font-size: 11px;
    line-height: 16px;
  }
  .badge.role-host,
  .badge.role-producer {
    background: var(--_accent-soft);
    color: var(--_accent-text);
  }
  .time {
    flex: none;
    margin-inline-start: auto;
    color: var(--_text-muted);
    font-size: var(--_font-size-xs);
    opacity: 0;
    transition: opacity var(--_hover-time);
  }
  .time.aside {
    position: absolute;
    inset-block-start: 4px;
    inset-inline-end: var(--_space-s);
    padding-inline-start: var(--_space-s);
  }
  .active .time,
  .message:focus-within .time {
    opacity: 1;
  }
  .active:has(.options) .time {
    padding-inline-end: 34px;
  }

  .text {
    display: block;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    unicode-bidi: plaintext;
  }
  .text.jumbo {
    font-size: 28px;
    line-height: 1.25;
  }
  .text.deleted {
    display: flex;
    align-items: center;
    gap: var(--_space-xs);
    color: var(--_text-muted);
    font-style: italic;
    --_icon-size: 14px;
  }
  .text a {
    border-radius: 2px;
    color: var(--_accent-text);
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 2px;
  }
  @media (hover: hover) {
    .text a:hover {
      text-decoration-thickness: 2px;
    }
  }

  .options {
    position: absolute;
    inset-block-end: 0;
    inset-inline-end: var(--_space-xs);
    min-block-size: 26px;
    min-inline-size: 28px;
    --_fill: var(--_surface-raised);
    --_edge: var(--_border);
  }
  .row.first .options {
    inset-block: 6px auto;
  }
  .row:not(.first) .options {
    inset-block: -1px auto;
  }
  @media (pointer: coarse) {
    .options.small {
      min-block-size: 40px;
      min-inline-size: 40px;
    }
  }

  .day {
    display: flex;
    align-items: center;
    gap: var(--_space-m);
    padding-block: var(--_space-s);
    color: var(--_text-muted);
    font: var(--_weight-medium) var(--_font-size-xs) / 1.5 var(--_font);
  }
  .day::before,
  .day::after {
    content: '';
    flex: 1;
    border-block-start: 1px solid var(--_border);
  }

  .pending:not(.failed) .text {
    color: var(--_text-muted);
  }
  .sending {
    color: var(--_text-muted);
    --_icon-size: 12px;
    align-self: center;
  }
  .failure {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-xs) var(--_space-s);
    margin-block: var(--_space-xs);
    font-size: var(--_font-size-s);
    --_icon-size: 14px;
  }
  .failure-words {
    display: flex;
    flex: 1 1 100%;
    align-items: center;
    gap: var(--_space-xs);
    color: var(--_danger-text);
  }

  .hole {
    display: flex;
    flex-direction: column;
    gap: 6px;
    block-size: 44px;
    padding-block-start: var(--_space-s);
  }
  .head-skeleton {
    inline-size: 96px;
    block-size: 10px;
    border-radius: 5px;
  }
  .text-skeleton {
    inline-size: 58%;
    block-size: 12px;
    border-radius: 6px;
  }
  .text-skeleton.long,
  .width-90 {
    inline-size: 88%;
  }
  .width-78 {
    inline-size: 76%;
  }
  .width-46 {
    inline-size: 44%;
  }

  /* Over a picture every message is one run of words with its author's name in front. */
  :host([display='overlay']) .row {
    margin-inline: var(--_space-xs);
    color: var(--_on-video);
    text-shadow:
      0 1px 2px oklch(0 0 0 / 0.7),
      0 0 8px oklch(0 0 0 / 0.45);
  }
  :host([display='overlay']) :is(.body, .text:not(.jumbo)) {
    display: inline;
  }
  :host([display='overlay']) .head {
    display: inline-flex;
    margin-inline-end: 6px;
    font-size: inherit;
    vertical-align: baseline;
  }
  :host([display='overlay']) :is(.time, .options, .day, .deleted .icon) {
    display: none;
  }
  :host([display='overlay']) .message.active {
    background: none;
  }
  :host([display='overlay']) .badge {
    text-shadow: none;
  }
`;
