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
  :host([display='overlay']) .quote {
    color: inherit;
    text-shadow: inherit;
  }
`;
