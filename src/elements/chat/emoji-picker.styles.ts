import { css } from 'lit';

export default css`
  .emoji-picker {
    --_emoji: 36px;
    display: none;
    inline-size: calc(var(--_emoji) * 8 + 2 * var(--_space-s) + 12px);
    max-inline-size: calc(100vw - 8px);
    max-block-size: min(340px, calc(100dvh - 80px));
    padding: 0;
    overflow: hidden;
  }
  .emoji-picker:popover-open {
    display: flex;
    flex-direction: column;
  }
  .emoji-search {
    position: relative;
    padding: var(--_space-s);
    border-block-end: 1px solid var(--_border);
    --_icon-size: 16px;
  }
  .emoji-search .icon {
    position: absolute;
    inset-block-start: 50%;
    inset-inline-start: calc(var(--_space-s) + 10px);
    translate: 0 -50%;
    color: var(--_text-muted);
    pointer-events: none;
  }
  .emoji-search .input {
    padding-inline-start: 34px;
  }
  .emoji-groups {
    flex: 1;
    min-block-size: 0;
    padding: 0 var(--_space-s) var(--_space-s);
    overflow: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }
  .emoji-group .menu-label {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    padding: var(--_space-s) var(--_space-xs) var(--_space-xs);
    background: var(--_surface-raised);
  }
  .emoji-grid {
    display: grid;
    grid-template-columns: repeat(8, minmax(0, 1fr));
  }
  .emoji {
    display: grid;
    place-items: center;
    aspect-ratio: 1;
    margin: 0;
    padding: 0;
    border: 0;
    border-radius: var(--_radius-control);
    background: none;
    font:
      22px / 1 'Apple Color Emoji',
      'Segoe UI Emoji',
      'Noto Color Emoji',
      sans-serif;
    cursor: pointer;
    transition: transform var(--_hover-time) var(--_ease);
    scroll-margin-block-start: 36px;
  }
  .emoji:focus-visible {
    outline-offset: -2px;
  }
  @media (hover: hover) {
    .emoji:hover {
      background: var(--_hover);
      transform: scale(1.12);
    }
  }
  .emoji-none {
    padding: var(--_space-xl) var(--_space-m);
    color: var(--_text-muted);
    text-align: center;
  }
`;
