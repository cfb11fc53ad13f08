import { css } from 'lit';

/** The pictures, and what lies over them: the line above, the bar below, the button that unmutes. */
export default css`
  .surface {
    position: absolute;
    inset: 0;
    isolation: isolate;
  }
  .layer {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    background: var(--ils-player-background, var(--_video));
  }
  .layer.front {
    z-index: 1;
  }
  video.layer {
    object-fit: var(--ils-player-fit, contain);
  }
  .quiet .surface {
    cursor: none;
  }
  ils-stage {
    aspect-ratio: auto;
    /* Names step up while the bar lies over them; marks keep clear of the line above. */
    --_lift: 0px;
    --_drop: 36px;
  }
  .with-controls:not(.quiet) ils-stage {
    --_lift: calc(var(--_bar) - 6px);
  }
  @container (width < 640px) {
    .with-controls:not(.quiet):has(ils-controls) ils-stage {
      --_lift: calc(2 * var(--_bar) - 6px);
    }
  }

  .top {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    padding: var(--_space-m);
    pointer-events: none;
    font: var(--_weight-medium) var(--_font-size-s) / 1 var(--_font);
  }
  :host(:is(:state(live), :state(program))) .top {
    background: linear-gradient(to bottom, oklch(0.08 0.005 262 / 0.5), transparent);
  }
  :host(:is(:state(idle), :state(connecting), :state(over))) :is(.top, .controls) {
    visibility: hidden;
  }
  .live-badge,
  .viewers,
  .reconnecting {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    block-size: 24px;
    padding-inline: 8px;
    border-radius: calc(var(--_radius-control) * 0.75);
    --_icon-size: 14px;
  }
  .live-badge {
    background: var(--_live);
    color: var(--_on-live);
    font: var(--_weight-bold) var(--_font-size-xs) / 1 var(--_font);
    letter-spacing: 0.05em;
    text-transform: uppercase;
  }
  .viewers,
  .reconnecting {
    /* Without a blur, which would be drawn anew with every frame of the picture. */
    background: var(--_scrim);
  }
  .title {
    margin-inline-start: var(--_space-xs);
    padding-block: 4px;
    text-shadow: 0 0 6px oklch(0 0 0 / 0.6);
  }
  .reconnecting {
    /* A break of less than a second is not worth a word. */
    animation: appear var(--_in-time) 1s linear backwards;
  }
  .reconnecting .icon {
    animation: turn 1s linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }

  .unmute {
    position: absolute;
    inset-inline: 0;
    inset-block-end: calc(var(--_bar) + 40px);
    inline-size: fit-content;
    margin-inline: auto;
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    min-block-size: 52px;
    padding-inline: 22px 26px;
    border: 0;
    border-radius: var(--_radius-round);
    background: var(--_on-video);
    color: oklch(0.16 0.01 var(--_hue));
    box-shadow: 0 6px 28px oklch(0 0 0 / 0.45);
    font: var(--_weight-bold) var(--_font-size-l) / 1 var(--_font);
    cursor: pointer;
    touch-action: manipulation;
    animation: rise var(--_in-time) var(--_ease);
    --_icon-size: 22px;
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }

  .controls {
    position: absolute;
    inset-inline: 0;
    inset-block-end: 0;
    display: flex;
    align-items: center;
    gap: var(--_space-xs);
    padding: 28px var(--_space-s) var(--_space-s);
    background: linear-gradient(to top, oklch(0.08 0.005 262 / 0.75), oklch(0.08 0.005 262 / 0.35) 55%, transparent);
    --_text: var(--_on-video);
  }
  :host(:not(:is(:state(live), :state(program)))) .controls {
    background: none;
  }
  .controls .icon-button {
    --_ink: var(--_on-video);
    --_hover: oklch(1 0 0 / 0.14);
    --_active: oklch(1 0 0 / 0.22);
    --_icon-size: 20px;
  }
  .controls :focus-visible {
    outline-color: var(--_on-video);
  }
  .space {
    flex: 1;
  }
  /* What lies beneath is pressed between them. */
  .controls {
    pointer-events: none;
  }
  .controls > :not(.space) {
    pointer-events: auto;
  }
  /* In a low picture what a slate offers stands above the bar, and its button goes before its words. */
  @container (height < 320px) {
    .with-controls .slate-content {
      margin-block-end: var(--_bar);
      padding-block: var(--_space-s);
    }
    .with-controls .slate-icon {
      display: none;
    }
  }
  @container (height < 220px) {
    .with-controls .slate-content:has(.button) .slate-text {
      display: none;
    }
    .with-controls .slate-content {
      padding-block: 0;
    }
    .with-controls .slate .button {
      margin-block-start: 0;
    }
  }
  .controls ils-controls {
    flex: 1;
    min-inline-size: 0;
  }
  ils-controls + .space {
    display: none;
  }
  /* No room beside the volume: microphone and camera get a line of their own. */
  @container (width < 640px) {
    .controls:has(ils-controls) {
      flex-wrap: wrap;
    }
    .controls ils-controls {
      order: -1;
      flex-basis: 100%;
    }
    ils-controls + .space {
      display: block;
    }
  }
  .top,
  .controls {
    transition:
      opacity var(--_in-time),
      visibility var(--_in-time);
  }
  .quiet:not(:has(:focus-visible)) .controls,
  .quiet .top:not(:has(.reconnecting)) {
    opacity: 0;
    visibility: hidden;
  }
  /* That it is live is said all the time. */
  .quiet .top .live-badge {
    visibility: visible;
  }

  .volume {
    appearance: none;
    inline-size: 92px;
    block-size: 24px;
    margin: 0 var(--_space-s) 0 0;
    border-radius: 4px;
    background: none;
    cursor: pointer;
    --_track: linear-gradient(
      to right,
      var(--_on-video) calc(var(--_share, 1) * 100%),
      oklch(1 0 0 / 0.32) calc(var(--_share, 1) * 100%)
    );
  }
  .volume:dir(rtl) {
    --_track: linear-gradient(
      to left,
      var(--_on-video) calc(var(--_share, 1) * 100%),
      oklch(1 0 0 / 0.32) calc(var(--_share, 1) * 100%)
    );
  }
  .volume::-webkit-slider-runnable-track {
    block-size: 4px;
    border-radius: 2px;
    background: var(--_track);
  }
  .volume::-moz-range-track {
    block-size: 4px;
    border-radius: 2px;
    background: var(--_track);
  }
  .volume::-webkit-slider-thumb {
    appearance: none;
    inline-size: 14px;
    block-size: 14px;
    margin-block-start: -5px;
    border-radius: 50%;
    background: var(--_on-video);
  }
  .volume::-moz-range-thumb {
    inline-size: 14px;
    block-size: 14px;
    border: 0;
    border-radius: 50%;
    background: var(--_on-video);
  }
  /* Phones have keys for it. */
  @media (hover: none) and (pointer: coarse) {
    .volume {
      display: none;
    }
  }
  @container (width < 380px) {
    .volume,
    .title {
      display: none;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .unmute {
      animation-name: appear;
    }
    .reconnecting .icon {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .volume {
      /* The system's colours take the track away: its own white, on a dark of its own. */
      background: oklch(0.1 0 0 / 0.8);
      forced-color-adjust: none;
    }
    .live-badge,
    .unmute {
      border: 1px solid CanvasText;
    }
  }
`;
