import { css } from 'lit';

export default css`
  :host {
    position: relative;
    display: inline-block;
    min-inline-size: 0;
    max-inline-size: 100%;
  }
  .bar {
    display: flex;
    gap: var(--_space-2xs);
    padding: var(--_space-xs);
    overflow-x: auto;
    scrollbar-width: none;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-round);
    background: var(--_surface);
    box-shadow: var(--_shadow-s);
  }
  button {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: var(--_control-size);
    block-size: var(--_control-size);
    padding: 0;
    border: 0;
    border-radius: var(--_radius-round);
    background: none;
    font: 20px / 1 var(--_font);
    cursor: pointer;
    user-select: none;
    touch-action: manipulation;
    transition:
      background-color var(--_hover-time),
      transform var(--_hover-time) var(--_ease);
  }
  button[aria-disabled='true'] {
    opacity: 0.5;
    cursor: default;
  }
  @media (hover: hover) {
    button:not([aria-disabled='true']):hover {
      background: var(--_hover);
      transform: scale(1.12);
    }
  }
  button:not([aria-disabled='true']):active {
    transform: scale(0.9);
  }
  button.glowing {
    background: var(--_accent-soft);
    box-shadow: inset 0 0 0 2px var(--_accent);
  }
  .flight {
    position: absolute;
    inset-inline: 0;
    inset-block-end: 100%;
    block-size: var(--ils-reactions-height, min(320px, 50vh));
    pointer-events: none;
  }
  .particle {
    position: absolute;
    inset-block-end: 0;
    margin-inline-start: -0.5em;
    font: var(--ils-reactions-size, 26px) / 1 var(--_font);
    will-change: transform, opacity;
  }
  @media (forced-colors: active) {
    button.glowing {
      border: 2px solid Highlight;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    button:is(:hover, :active) {
      transform: none;
    }
  }
`;
