import { css } from 'lit';

export default css`
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
    box-sizing: content-box;
    contain: layout;
    padding-block: var(--_space-s);
  }

  .state-box.loading {
    justify-content: flex-end;
    padding-block: var(--_space-s);
  }

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
  .role {
    flex: none;
    padding: 0 5px;
    border-radius: 4px;
    background: var(--_surface-sunken);
    color: var(--_text-muted);
    font: var(--_weight-medium) 11px / 16px var(--_font);
  }
  .role:is(.role-host, .role-producer) {
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
`;
