import { css } from 'lit';

export default css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    gap: var(--_space-s);
    min-inline-size: 0;
  }
  .goal {
    padding: 10px var(--_space-m) var(--_space-m);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-card);
    background: var(--_surface);
  }
  .goal-words {
    display: flex;
    align-items: baseline;
    gap: var(--_space-s);
    margin-block-end: 6px;
    font-size: var(--_font-size-s);
  }
  .goal-title {
    flex: 1;
    font-weight: var(--_weight-medium);
  }
  .goal-sum {
    color: var(--_text-muted);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .track {
    block-size: 8px;
    overflow: hidden;
    border-radius: var(--_radius-round);
    background: var(--_surface-sunken);
  }
  .bar {
    block-size: 100%;
    border-radius: inherit;
    background: var(--ils-gift-feed-goal, var(--_accent));
    transform-origin: 0 50%;
    transition: transform 400ms var(--_ease);
  }
  .bar:dir(rtl) {
    transform-origin: 100% 50%;
  }
  .goal.near .bar {
    background: var(--ils-gift-feed-goal, oklch(0.78 0.16 78));
  }
  .goal.reached {
    border-color: color-mix(in oklab, var(--_success) 55%, var(--_border));
  }
  .goal.reached .bar {
    background: var(--_success);
  }
  .goal.reached .goal-sum {
    color: var(--_success-text);
    font-weight: var(--_weight-medium);
  }
  .top {
    display: flex;
    gap: var(--_space-xs);
    overflow-x: auto;
    scrollbar-width: none;
  }
  .gifter {
    display: flex;
    flex: 1 1 0;
    align-items: center;
    gap: var(--_space-s);
    min-inline-size: 96px;
    padding: 6px 10px;
    border-radius: var(--_radius-control);
    background: var(--_surface-sunken);
    font-size: var(--_font-size-xs);
    line-height: 1.35;
  }
  .rank {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 20px;
    block-size: 20px;
    border-radius: 50%;
    background: oklch(0.86 0.16 90);
    color: oklch(0.28 0.06 75);
    font-weight: var(--_weight-bold);
  }
  .gifter:nth-child(2) .rank {
    background: oklch(0.86 0.01 260);
    color: oklch(0.3 0.02 260);
  }
  .gifter:nth-child(3) .rank {
    background: oklch(0.78 0.09 55);
    color: oklch(0.27 0.05 50);
  }
  .gifter-words {
    display: grid;
    min-inline-size: 0;
  }
  .gifter-name {
    font-weight: var(--_weight-medium);
  }
  .gifter .price {
    color: var(--_text-muted);
  }
  .lane {
    display: flex;
    flex-direction: column;
    gap: var(--_space-xs);
    align-items: flex-start;
    justify-content: flex-end;
    min-block-size: var(--ils-gift-feed-height, 216px);
  }
  .card {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    max-inline-size: 100%;
    padding: 4px 14px 4px 6px;
    border-radius: var(--_radius-round);
    background: var(--ils-gift-feed-card, oklch(0.22 0.03 var(--_hue) / 0.86));
    color: var(--_on-video);
    --_art: 38px;
  }
  .card.own {
    box-shadow: inset 0 0 0 2px var(--_accent);
  }
  .card.pending > :first-child {
    opacity: 0.5;
  }
  .words {
    display: grid;
    min-inline-size: 0;
    font-size: var(--_font-size-s);
    line-height: 1.3;
  }
  .from {
    font-weight: var(--_weight-bold);
  }
  .what {
    color: var(--_on-video-muted);
    font-size: var(--_font-size-xs);
  }
  .combo {
    flex: none;
    margin-inline-start: 2px;
    color: oklch(0.88 0.16 90);
    font: var(--_weight-bold) var(--_font-size-xl) / 1 var(--_font);
    font-style: italic;
    font-variant-numeric: tabular-nums;
  }
  .more {
    align-self: flex-start;
    padding: 2px 10px;
    border-radius: var(--_radius-round);
    background: var(--_surface-sunken);
    color: var(--_text-muted);
    font-size: var(--_font-size-xs);
  }
  .empty {
    align-self: center;
    margin-block: auto;
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
    text-align: center;
  }
  .banner {
    position: absolute;
    inset: auto 0 0;
    z-index: 1;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    block-size: var(--ils-gift-feed-height, 216px);
    border-radius: var(--_radius-card);
    background: radial-gradient(closest-side, oklch(0.24 0.05 var(--_hue)), oklch(0.2 0.04 var(--_hue) / 0.94));
    color: var(--_on-video);
    text-align: center;
    pointer-events: none;
    overflow: hidden;
    --_art: 96px;
  }
  .banner .from {
    max-inline-size: 90%;
    margin-block-start: var(--_space-s);
    font-size: var(--_font-size-xl);
  }
  .banner .what {
    font-size: var(--_font-size-m);
  }
  .spark {
    position: absolute;
    inset-block-start: 50%;
    inset-inline-start: 50%;
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: oklch(0.86 0.16 90);
    pointer-events: none;
  }
`;
