import { css } from 'lit';

export default css`
  .quote {
    display: flex;
    align-items: center;
    gap: var(--_space-xs);
    max-inline-size: 100%;
    min-block-size: 24px;
    margin: 0;
    padding: 0 var(--_space-xs);
    border: 0;
    border-inline-start: 2px solid var(--_border);
    border-radius: 4px;
    background: none;
    color: var(--_text-muted);
    font: var(--_weight-normal) var(--_font-size-s) / 1.4 var(--_font);
    text-align: start;
    cursor: pointer;
    --_icon-size: 12px;
  }
  .quote-author {
    flex: none;
    max-inline-size: 40%;
    overflow: hidden;
    font-weight: var(--_weight-medium);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  @media (hover: hover) {
    .quote:hover {
      background: var(--_surface-sunken);
    }
  }
  .replying {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    margin: var(--_space-xs) var(--_space-m) 0;
    padding-inline-start: var(--_space-s);
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
    --_icon-size: 14px;
  }
  .replying .truncate {
    flex: 1;
    min-inline-size: 0;
  }
  .replying + .composer {
    margin-block-start: 0;
  }
  :host([display='overlay']) {
    .replying {
      pointer-events: auto;
      color: var(--_on-video);
    }
    .quote {
      color: inherit;
      text-shadow: inherit;
    }
  }
`;
