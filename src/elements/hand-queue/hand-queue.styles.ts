import { css } from 'lit';

export default css`
  .backstage-first {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    min-block-size: var(--_control-size);
    margin-inline-start: auto;
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
    cursor: pointer;
  }
  input[type='checkbox'] {
    inline-size: 16px;
    block-size: 16px;
    margin: 0;
    accent-color: var(--_accent);
  }
  .list {
    flex: 1;
    min-block-size: 0;
    padding: var(--_space-m);
  }
  .list:focus-visible {
    outline-offset: -2px;
  }
  .placeholder {
    block-size: 56px;
    margin-block-end: var(--_space-s);
    border-radius: var(--_radius-card);
  }
  .section {
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: center;
    gap: var(--_space-xs) var(--_space-s);
  }
  .section + .section,
  .section + slot {
    margin-block-start: var(--_space-l);
  }
  .section-title {
    color: var(--_text-muted);
    font: var(--_weight-medium) var(--_font-size-xs) / 1.4 var(--_font);
  }
  .section > :is(ol, ul) {
    display: flex;
    grid-column: 1 / -1;
    flex-direction: column;
    gap: var(--_space-s);
    min-inline-size: 0;
  }
  .hand {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    padding: var(--_space-s) var(--_space-m);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-card);
  }
  .number {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 26px;
    block-size: 26px;
    border-radius: var(--_radius-round);
    background: var(--_surface-sunken);
    color: var(--_text-muted);
    font: var(--_weight-medium) var(--_font-size-s) / 1 var(--_font);
  }
  .hand:first-child .number {
    background: var(--_accent-soft);
    color: var(--_accent-text);
  }
  .words {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-inline-size: 0;
  }
  .name {
    font-weight: var(--_weight-medium);
  }
  .note {
    font-size: var(--_font-size-s);
    overflow-wrap: anywhere;
  }
  .age {
    color: var(--_text-muted);
    font-size: var(--_font-size-xs);
  }
  .person {
    overflow: clip;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-tile);
  }
  .preview {
    position: relative;
    display: grid;
    place-items: center;
    overflow: clip;
    aspect-ratio: 16 / 9;
    background: var(--_video);
    color: var(--_on-video-muted);
    font-size: var(--_font-size-s);
  }
  .preview > span:not(.chip) {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: var(--_space-s);
    --_icon-size: 28px;
  }
  .chip {
    position: absolute;
    inset-block-end: var(--_space-s);
    inset-inline-start: var(--_space-s);
    max-inline-size: calc(100% - 2 * var(--_space-s));
    padding: 2px var(--_space-s);
    border-radius: var(--_radius-round);
    background: var(--_scrim);
    color: var(--_on-video);
    font: var(--_weight-medium) var(--_font-size-s) / 1.5 var(--_font);
  }
  video {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-s);
    padding: var(--_space-s);
  }
  .talk {
    touch-action: none;
    -webkit-touch-callout: none;
  }
  .person .talk {
    margin-inline-start: auto;
  }
  .talking {
    --_fill: var(--_accent);
    --_ink: var(--_on-accent);
    box-shadow: 0 0 0 3px var(--_accent-soft);
  }
  .person:has(.talking) {
    border-color: var(--_accent);
  }
  .talk-status {
    padding: 0 var(--_space-m) var(--_space-s);
    color: var(--_accent-text);
    font-size: var(--_font-size-s);
  }
  .section > .talk-status {
    grid-column: 1 / -1;
    padding: 0;
  }
  .talk-status.failed {
    color: var(--_danger-text);
  }
  .talk-status:empty {
    padding: 0;
  }
  .base > .state {
    flex: 1;
  }
  .base > .banner,
  .notice-region .banner {
    margin: 0 var(--_space-m) var(--_space-m);
  }
`;
