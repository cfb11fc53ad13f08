import { css } from 'lit';

export default css`
  :host {
    display: contents;
    --_preview-ratio: var(--ils-role-offer-preview-ratio, 16 / 9);
  }
  .dialog {
    inline-size: min(440px, calc(100vw - 24px));
  }
  .dialog-title {
    font-size: var(--_font-size-xl);
    line-height: 1.3;
    text-wrap: balance;
  }
  .dialog-title:focus-visible {
    outline: none;
  }

  .preview {
    position: relative;
    display: grid;
    place-items: center;
    overflow: clip;
    aspect-ratio: var(--_preview-ratio);
    border-radius: var(--_radius-tile);
    background: var(--_video);
    color: var(--_on-video);
    color-scheme: dark;
  }
  .preview.flat {
    aspect-ratio: auto;
    padding: var(--_space-m);
  }
  video {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    transform: scaleX(-1);
  }
  .preview-empty {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: var(--_space-s);
    padding-block-end: var(--_space-2xl);
    color: var(--_on-video-muted);
    font-size: var(--_font-size-s);
    --_icon-size: 28px;
  }
  .toggles {
    position: absolute;
    inset-inline: var(--_space-s);
    inset-block-end: var(--_space-m);
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: var(--_space-s);
  }
  .flat .toggles {
    position: static;
  }
  .toggle {
    display: inline-flex;
    align-items: center;
    gap: var(--_space-s);
    min-block-size: max(var(--_control-size), 38px);
    margin: 0;
    padding: 0 var(--_space-m);
    border: 1px solid oklch(1 0 0 / 0.16);
    border-radius: var(--_radius-round);
    background: oklch(0.2 0.008 var(--_hue) / 0.78);
    backdrop-filter: blur(8px);
    color: var(--_on-video);
    font: var(--_weight-medium) var(--_font-size-s) / 1.2 var(--_font);
    cursor: pointer;
    transition: background-color var(--_hover-time);
  }
  .toggle.is-on {
    border-color: transparent;
    background: var(--_on-video);
    color: var(--_video);
  }
  @media (hover: hover) {
    .toggle:hover {
      background: oklch(0.32 0.008 var(--_hue) / 0.86);
    }
    .toggle.is-on:hover {
      background: oklch(0.92 0 0);
    }
  }

  .error {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    gap: var(--_space-s);
    padding: var(--_space-s) var(--_space-m);
    border-radius: var(--_radius-control);
    background: var(--_danger-soft);
    font-size: var(--_font-size-s);
    line-height: 1.4;
  }
  .error .icon {
    color: var(--_danger-text);
  }
  .error span {
    flex: 1 1 calc(100% - 40px);
  }
  .error .button {
    margin-inline-start: calc(var(--_icon-size) + var(--_space-s));
  }

  .countdown {
    display: flex;
    align-items: center;
    gap: var(--_space-m);
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
  }
  .bar {
    position: relative;
    flex: 1;
    overflow: clip;
    block-size: 4px;
    border-radius: 2px;
    background: var(--_surface-sunken);
  }
  .bar::after {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: inherit;
    background: var(--_accent);
    transform: scaleX(var(--_left));
    transform-origin: left;
    transition: transform 1s linear;
  }
  .bar:dir(rtl)::after {
    transform-origin: right;
  }

  .dialog-actions {
    margin: 0;
  }
  .dialog-actions .button {
    flex: 1;
  }
  @media (prefers-reduced-motion: reduce) {
    .bar::after {
      transition: none;
    }
  }
  @media (forced-colors: active) {
    .toggle.is-on {
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
    .bar {
      outline: 1px solid CanvasText;
    }
    .bar::after {
      background: Highlight;
    }
  }
`;
