import { css } from 'lit';

export default css`
  :host {
    display: block;
    block-size: 100%;
    min-block-size: 0;
    --_log-height: var(--ils-chat-log-height, 320px);
    --_background: var(--ils-chat-background, var(--_surface));
  }
  .base {
    position: relative;
    display: flex;
    flex-direction: column;
    block-size: 100%;
    overflow: clip;
    border-radius: inherit;
    background: var(--_background);
  }

  .header {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    min-block-size: 48px;
    padding: 0 var(--_space-l);
    border-block-end: 1px solid var(--_border);
  }
  .title {
    flex: 1;
    font: var(--_weight-bold) var(--_font-size-m) / 1.4 var(--_font);
  }
  .count {
    display: inline-flex;
    align-items: center;
    gap: var(--_space-xs);
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
    --_icon-size: 14px;
  }

  .list {
    position: relative;
    display: flex;
    flex: 1 1 var(--_log-height);
    flex-direction: column;
    min-block-size: 0;
  }
  .state-box {
    position: absolute;
    inset: 0;
    display: flex;
    flex-direction: column;
    justify-content: center;
    overflow: auto;
  }
  .notice {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    padding: var(--_space-s) var(--_space-l);
    border-block-start: 1px solid var(--_border);
    color: var(--_text-muted);
    font-size: var(--_font-size-s);
    line-height: 1.4;
    --_icon-size: 16px;
  }
  .notice span {
    flex: 1;
  }
  .notice .icon {
    color: var(--_warning-text);
  }
  .notice.end {
    justify-content: center;
    padding-block: var(--_space-m);
    text-align: center;
  }

  .composer {
    position: relative;
    display: flex;
    align-items: flex-end;
    margin: var(--_space-s) var(--_space-m) var(--_space-m);
    padding: 3px;
    border: 1px solid transparent;
    border-radius: var(--_radius-card);
    background: var(--_surface-sunken);
    transition: border-color var(--_hover-time);
  }
  .notice + .composer {
    margin-block-start: 0;
  }
  .shell {
    padding: calc(var(--_control-size) / 2 - 7px) var(--_space-m);
    color: var(--_text-muted);
    line-height: 20px;
  }

  /* Over a picture: no ground of its own, and the oldest words fade out. */
  :host([display='overlay']) {
    --_background: var(--ils-chat-background, transparent);
    color-scheme: dark;
    pointer-events: none;

    :is(.row, .composer, .notice, .jump) {
      pointer-events: auto;
    }
    .state-box {
      display: none;
    }
    .composer {
      border-color: oklch(1 0 0 / 0.14);
      background: oklch(0.12 0.005 var(--_hue) / 0.68);
      --_text-muted: var(--_on-video-muted);
    }
    .notice {
      margin: 0 var(--_space-m) var(--_space-s);
      padding: var(--_space-xs) var(--_space-m);
      border: 0;
      border-radius: var(--_radius-card);
      background: oklch(0.12 0.005 var(--_hue) / 0.7);
      color: var(--_on-video);
    }
  }

  @media (forced-colors: active) {
    .composer {
      border-color: ButtonText;
    }
  }
`;
