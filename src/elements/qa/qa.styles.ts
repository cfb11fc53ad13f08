import { css } from 'lit';

export default css`
  .sort {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-xs);
    padding: var(--_space-s) var(--_space-m) 0;
  }
  .chip {
    min-block-size: 30px;
    margin: 0;
    padding: 0 var(--_space-m);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-round);
    background: none;
    color: var(--_text-muted);
    font: var(--_weight-medium) var(--_font-size-s) / 1.2 var(--_font);
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
  @media (pointer: coarse) {
    .chip {
      min-block-size: 44px;
    }
  }
  .list {
    flex: 1 1 var(--ils-qa-list-height, 360px);
    min-block-size: 0;
    padding: var(--_space-s) var(--_space-m) var(--_space-m);
  }
  .list:focus-visible {
    outline-offset: -2px;
  }
  .placeholder {
    block-size: 72px;
    margin-block-end: var(--_space-s);
    border-radius: var(--_radius-card);
  }
  .section-title {
    padding: var(--_space-s) 0 var(--_space-xs);
    color: var(--_text-muted);
    font: var(--_weight-medium) var(--_font-size-xs) / 1.4 var(--_font);
  }
  ul {
    display: flex;
    flex-direction: column;
    gap: var(--_space-s);
  }
  .question {
    display: flex;
    gap: var(--_space-m);
    padding: var(--_space-m);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-card);
    background: var(--_surface);
  }
  .question.highlighted {
    border-color: var(--_accent);
    background: var(--_accent-soft);
  }
  .question.waiting {
    border-style: dashed;
    border-color: var(--_border-strong);
  }
  .question.dismissed {
    background: var(--_surface-sunken);
  }
  .question.dismissed .words {
    color: var(--_text-muted);
  }
  .content {
    flex: 1;
    min-inline-size: 0;
  }
  .words {
    overflow-wrap: anywhere;
    white-space: pre-line;
  }
  .content > .words {
    font-weight: var(--_weight-medium);
  }
  .meta {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px var(--_space-s);
    margin-block-start: 2px;
    color: var(--_text-muted);
    font-size: var(--_font-size-xs);
  }
  .highlighted .meta {
    color: color-mix(in oklab, var(--_text) 78%, transparent);
  }
  .vote {
    display: flex;
    flex: none;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    align-self: start;
    gap: 1px;
    inline-size: 44px;
    min-block-size: 48px;
    margin: 0;
    padding: var(--_space-xs) 0;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    background: var(--_surface);
    color: var(--_text-muted);
    font: var(--_weight-medium) var(--_font-size-s) / 1.2 var(--_font);
    --_icon-size: 18px;
  }
  button.vote {
    cursor: pointer;
    touch-action: manipulation;
    transition:
      background-color var(--_hover-time),
      transform var(--_hover-time) var(--_ease);
  }
  .vote[aria-pressed='true'] {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .vote[aria-pressed='true'] .icon {
    fill: currentColor;
  }
  .vote.settled {
    border-color: transparent;
    background: none;
  }
  button.vote[aria-disabled='true'] {
    cursor: not-allowed;
    opacity: 0.6;
  }
  @media (hover: hover) {
    button.vote[aria-pressed='false']:not([aria-disabled='true']):hover {
      border-color: var(--_accent);
      color: var(--_accent-text);
    }
  }
  button.vote:not([aria-disabled='true']):active {
    transform: scale(0.94);
  }
  .answer {
    margin-block-start: var(--_space-s);
    padding: var(--_space-s) var(--_space-m);
    border-inline-start: 3px solid var(--_success);
    border-radius: 2px var(--_radius-control) var(--_radius-control) 2px;
    background: var(--_surface-sunken);
  }
  .answer .by {
    color: var(--_text-muted);
    font-size: var(--_font-size-xs);
  }
  textarea.input {
    display: block;
    resize: none;
    field-sizing: content;
    max-block-size: 140px;
  }
  .composer {
    display: flex;
    flex-direction: column;
    gap: var(--_space-s);
    padding: var(--_space-m);
    border-block-start: 1px solid var(--_border);
  }
  .composer-end {
    display: flex;
    align-items: center;
    gap: var(--_space-m);
  }
  .composer-end .button {
    margin-inline-start: auto;
  }
  .anonymous {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    min-block-size: var(--_control-size);
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
    cursor: pointer;
  }
  .anonymous input {
    inline-size: 16px;
    block-size: 16px;
    margin: 0;
    accent-color: var(--_accent);
  }
  .closed {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: var(--_space-s);
    padding: var(--_space-m);
    border-block-start: 1px solid var(--_border);
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
    --_icon-size: 16px;
  }
  .base > .state {
    flex: 1;
  }
  .base > .banner,
  .notice-region .banner {
    margin: 0 var(--_space-m) var(--_space-m);
  }
  @media (forced-colors: active) {
    .chip[aria-pressed='true'],
    .vote[aria-pressed='true'],
    .question.highlighted {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
