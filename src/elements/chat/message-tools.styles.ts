import { css } from 'lit';

export default css`
  .message.active {
    background: var(--_hover);
  }
  .active .time,
  .message:focus-within .time {
    opacity: 1;
  }
  .active:has(.options) .time {
    padding-inline-end: 34px;
  }
  .options {
    position: absolute;
    inset-block: -1px auto;
    inset-inline-end: var(--_space-xs);
    min-block-size: 26px;
    min-inline-size: 28px;
    --_fill: var(--_surface-raised);
    --_edge: var(--_border);
  }
  .row.first .options {
    inset-block: 6px auto;
  }
  @media (pointer: coarse) {
    .options.small {
      min-block-size: 40px;
      min-inline-size: 40px;
    }
  }
  :host([display='overlay']) {
    .options {
      display: none;
    }
    .message.active {
      background: none;
    }
  }
`;
