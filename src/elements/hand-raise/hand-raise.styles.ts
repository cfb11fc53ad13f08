import { css } from 'lit';

export default css`
  :host {
    display: inline-block;
    max-inline-size: 100%;
  }
  .note-form,
  .backstage {
    display: flex;
    flex-direction: column;
    gap: var(--_space-s);
    inline-size: 320px;
    max-inline-size: 100%;
    padding: var(--_space-m);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-card);
    background: var(--_surface);
    box-shadow: var(--_shadow-s);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space-s);
  }
  .raised {
    display: flex;
    align-items: center;
    gap: var(--_space-m);
    inline-size: 320px;
    max-inline-size: 100%;
    padding: var(--_space-s) var(--_space-m);
    border: 1px solid var(--_accent);
    border-radius: var(--_radius-card);
    background: var(--_accent-soft);
  }
  .mark {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border-radius: var(--_radius-round);
    background: var(--_accent);
    color: var(--_on-accent);
    --_icon-size: 20px;
  }
  .words {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-inline-size: 0;
  }
  strong {
    display: block;
    font-weight: var(--_weight-bold);
  }
  .place,
  .note {
    color: color-mix(in oklab, var(--_text) 80%, transparent);
    font-size: var(--_font-size-s);
    overflow-wrap: anywhere;
  }
  .headline {
    display: flex;
    gap: var(--_space-s);
  }
  .talkback-region:empty {
    display: none;
  }
  .talkback {
    display: flex;
    align-items: center;
    gap: var(--_space-s);
    padding: var(--_space-s) var(--_space-m);
    border-radius: var(--_radius-control);
    background: var(--_accent);
    color: var(--_on-accent);
    font-size: var(--_font-size-s);
    overflow-wrap: anywhere;
    --_icon-size: 20px;
  }
  .preview {
    display: grid;
    place-items: center;
    overflow: clip;
    aspect-ratio: 16 / 9;
    border-radius: var(--_radius-tile);
    background: var(--_video);
    color: var(--_on-video-muted);
    font-size: var(--_font-size-s);
  }
  .preview span {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: var(--_space-s);
    --_icon-size: 28px;
  }
  video {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    transform: scaleX(-1);
  }
  .notice-region .banner {
    margin-block-start: var(--_space-s);
  }
`;
