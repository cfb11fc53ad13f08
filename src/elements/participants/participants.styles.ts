import { css } from 'lit';

export default css`
  :host {
    block-size: 100%;
    min-block-size: 0;
    --_list-height: var(--ils-participants-list-height, 320px);
  }
  .base {
    position: relative;
    display: flex;
    flex-direction: column;
    block-size: 100%;
    overflow: clip;
    border-radius: inherit;
    background: var(--_surface);
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
    font: var(--_weight-bold) var(--_font-size-m) / 1.4 var(--_font);
  }
  .header slot[name='header-end'] {
    display: flex;
    flex: 1;
    justify-content: flex-end;
  }

  .search {
    position: relative;
    margin: var(--_space-m) var(--_space-m) var(--_space-xs);
    --_icon-size: 16px;
  }
  .search .icon,
  .search ::slotted(*) {
    position: absolute;
    inset-block-start: 50%;
    inset-inline-start: 10px;
    translate: 0 -50%;
    color: var(--_text-muted);
    pointer-events: none;
  }
  .search .input {
    padding-inline-start: 34px;
  }
  input[type='search']::-webkit-search-cancel-button {
    cursor: pointer;
  }

  .list {
    flex: 1 1 var(--_list-height);
    min-block-size: 0;
    contain: strict;
    padding: 0 var(--_space-s) var(--_space-s);
  }
  section + section {
    margin-block-start: var(--_space-s);
  }
  .section-title {
    display: flex;
    align-items: baseline;
    gap: var(--_space-s);
    padding: var(--_space-m) var(--_space-s) var(--_space-xs);
    color: var(--_text-muted);
    font: var(--_weight-bold) var(--_font-size-xs) / 1.4 var(--_font);
  }
  .section-count {
    font-weight: var(--_weight-normal);
  }
  .hint {
    padding: var(--_space-xs) var(--_space-s);
  }
  .end {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-s);
    padding: var(--_space-s);
  }

  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    padding: var(--_space-xs) var(--_space-s) var(--_space-s);
  }
  .chip {
    min-block-size: max(26px, var(--_control-size) - 8px);
    margin: 0;
    padding: 0 10px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-round);
    background: none;
    color: var(--_text-muted);
    font: var(--_weight-medium) var(--_font-size-xs) / 1 var(--_font);
    cursor: pointer;
    transition: background-color var(--_hover-time);
  }
  .chip[aria-pressed='true'] {
    border-color: transparent;
    background: var(--_accent-soft);
    color: var(--_accent-text);
  }
  @media (hover: hover) {
    .chip[aria-pressed='false']:hover {
      background: var(--_hover);
    }
  }

  .item {
    content-visibility: auto;
    contain-intrinsic-block-size: auto 48px;
  }
  .row {
    display: flex;
    align-items: center;
    gap: 10px;
    inline-size: 100%;
    min-block-size: 48px;
    margin: 0;
    padding: 6px var(--_space-s);
    border: 0;
    border-radius: var(--_radius-control);
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
  }
  button.row {
    cursor: pointer;
    transition: background-color var(--_hover-time);
  }
  button.row:focus-visible {
    outline-offset: -2px;
  }
  @media (hover: hover) {
    button.row:hover {
      background: var(--_hover);
    }
  }
  button.row:is(:active, [aria-expanded='true']) {
    background: var(--_active);
  }
  .avatar {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 32px;
    block-size: 32px;
    border-radius: 50%;
    background: light-dark(oklch(0.9 0.05 var(--_avatar-hue)), oklch(0.36 0.07 var(--_avatar-hue)));
    color: light-dark(oklch(0.38 0.11 var(--_avatar-hue)), oklch(0.92 0.06 var(--_avatar-hue)));
    font: var(--_weight-bold) var(--_font-size-xs) / 1 var(--_font);
    letter-spacing: 0.02em;
    transition: box-shadow var(--_hover-time);
  }
  .avatar.speaking {
    box-shadow:
      0 0 0 2px var(--_surface),
      0 0 0 4px var(--_success);
  }
  .words {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-inline-size: 0;
    line-height: 1.3;
  }
  .name-line {
    display: flex;
    align-items: baseline;
    gap: 6px;
    min-inline-size: 0;
  }
  .name {
    font-weight: var(--_weight-medium);
  }
  /* A name in another direction keeps to its side of the row. */
  .offer .name {
    align-self: flex-start;
    max-inline-size: 100%;
  }
  .you {
    flex: none;
    color: var(--_text-muted);
    font-size: var(--_font-size-xs);
  }
  .you::before {
    content: '· ';
  }
  .role {
    color: var(--_text-muted);
    font-size: var(--_font-size-xs);
  }
  .lost .avatar {
    background: var(--_surface-sunken);
    color: var(--_text-muted);
  }
  .lost .name {
    color: var(--_text-muted);
  }
  .lost .role {
    color: var(--_warning-text);
  }

  .marks {
    display: flex;
    flex: none;
    align-items: center;
    gap: var(--_space-s);
    --_icon-size: 16px;
  }
  .mark {
    color: var(--_text);
  }
  .mark.off {
    color: var(--_text-muted);
    opacity: 0.75;
  }
  .mark.accent {
    color: var(--_accent-text);
  }
  .mark.warning {
    color: var(--_warning-text);
  }
  .more {
    display: grid;
    place-items: center;
    inline-size: 18px;
    color: var(--_text-muted);
    opacity: 0;
    transition: opacity var(--_hover-time);
    --_icon-size: 16px;
  }
  button.row:is(:hover, :focus-visible, [aria-expanded='true']) .more {
    opacity: 1;
  }
  @media (pointer: coarse) {
    .row {
      min-block-size: 56px;
    }
    .more {
      opacity: 1;
    }
  }

  .placeholder .avatar {
    background: var(--_surface-sunken);
  }
  .placeholder .line {
    inline-size: 45%;
    block-size: 12px;
    border-radius: 6px;
  }

  .state {
    flex: 1 1 var(--_list-height);
  }
  .base > .banner,
  .notice-region .banner {
    margin: 0 var(--_space-s) var(--_space-s);
  }

  .notice-region:not(:has(*)) {
    display: none;
  }

  @media (forced-colors: active) {
    .row[aria-expanded='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .avatar {
      border: 1px solid CanvasText;
    }
    .avatar.speaking {
      border-width: 3px;
    }
    .chip[aria-pressed='true'] {
      border-color: HighlightText;
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
  }
`;
