import { css } from 'lit';

export default css`
  .left {
    display: flex;
    align-items: center;
    gap: var(--_space-xs);
    margin-inline-start: auto;
    padding: 2px var(--_space-s);
    border-radius: var(--_radius-round);
    background: var(--_surface-sunken);
    color: var(--_text-muted);
    font: var(--_weight-medium) var(--_font-size-s) / 1.5 var(--_font);
    --_icon-size: 14px;
  }
  .left.soon {
    background: var(--_accent-soft);
    color: var(--_accent-text);
  }
  .content {
    display: flex;
    flex: 1;
    flex-direction: column;
    gap: var(--_space-m);
    min-block-size: 0;
    padding: var(--_space-m);
  }
  .content:focus-visible {
    outline-offset: -2px;
  }
  ul {
    display: flex;
    flex-direction: column;
    gap: var(--_space-s);
  }
  .room {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    min-block-size: 52px;
    padding: var(--_space-s) var(--_space-m);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-card);
  }
  .room.own {
    border-color: var(--_accent);
    background: var(--_accent-soft);
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
  .count {
    color: var(--_text-muted);
    font-size: var(--_font-size-xs);
  }
  .call {
    display: flex;
    align-items: center;
    gap: var(--_space-xs);
    color: var(--_accent-text);
    font: var(--_weight-medium) var(--_font-size-s) / 1.4 var(--_font);
    --_icon-size: 14px;
  }
  form {
    display: flex;
    flex-direction: column;
    gap: var(--_space-m);
  }
  .row {
    display: flex;
    gap: var(--_space-s);
  }
  .row > .input,
  .fields > label {
    flex: 1;
    min-inline-size: 0;
  }
  .fields {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-m);
  }
  .fields > label {
    display: flex;
    flex-basis: 110px;
    flex-direction: column;
    gap: var(--_space-xs);
  }
  .check {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    min-block-size: var(--_control-size);
    cursor: pointer;
  }
  input[type='checkbox'] {
    inline-size: 16px;
    block-size: 16px;
    margin: 0;
    accent-color: var(--_accent);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-s);
  }
  .announcement {
    padding: var(--_space-s) var(--_space-m);
    border-radius: var(--_radius-card);
    background: var(--_surface-sunken);
    overflow-wrap: anywhere;
  }
  .placeholder {
    block-size: 52px;
    border-radius: var(--_radius-card);
  }
  .content > .state {
    flex: 1;
  }
  .notice-region .banner {
    margin: 0 var(--_space-m) var(--_space-m);
  }
`;
