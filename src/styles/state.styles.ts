import { css } from 'lit';

/** `.state` (empty, ended, failed: icon, title, text, one action), `.skeleton` (shows after 200 ms), `.banner` with `warning`, `danger`. */
export default css`
  .state {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: var(--_space-s);
    padding: var(--_space-xl);
    color: var(--_text-muted);
    text-align: center;
    text-wrap: balance;
    --_icon-size: 28px;
  }
  .state .title {
    color: var(--_text);
    font: var(--_weight-medium) var(--_font-size-m) / 1.4 var(--_font);
  }
  .state .text {
    max-inline-size: 36ch;
    font-size: var(--_font-size-s);
  }
  .state .button {
    margin-block-start: var(--_space-s);
    --_icon-size: 18px;
  }

  .skeleton {
    border-radius: var(--_radius-control);
    background: var(--_surface-sunken);
    animation: skeleton-in 200ms 200ms backwards;
    position: relative;
    overflow: hidden;
  }
  .skeleton::after {
    content: '';
    position: absolute;
    inset: 0;
    background: linear-gradient(90deg, transparent, var(--_hover), transparent);
    transform: translateX(-100%);
    animation: skeleton-sweep 1.6s 400ms infinite;
  }
  @keyframes skeleton-in {
    from {
      opacity: 0;
    }
  }
  @keyframes skeleton-sweep {
    to {
      transform: translateX(100%);
    }
  }

  .banner {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    padding: var(--_space-s) var(--_space-m);
    border-radius: var(--_radius-control);
    background: var(--_surface-sunken);
    color: var(--_text);
    font-size: var(--_font-size-s);
    line-height: 1.4;
  }
  .banner-words {
    flex: 1;
    min-inline-size: 0;
  }
  .banner.warning {
    background: var(--_warning-soft);
  }
  .banner.warning .icon {
    color: var(--_warning-text);
  }
  .banner.danger {
    background: var(--_danger-soft);
  }
  .banner.danger .icon {
    color: var(--_danger-text);
  }

  @media (prefers-reduced-motion: reduce) {
    .skeleton::after {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .skeleton,
    .banner {
      outline: 1px solid GrayText;
      outline-offset: -1px;
    }
  }
`;
