import { html, nothing, type CSSResult, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { MenuController, type MenuSection } from '../../controllers/menu.ts';
import { IlsProgramRequestEvent } from '../../events/media-requests.ts';
import { icon } from '../../icons/icon.ts';
import { captionsIcon } from '../../icons/captions.ts';
import { pauseIcon } from '../../icons/pause.ts';
import { playIcon } from '../../icons/play.ts';
import { settingsIcon } from '../../icons/settings.ts';
import { spinnerIcon } from '../../icons/spinner.ts';
import { msg, str } from '../../locales/localization.ts';
import type { ProgramCommand, ProgramTimeline } from '../../store/playback.ts';
import { airedBroadcast } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import { LazyPart } from '../lazy-part.ts';
import { clockTime } from './clock-time.ts';
import { MediaSessionLink } from './media-session.ts';
import styles from './program-chrome.styles.ts';
import { programKeyOf } from './program-keys.ts';
import { programSlate } from './program-slate.ts';
import type { Slate } from './slate.ts';
import type { renderSoundPicture } from './sound-picture.ts';

/** What was chosen on the scrubber counts until the picture is there, but no longer. */
const SOUGHT_MS = 4_000;
/** Beyond this one is behind live, and told so. Seconds. */
const BEHIND = 3;

interface ProgramHost extends ReactiveControllerHost, HTMLElement {
  readonly video: HTMLVideoElement | null;
}

/** What a programme has over its picture: the scrubber, play and pause, the way back to live, quality and captions. */
export class ProgramChrome {
  readonly #host: ProgramHost;
  readonly #store: () => Store | undefined;
  readonly #menu: MenuController;
  readonly #session: MediaSessionLink;
  readonly #soundPicture: LazyPart<typeof renderSoundPicture>;
  /** Where the reader wants to be: seconds from the end of a live programme, from the beginning of another. */
  #sought: number | null = null;
  #soughtTimer: ReturnType<typeof setTimeout> | undefined;
  /** Of the chosen caption, for the key that turns captions on and off. */
  #lastCaption: string | null = null;

  constructor(host: ProgramHost, store: () => Store | undefined) {
    this.#host = host;
    this.#store = store;
    this.#menu = new MenuController(host, 'top-end');
    this.#session = new MediaSessionLink(
      (command) => this.#command(command),
      () => store()?.playback.timeline.peek() ?? null,
    );
    this.#soundPicture = new LazyPart(
      async () => {
        const part = await import('./sound-picture.ts');
        this.#adopt(part.soundPictureStyles);
        return part.renderSoundPicture;
      },
      () => host.requestUpdate(),
    );
    this.#adopt(...styles);
  }

  slate(store: Store): Slate | undefined {
    return programSlate(this.#host, store);
  }

  /** There is sound, and no picture to it. */
  isSoundAlone(store: Store): boolean {
    const { video } = this.#host;
    if (video === null || video.readyState < HTMLMediaElement.HAVE_METADATA) return false;
    return video.videoWidth === 0 || airedBroadcast(store)?.options.mode === 'audio';
  }

  /** In the middle of the picture, or in its place. */
  renderStatus(store: Store): TemplateResult {
    const { value: state } = store.playback.state;
    const isSoundAlone = this.isSoundAlone(store);
    if (isSoundAlone) this.#soundPicture.need();
    return html`${isSoundAlone ? this.#soundPicture.value?.(store.connection.title.value, state === 'playing') : nothing}${
      state === 'loading' || state === 'buffering'
        ? html`<div part="buffering" class="buffering" role="status">
            ${icon(spinnerIcon)}<span class="visually-hidden">${msg('Loading…')}</span>
          </div>`
        : nothing
    }`;
  }

  /** In place of the live badge where something else than live is seen. */
  renderBadge({ playback }: Store): TemplateResult | typeof nothing {
    const timeline = playback.timeline.value;
    if (timeline === null || !timeline.live) return nothing;
    const behind = timeline.end - timeline.position;
    return timeline.atLive || behind < BEHIND
      ? html`<span part="live-badge" class="live-badge"><slot name="live-label">${msg('Live')}</slot></span>`
      : html`<span part="behind-badge" class="behind-badge tabular">−${clockTime(behind)}</span>`;
  }

  /** Over the bar, from edge to edge. */
  renderScrubber({ playback }: Store): TemplateResult | typeof nothing {
    const timeline = playback.timeline.value;
    if (timeline === null || timeline.end - timeline.start < 1) return nothing;
    const { min, max, value } = this.#scaleOf(timeline);
    return html`<div class="scrub" @pointermove=${this.#handleHover}>
      <output class="scrub-time tabular" part="scrubber-time" aria-hidden="true"></output>
      <input
        type="range"
        part="scrubber"
        class="scrubber ${timeline.live && value >= max - BEHIND ? 'at-live' : ''}"
        min=${min}
        max=${max}
        step="any"
        aria-label=${msg('Position')}
        aria-valuetext=${this.#spoken(timeline, value)}
        .value=${live(String(value))}
        @input=${this.#handleScrub}
        @change=${this.#handleScrubbed}
      />
    </div>`;
  }

  renderPlayButton({ playback }: Store): TemplateResult {
    const paused = playback.state.value === 'paused' || playback.state.value === 'ended';
    return html`<button
      type="button"
      part="play-button"
      class="icon-button"
      aria-label=${paused ? msg('Play') : msg('Pause')}
      aria-keyshortcuts="K"
      @click=${() => this.#toggle()}
    >
      ${icon(paused ? playIcon : pauseIcon)}
    </button>`;
  }

  renderTime({ playback }: Store): TemplateResult | typeof nothing {
    const timeline = playback.timeline.value;
    if (timeline === null) return nothing;
    const { min, max, value } = this.#scaleOf(timeline);
    if (!timeline.live)
      return html`<span part="time" class="time tabular">${clockTime(value - min)} / ${clockTime(max - min)}</span>`;
    const behind = max - value;
    const away = behind >= BEHIND && !(timeline.atLive && this.#sought === null);
    return html`<button
      type="button"
      part="live-button"
      class="live-button ${away ? 'away' : ''}"
      aria-label=${away ? msg(str`Go live, ${clockTime(behind)} behind`) : msg('You are watching live')}
      aria-disabled=${away ? nothing : 'true'}
      @click=${() => away && this.#command({ type: 'goLive' })}
    >
      <span class="dot"></span>${away ? html`<span class="tabular">−${clockTime(behind)}</span>` : msg('Live')}
    </button>`;
  }

  renderMenus({ playback }: Store): TemplateResult {
    const { levels, captions, caption } = playback.tracks.value;
    return html`${
      captions.length > 0
        ? html`<button
            type="button"
            part="captions-button"
            class="icon-button"
            aria-label=${msg('Captions')}
            aria-haspopup="menu"
            aria-expanded=${String(this.#menu.isOpenFor('captions'))}
            aria-keyshortcuts="C"
            aria-description=${caption === null ? msg('Off') : msg('On')}
            @click=${(event: Event) => this.#open('captions', event, msg('Captions'), () => this.#captionMenu())}
          >
            ${icon(captionsIcon)}
          </button>`
        : nothing
    }${
      levels.length > 1
        ? html`<button
            type="button"
            part="quality-button"
            class="icon-button"
            aria-label=${msg('Quality')}
            aria-haspopup="menu"
            aria-expanded=${String(this.#menu.isOpenFor('quality'))}
            @click=${(event: Event) => this.#open('quality', event, msg('Quality'), () => this.#qualityMenu())}
          >
            ${icon(settingsIcon)}
          </button>`
        : nothing
    }${this.#menu.render()}`;
  }

  /** `true` where the key was for the programme. */
  handleKey(event: KeyboardEvent): boolean {
    const key = programKeyOf(event);
    const timeline = this.#store()?.playback.timeline.peek();
    if (key === undefined || !timeline) return false;
    switch (key.type) {
      case 'toggle':
        this.#toggle();
        break;
      case 'captions':
        this.#toggleCaptions();
        break;
      case 'start':
        this.#command({ type: 'seek', position: timeline.start });
        break;
      case 'end':
        this.#command(timeline.live ? { type: 'goLive' } : { type: 'seek', position: timeline.end });
        break;
      case 'step':
        this.#command({ type: 'seek', position: this.#wantedPosition(timeline) + key.by });
        break;
      case 'jump':
        this.#command({ type: 'seek', position: timeline.start + (timeline.end - timeline.start) * key.share });
    }
    return true;
  }

  handlePictureClick(): void {
    this.#toggle();
  }

  updated({ playback, connection }: Store): void {
    const { value: timeline } = playback.timeline;
    if (timeline !== null) this.#settle(timeline);
    this.#session.update(
      connection.title.value,
      playback.state.value === 'playing' || playback.state.value === 'buffering',
    );
    const scrubber = this.#host.shadowRoot?.querySelector<HTMLInputElement>('.scrubber');
    if (!scrubber) return;
    const span = Number(scrubber.max) - Number(scrubber.min);
    const share = span > 0 ? (Number(scrubber.value) - Number(scrubber.min)) / span : 0;
    scrubber.style.setProperty('--_share', String(share));
  }

  /** The programme is out of sight. */
  rest(): void {
    this.#menu.hide();
    this.#session.end();
  }

  #adopt(...sheets: readonly CSSResult[]): void {
    const { shadowRoot } = this.#host;
    if (shadowRoot === null) return;
    const more = sheets.flatMap(({ styleSheet }) => styleSheet ?? []);
    shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, ...more];
  }

  #command(command: ProgramCommand): void {
    this.#host.dispatchEvent(new IlsProgramRequestEvent(command));
  }

  #toggle(): void {
    const state = this.#store()?.playback.state.peek();
    this.#command({ type: state === 'paused' || state === 'ended' ? 'play' : 'pause' });
  }

  #toggleCaptions(): void {
    const tracks = this.#store()?.playback.tracks.peek();
    if (tracks === undefined || tracks.captions.length === 0) return;
    if (tracks.caption !== null) this.#lastCaption = tracks.caption;
    const id = tracks.caption === null ? (this.#lastCaption ?? tracks.captions[0]?.id ?? null) : null;
    this.#command({ type: 'chooseCaption', id });
  }

  /** Of a live programme the end stands still, of another the beginning: so nothing moves by itself under the pointer. */
  #scaleOf(timeline: ProgramTimeline): { readonly min: number; readonly max: number; readonly value: number } {
    const { start, end, position } = timeline;
    const origin = timeline.live ? end : start;
    const min = start - origin;
    const max = end - origin;
    const following = timeline.live && timeline.atLive && end - position < BEHIND;
    const value = this.#sought ?? (following ? max : position - origin);
    return { min, max, value: Math.min(max, Math.max(min, value)) };
  }

  #wantedPosition(timeline: ProgramTimeline): number {
    const origin = timeline.live ? timeline.end : timeline.start;
    return this.#sought === null ? timeline.position : origin + this.#sought;
  }

  #spoken(timeline: ProgramTimeline, value: number): string {
    if (!timeline.live) return msg(str`${clockTime(value)} of ${clockTime(timeline.end - timeline.start)}`);
    return value > -BEHIND ? msg('Live') : msg(str`${clockTime(-value)} behind live`);
  }

  readonly #handleScrub = (event: Event): void => {
    this.#seek(Number((event.currentTarget as HTMLInputElement).value));
    this.#host.requestUpdate();
  };

  readonly #handleScrubbed = (event: Event): void => {
    const value = Number((event.currentTarget as HTMLInputElement).value);
    const timeline = this.#store()?.playback.timeline.peek();
    if (!timeline) return;
    this.#seek(value);
    this.#command({ type: 'seek', position: (timeline.live ? timeline.end : timeline.start) + value });
  };

  #seek(value: number): void {
    this.#sought = value;
    clearTimeout(this.#soughtTimer);
    this.#soughtTimer = setTimeout(() => {
      this.#sought = null;
      this.#host.requestUpdate();
    }, SOUGHT_MS);
  }

  #settle(timeline: ProgramTimeline): void {
    if (this.#sought === null) return;
    const pressed = this.#host.shadowRoot?.querySelector('.scrubber:active');
    const at = timeline.position - (timeline.live ? timeline.end : timeline.start);
    if (pressed || Math.abs(at - this.#sought) > 2) return;
    clearTimeout(this.#soughtTimer);
    this.#sought = null;
  }

  readonly #handleHover = (event: PointerEvent): void => {
    const area = event.currentTarget as HTMLElement;
    const scrubber = area.querySelector<HTMLInputElement>('.scrubber');
    const output = area.querySelector('output');
    const timeline = this.#store()?.playback.timeline.peek();
    if (!scrubber || !output || !timeline) return;
    const { left, width } = scrubber.getBoundingClientRect();
    const along = Math.min(1, Math.max(0, (event.clientX - left) / width));
    const share = getComputedStyle(area).direction === 'rtl' ? 1 - along : along;
    const seconds = (timeline.end - timeline.start) * share;
    const fromEnd = timeline.end - timeline.start - seconds;
    output.value = timeline.live ? (fromEnd < BEHIND ? msg('Live') : `−${clockTime(fromEnd)}`) : clockTime(seconds);
    output.style.setProperty('left', `${along * 100}%`);
  };

  #open(key: string, event: Event, label: string, content: () => MenuSection[]): void {
    void this.#menu.toggle(key, event.currentTarget as HTMLElement, label, content);
  }

  #qualityMenu(): MenuSection[] {
    const { levels = [], level, playing } = this.#store()?.playback.tracks.value ?? {};
    const height = levels.find(({ id }) => id === playing)?.height;
    const choose = (id: string | null) => () => this.#command({ type: 'chooseLevel', id });
    const auto = {
      label: msg('Automatic'),
      checked: level === null,
      handleSelect: choose(null),
      ...(level === null && height !== undefined && height > 0 ? { note: `${height}p` } : {}),
    };
    const items = [...levels]
      .sort((a, b) => b.height - a.height || b.bitrate - a.bitrate)
      .map(({ id, height: lines, bitrate }) => ({
        label: lines > 0 ? `${lines}p` : msg('Sound alone'),
        note: `${(bitrate / 1_000_000).toFixed(1)} Mbit/s`,
        checked: id === level,
        handleSelect: choose(id),
      }));
    return [{ label: msg('Quality'), items: [auto, ...items] }];
  }

  #captionMenu(): MenuSection[] {
    const { captions = [], caption } = this.#store()?.playback.tracks.value ?? {};
    const choose = (id: string | null) => () => this.#command({ type: 'chooseCaption', id });
    return [
      {
        label: msg('Captions'),
        items: [
          { label: msg('Off'), checked: caption === null, handleSelect: choose(null) },
          ...captions.map(({ id, label, language }) => ({
            label: label === '' ? language : label,
            checked: id === caption,
            handleSelect: choose(id),
          })),
        ],
      },
    ];
  }
}
