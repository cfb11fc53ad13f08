import { css } from 'lit';

export default css`
  :host {
    position: relative;
  }
  :host(:not(:state(wrapping), :state(console))) {
    position: absolute;
    inset: 0;
    pointer-events: none;
  }
  :host(:state(wrapping)) {
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    block-size: 100%;
    overflow: clip;
  }
  :host(:state(wrapping)) ::slotted(*) {
    grid-area: 1 / 1;
    min-inline-size: 0;
    min-block-size: 0;
  }
  .layers {
    /* One size for words and space, by the longer side of the picture. */
    position: absolute;
    inset: 0;
    z-index: 1;
    overflow: clip;
    container-type: size;
    pointer-events: none;
    border-radius: var(--ils-overlay-radius, 0);
  }
  .stack,
  .top {
    --_unit: var(--ils-overlay-size, clamp(11px, 5px + 1.15cqmax, 34px));
    --_gap: calc(var(--_unit) * 1.25);
    position: absolute;
    font-size: var(--_unit);
    line-height: 1.35;
  }
  .stack {
    inset: auto 0 0;
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: var(--_gap);
  }
  .top {
    inset: var(--_gap) var(--_gap) auto;
    display: flex;
    justify-content: space-between;
    align-items: flex-start;
    gap: var(--_gap);
  }
  .top > .end {
    margin-inline-start: auto;
  }
  .lower {
    max-inline-size: min(68cqw, 100cqw - var(--_gap) * 2);
    margin: 0 var(--_gap) var(--ils-overlay-bottom, calc(var(--_gap) * 1.2));
  }
  .stack:has(.ticker) .lower {
    margin-block-end: 0;
  }
  .card {
    margin: 0;
    padding: 0.75em 1.1em;
    border-radius: 0.65em;
    background: var(--ils-overlay-background, color-mix(in oklab, var(--_surface) 95%, transparent));
    color: var(--ils-overlay-color, var(--_text));
    box-shadow:
      0 0.15em 0.5em oklch(0 0 0 / 0.18),
      0 0.8em 2.4em oklch(0 0 0 / 0.28);
    overflow-wrap: anywhere;
    animation: come 320ms var(--_ease) backwards;
  }
  .bar {
    position: relative;
    padding-inline-start: 1.5em;
    overflow: clip;
  }
  .bar::before {
    content: '';
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    inline-size: 0.4em;
    background: var(--_accent);
  }
  .title {
    font-size: 1.5em;
    font-weight: var(--_weight-bold);
    line-height: 1.2;
    letter-spacing: -0.01em;
    text-wrap: balance;
  }
  .subtitle {
    margin-block-start: 0.15em;
    color: var(--ils-overlay-color, var(--_text-muted));
    font-size: 1.05em;
  }
  .author {
    display: flex;
    align-items: center;
    gap: 0.5em;
    min-inline-size: 0;
    font-weight: var(--_weight-bold);
    --_icon-size: 1.1em;
  }
  .author .icon {
    color: var(--_accent-text);
  }
  .from {
    flex: none;
    margin-inline-start: auto;
    padding-inline-start: 1em;
    color: var(--_text-muted);
    font-weight: var(--_weight-normal);
    font-size: 0.85em;
  }
  .quote {
    display: -webkit-box;
    margin: 0.3em 0 0;
    overflow: hidden;
    font-size: 1.3em;
    line-height: 1.3;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 5;
  }
  .poll {
    min-inline-size: min(28em, 60cqw);
  }
  .poll .title {
    font-size: 1.25em;
  }
  .poll ul {
    display: grid;
    gap: 0.55em;
    margin-block: 0.7em 0.5em;
  }
  .option {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0.2em 1em;
  }
  .most {
    font-weight: var(--_weight-bold);
  }
  progress {
    grid-column: 1 / -1;
    inline-size: 100%;
    block-size: 0.45em;
    border: 0;
    border-radius: 99px;
    overflow: clip;
    background: color-mix(in oklab, var(--_text) 12%, transparent);
    appearance: none;
  }
  progress::-webkit-progress-bar {
    background: transparent;
  }
  progress::-webkit-progress-value {
    border-radius: 99px;
    background: color-mix(in oklab, var(--_accent) 60%, var(--_surface));
  }
  progress::-moz-progress-bar {
    border-radius: 99px;
    background: color-mix(in oklab, var(--_accent) 60%, var(--_surface));
  }
  .most progress::-webkit-progress-value {
    background: var(--_accent);
  }
  .most progress::-moz-progress-bar {
    background: var(--_accent);
  }
  .total {
    color: var(--_text-muted);
    font-size: 0.85em;
  }
  .call {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.6em 1.2em;
    pointer-events: auto;
  }
  .call-text {
    font-size: 1.15em;
    font-weight: var(--_weight-medium);
  }
  .call .button {
    font-size: max(var(--_font-size-m), 1em);
  }
  .corner-card {
    display: flex;
    align-items: center;
    gap: 0.7em;
    max-inline-size: 46cqw;
    padding: 0.5em 0.85em;
  }
  .corner-title {
    font-weight: var(--_weight-medium);
  }
  .line {
    inline-size: 100%;
  }
  .clock {
    flex: none;
    white-space: nowrap;
    font-size: 1.5em;
    font-weight: var(--_weight-bold);
  }
  .qr {
    flex-direction: column;
    gap: 0.4em;
    padding: 0.6em;
    text-align: center;
  }
  .qr .corner-title {
    max-inline-size: 9em;
    font-size: 0.85em;
  }
  .qr-code {
    display: block;
    inline-size: max(72px, 9em);
    aspect-ratio: 1;
    border-radius: 0.3em;
    background: white;
    fill: black;
  }
  .logo {
    display: block;
    max-inline-size: 22cqw;
    max-block-size: var(--ils-overlay-logo-height, 10cqh);
    object-fit: contain;
    animation: fade 320ms backwards;
  }
  .ticker {
    display: flex;
    align-items: center;
    inline-size: 100%;
    min-block-size: 2.4em;
    background: var(--ils-overlay-background, color-mix(in oklab, var(--_surface) 95%, transparent));
    color: var(--ils-overlay-color, var(--_text));
    font-size: 1.05em;
    font-weight: var(--_weight-medium);
    border-block-start: 0.15em solid var(--_accent);
    animation: fade 320ms backwards;
  }
  .runs {
    display: flex;
    flex: 1;
    min-inline-size: 0;
    overflow: clip;
  }
  .run {
    display: flex;
    flex: none;
    min-inline-size: 100%;
    white-space: nowrap;
    animation: run 18s linear infinite;
  }
  .length-2 .run {
    animation-duration: 32s;
  }
  .length-3 .run {
    animation-duration: 48s;
  }
  .length-4 .run {
    animation-duration: 64s;
  }
  .run:dir(rtl) {
    animation-name: run-rtl;
  }
  .ticker:hover .run,
  .paused .run {
    animation-play-state: paused;
  }
  .run li {
    padding-inline: 1.2em;
  }
  .run li::before {
    content: '';
    display: inline-block;
    inline-size: 0.4em;
    block-size: 0.4em;
    margin-inline-end: 1.2em;
    border-radius: 50%;
    background: var(--_accent);
    vertical-align: 0.12em;
  }
  .ticker .icon-button {
    pointer-events: auto;
  }
  .slate {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: clamp(6px, 1.4cqmax, 24px);
    padding: 6%;
    background: var(
      --ils-overlay-slate,
      radial-gradient(120% 90% at 50% 0%, color-mix(in oklab, var(--_accent) 26%, var(--_canvas)), var(--_canvas) 72%)
    );
    color: var(--_text);
    text-align: center;
    text-wrap: balance;
    overflow-wrap: anywhere;
    pointer-events: auto;
    animation: fade 320ms backwards;
  }
  .slate-title {
    font-size: clamp(22px, 5cqmax, 72px);
    font-weight: var(--_weight-bold);
    line-height: 1.12;
    letter-spacing: -0.02em;
  }
  .slate-text {
    color: var(--_text-muted);
    font-size: clamp(14px, 2cqmax, 28px);
  }
  .slate-clock {
    margin-block-start: 0.2em;
    font-size: clamp(26px, 6cqmax, 88px);
    font-weight: var(--_weight-medium);
    line-height: 1.1;
  }
  @container (max-width: 560px) {
    .lower {
      max-inline-size: calc(100cqw - var(--_gap) * 2);
    }
    .title {
      font-size: 1.35em;
    }
    .corner-card {
      max-inline-size: 60cqw;
    }
    .quote {
      -webkit-line-clamp: 4;
    }
  }
  @container (max-width: 560px) and (max-height: 280px) {
    .quote {
      -webkit-line-clamp: 3;
    }
    .poll ul {
      gap: 0.25em;
      margin-block: 0.35em 0.25em;
    }
    .poll .total,
    .qr .corner-title {
      display: none;
    }
    .qr-code {
      inline-size: 64px;
    }
    .call {
      flex-wrap: nowrap;
    }
  }
`;
