import { css } from 'lit';

export default css`
  .base {
    display: flex;
    flex-direction: column;
    gap: var(--_space-m);
    padding: var(--_space-l);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-card);
    background: var(--_surface);
    --_bar: var(--ils-poll-bar, var(--_accent-soft));
  }
  .notice-region:not(:has(*)) {
    margin-block-end: calc(-1 * var(--_space-m));
  }
  fieldset > .hint {
    margin-block: var(--_space-2xs) var(--_space-xs);
  }
  .header,
  .actions,
  .verdict,
  .sent {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
  }
  .header {
    min-block-size: 24px;
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
  }
  .kind {
    font-weight: var(--_weight-medium);
  }
  .space {
    flex: 1;
  }
  .question {
    font: var(--_weight-bold) var(--_font-size-l) / 1.35 var(--_font);
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }
  .actions {
    flex-wrap: wrap;
    justify-content: flex-end;
  }
  .wide {
    inline-size: 100%;
  }
  fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .form,
  .composer,
  .options,
  .desk,
  .field,
  .leaders {
    display: flex;
    flex-direction: column;
    gap: var(--_space-s);
  }
  .form,
  .composer {
    gap: var(--_space-m);
  }
  textarea.input {
    resize: vertical;
  }
  .option {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    min-block-size: max(40px, var(--_control-size));
    padding: var(--_space-xs) var(--_space-m);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    transition:
      background-color var(--_hover-time),
      border-color var(--_hover-time);
  }
  label.option {
    cursor: pointer;
  }
  label.option:hover {
    border-color: var(--_border-strong);
  }
  .option.chosen {
    border-color: var(--_accent);
    background: var(--_accent-soft);
  }
  .option-words {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  input[type='radio'],
  input[type='checkbox'] {
    flex: none;
    inline-size: 18px;
    block-size: 18px;
    margin: 0;
    accent-color: var(--_accent);
  }
  .place,
  .rank {
    flex: none;
    min-inline-size: 1.6em;
    color: var(--_text-muted);
    font-weight: var(--_weight-bold);
    text-align: center;
  }
  .stars {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-xs);
    justify-content: center;
    --_icon-size: 28px;
  }
  .star {
    position: relative;
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    border-radius: var(--_radius-control);
    color: var(--_border-strong);
    cursor: pointer;
  }
  .star:hover {
    background: var(--_hover);
  }
  .star.chosen {
    color: var(--_warning);
  }
  .star.chosen .icon {
    fill: currentColor;
  }
  .star:has(:focus-visible) {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }
  .guess,
  .option-field {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
  }
  .unit {
    flex: none;
    color: var(--_text-muted);
  }
  .timer {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    color: var(--_text-muted);
    font: var(--_weight-medium) var(--_font-size-s) / 1 var(--_font);
  }
  .timer-room {
    flex: 1;
    overflow: hidden;
    block-size: 6px;
    border-radius: var(--_radius-round);
    background: var(--_surface-sunken);
  }
  .timer-bar {
    display: block;
    block-size: 100%;
    border-radius: inherit;
    background: var(--_accent);
    transform-origin: 0 50%;
    transition: transform 250ms linear;
  }
  .timer.short {
    color: var(--_warning-text);
  }
  .timer.short .timer-bar {
    background: var(--_warning);
  }
  :host(:dir(rtl)) :is(.timer-bar, .bar) {
    transform-origin: 100% 50%;
  }
  .bars,
  .texts {
    display: flex;
    flex-direction: column;
    gap: var(--_space-s);
  }
  .bar-row {
    position: relative;
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    overflow: hidden;
    min-block-size: 40px;
    padding: var(--_space-xs) var(--_space-m);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
  }
  .bar {
    position: absolute;
    inset: 0;
    background: var(--_bar);
    transform-origin: 0 50%;
    transition: transform 400ms var(--_ease);
  }
  .bar-row.own {
    border-color: var(--_accent);
  }
  .bar-row.right {
    border-color: var(--_success);
  }
  .bar-row.right .bar {
    background: color-mix(in oklab, var(--_success) 22%, var(--_surface));
  }
  .bar-label {
    position: relative;
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-xs) var(--_space-s);
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .bar-label .badge {
    background: var(--_surface);
  }
  .bar-count {
    position: relative;
    font-weight: var(--_weight-bold);
  }
  .average {
    display: flex;
    align-items: center;
    gap: var(--_space-xs);
  }
  .average strong {
    font: var(--_weight-bold) var(--_font-size-2xl) / 1.2 var(--_font);
  }
  .average .icon {
    fill: currentColor;
    color: var(--_warning);
  }
  .columns {
    display: flex;
    align-items: flex-end;
    gap: var(--_space-xs);
  }
  .column {
    flex: 1;
    min-inline-size: 0;
  }
  .column-room {
    display: block;
    block-size: 96px;
    overflow: hidden;
    border-radius: calc(var(--_radius-control) / 2);
    background: var(--_surface-sunken);
  }
  .column-bar {
    display: block;
    block-size: 100%;
    background: var(--_accent);
    transform-origin: 50% 100%;
    transition: transform 400ms var(--_ease);
  }
  .column-label {
    display: block;
    overflow: hidden;
    color: var(--_text-muted);
    font-size: var(--_font-size-xs);
    text-align: center;
  }
  .cloud {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: var(--_space-2xs) var(--_space-m);
    padding-block: var(--_space-s);
    overflow: hidden;
  }
  .cloud li {
    max-inline-size: 100%;
    overflow-wrap: anywhere;
    font-size: calc(var(--_font-size-s) + 22px * var(--_share));
    font-weight: var(--_weight-medium);
    line-height: 1.2;
  }
  .weight-4 {
    color: var(--_accent-text);
  }
  .weight-1 {
    color: var(--_text-muted);
  }
  .texts {
    max-block-size: 260px;
  }
  .text-row {
    display: flex;
    flex-direction: column;
    padding: var(--_space-s) var(--_space-m);
    border-radius: var(--_radius-control);
    background: var(--_surface-sunken);
    overflow-wrap: anywhere;
  }
  .sent {
    color: var(--_success-text);
    font-size: var(--_font-size-s);
  }
  .verdict {
    padding: var(--_space-s) var(--_space-m);
    border-radius: var(--_radius-control);
    background: var(--_surface-sunken);
  }
  .verdict.right {
    background: color-mix(in oklab, var(--_success) 16%, var(--_surface));
  }
  .verdict.right > .icon {
    color: var(--_success-text);
  }
  .leader {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    min-block-size: 36px;
    border-block-end: 1px solid var(--_border);
  }
  .leader .truncate {
    flex: 1;
  }
  .leader .points {
    margin-inline-start: auto;
    font-weight: var(--_weight-bold);
  }
  .top-1 .rank {
    color: var(--_warning-text);
  }
  .leader.own {
    border: 0;
    border-radius: var(--_radius-control);
    background: var(--_accent-soft);
    padding-inline-end: var(--_space-s);
  }
  .line-wide {
    inline-size: 70%;
    block-size: 20px;
  }
  .line-option {
    block-size: 40px;
  }
  @media (forced-colors: active) {
    .bar,
    .column-bar,
    .timer-bar {
      background: Highlight;
      forced-color-adjust: none;
    }
  }
`;
