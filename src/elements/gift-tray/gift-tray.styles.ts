import { css } from 'lit';

export default css`
  :host {
    display: inline-block;
    max-inline-size: 100%;
  }
  :host([inline]) {
    display: block;
  }
  .panel {
    display: flex;
    flex-direction: column;
    gap: var(--_space-m);
    inline-size: 100%;
    padding: var(--_space-m);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-card);
    background: var(--_surface);
    color: var(--_text);
  }
  .panel[popover] {
    inline-size: min(360px, calc(100vw - 16px));
    max-block-size: calc(100dvh - 16px);
    margin: 0;
    overflow: auto;
    box-shadow: var(--_shadow-l);
  }
  .panel[popover]:not(:popover-open) {
    display: none;
  }
  .head {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
  }
  .title {
    flex: 1;
    font: var(--_weight-bold) var(--_font-size-l) / 1.3 var(--_font);
  }
  .balance {
    padding: 4px 10px;
    border-radius: var(--_radius-round);
    background: var(--_surface-sunken);
    font-weight: var(--_weight-medium);
    font-size: var(--_font-size-s);
  }
  .to {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
  }
  .to .input {
    flex: 1;
    min-inline-size: 0;
  }
  .items {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(74px, 1fr));
    gap: var(--_space-xs);
  }
  .item {
    position: relative;
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 2px;
    min-inline-size: 0;
    margin: 0;
    padding: 10px 4px 8px;
    border: 1px solid transparent;
    border-radius: var(--_radius-card);
    background: none;
    color: inherit;
    font: var(--_weight-normal) var(--_font-size-xs) / 1.35 var(--_font);
    cursor: pointer;
    touch-action: manipulation;
    transition: background-color var(--_hover-time);
    --_art: var(--ils-gift-tray-art-size, 40px);
  }
  .item .art {
    transition: transform var(--_hover-time) var(--_ease);
  }
  .item .name {
    inline-size: 100%;
    font-weight: var(--_weight-medium);
    text-align: center;
  }
  .item .price {
    color: var(--_text-muted);
  }
  @media (hover: hover) {
    .item:hover {
      background: var(--_hover);
    }
    .item:hover .art {
      transform: translateY(-2px) scale(1.06);
    }
  }
  .item:active .art {
    transform: scale(0.92);
  }
  .item[aria-checked='true'] {
    border-color: var(--_accent);
    background: var(--_accent-soft);
  }
  .item.dear .art {
    opacity: 0.45;
  }
  .item.skeleton {
    block-size: 92px;
    background: var(--_surface-sunken);
  }
  .foot {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
  }
  .counts {
    display: flex;
    flex: none;
    padding: 2px;
    border-radius: var(--_radius-control);
    background: var(--_surface-sunken);
  }
  .count {
    min-inline-size: 36px;
    min-block-size: calc(var(--_control-size) - 4px);
    padding: 0 6px;
    border: 0;
    border-radius: calc(var(--_radius-control) - 2px);
    background: none;
    color: var(--_text-muted);
    font: var(--_weight-medium) var(--_font-size-s) / 1 var(--_font);
    font-variant-numeric: tabular-nums;
    cursor: pointer;
  }
  .count[aria-checked='true'] {
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow-s);
  }
  .send {
    position: relative;
    flex: 1;
    min-inline-size: 0;
  }
  .send .coin {
    border-color: currentColor;
    background: none;
  }
  .combo {
    position: absolute;
    inset-block-start: -12px;
    inset-inline-end: -4px;
    padding: 2px 8px;
    border: 2px solid var(--_surface);
    border-radius: var(--_radius-round);
    background: oklch(0.86 0.16 90);
    color: oklch(0.25 0.06 75);
    font: var(--_weight-bold) var(--_font-size-s) / 1.3 var(--_font);
    font-variant-numeric: tabular-nums;
  }
  .banner .button {
    flex: none;
  }
  ::slotted([slot='top-up']) {
    flex: none;
    color: var(--_accent-text);
  }
  @media (prefers-reduced-motion: reduce) {
    .item:is(:hover, :active) .art {
      transform: none;
    }
  }
  @media (forced-colors: active) {
    .item[aria-checked='true'],
    .count[aria-checked='true'] {
      outline: 2px solid Highlight;
    }
  }
`;
