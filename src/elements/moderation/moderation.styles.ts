import { css } from 'lit';

export default css`
  :host {
    block-size: 100%;
    min-block-size: 0;
  }
  .base {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
    background: var(--_surface);
  }
  .header {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 0 var(--_space-xs);
    min-block-size: 48px;
    padding: 0 var(--_space-s) 0 var(--_space-m);
  }
  .header h2 {
    flex: 1 0 auto;
    max-inline-size: 100%;
    font: var(--_weight-bold) var(--_font-size-m) / 1.4 var(--_font);
  }
  .views {
    display: flex;
    overflow-x: auto;
    padding: 0 var(--_space-s);
    border-block-end: 1px solid var(--_border);
  }
  .view {
    display: flex;
    flex: none;
    align-items: center;
    gap: var(--_space-xs);
    min-block-size: var(--_control-size);
    padding: 0 var(--_space-s);
    border: 0;
    border-block-end: 2px solid transparent;
    background: none;
    color: var(--_text-muted);
    font: var(--_weight-medium) var(--_font-size-s) / 1.4 var(--_font);
    cursor: pointer;
  }
  .view[aria-pressed='true'] {
    border-block-end-color: var(--_accent);
    color: var(--_text);
  }
  @media (forced-colors: active) {
    .view {
      border-block-end-color: Canvas;
    }
    .view[aria-pressed='true'] {
      border-block-end-color: Highlight;
    }
  }
  .view:focus-visible,
  .list:focus-visible {
    outline-offset: -2px;
  }
  .list {
    flex: 1;
    min-block-size: 0;
    padding: var(--_space-m);
  }
  .list > :is(ol, ul) {
    display: flex;
    flex-direction: column;
    gap: var(--_space-s);
  }
  .search {
    inline-size: 100%;
    margin-block-end: var(--_space-m);
  }
  .placeholder {
    block-size: 64px;
    margin-block-end: var(--_space-s);
    border-radius: var(--_radius-card);
  }
  .card {
    display: flex;
    flex-direction: column;
    gap: var(--_space-xs);
    padding: var(--_space-s) var(--_space-m);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-card);
  }
  .head {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    min-inline-size: 0;
  }
  .name {
    flex: 1;
    min-inline-size: 0;
    font-weight: var(--_weight-medium);
  }
  .text {
    overflow-wrap: anywhere;
  }
  .detail,
  time {
    color: var(--_text-muted);
    font-size: var(--_font-size-xs);
    overflow-wrap: anywhere;
  }
  time {
    flex: none;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-xs);
    margin-block-start: var(--_space-xs);
  }
  .all {
    margin-block-end: var(--_space-m);
  }
  .rules {
    display: flex;
    flex-direction: column;
    gap: var(--_space-l);
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .rule {
    display: flex;
    flex-direction: column;
    gap: var(--_space-xs);
    font-weight: var(--_weight-medium);
  }
  .rule .rule,
  .rule label {
    display: flex;
    flex-direction: column;
    gap: var(--_space-xs);
  }
  .rule small {
    display: block;
    color: var(--_text-muted);
    font: var(--_weight-normal) var(--_font-size-s) / 1.4 var(--_font);
  }
  fieldset.rule {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  fieldset.rule legend {
    padding: 0;
  }
  .rule .choice {
    flex-direction: row;
    align-items: center;
    gap: var(--_space-s);
    min-block-size: 28px;
    font-weight: var(--_weight-normal);
  }
  .choice input {
    flex: none;
    inline-size: 18px;
    block-size: 18px;
    margin: 0;
    accent-color: var(--_accent);
  }
  .rule .button {
    align-self: start;
  }
  .switch {
    flex-direction: row;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-m);
  }
  .switch input {
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    margin: 0;
    accent-color: var(--_accent);
  }
  .entry {
    display: flex;
    gap: var(--_space-s);
    padding-block: var(--_space-xs);
  }
  .entry > div {
    flex: 1;
    min-inline-size: 0;
  }
  .by {
    font-weight: var(--_weight-medium);
  }
  .older {
    margin-block-start: var(--_space-m);
  }
  .base > .state {
    flex: 1;
  }
  .base > .banner,
  .notice-region .banner {
    margin: 0 var(--_space-m) var(--_space-m);
  }
`;
