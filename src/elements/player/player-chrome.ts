import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { icon } from '../../icons/icon.ts';
import { fullscreenExitIcon } from '../../icons/fullscreen-exit.ts';
import { fullscreenIcon } from '../../icons/fullscreen.ts';
import { participantsIcon } from '../../icons/participants.ts';
import { pictureInPictureIcon } from '../../icons/picture-in-picture.ts';
import { spinnerIcon } from '../../icons/spinner.ts';
import { volumeHighIcon } from '../../icons/volume-high.ts';
import { volumeLowIcon } from '../../icons/volume-low.ts';
import { volumeOffIcon } from '../../icons/volume-off.ts';
import { formatCompactCount } from '../../locales/compact-count.ts';
import { counted } from '../../locales/counted.ts';
import { languageOf, msg, str } from '../../locales/localization.ts';
import type { BroadcastView } from '../../protocol/index.ts';
import { airedBroadcast, selfRole } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import type { RoomContext } from '../../context/room-context.ts';
import { defineElement } from '../define-element.ts';
import { countViewers } from './count-viewers.ts';
import { Fullscreen } from './fullscreen.ts';
import { IdleTimer } from './idle-timer.ts';
import { LazyPart } from '../lazy-part.ts';
import styles from './player-chrome.styles.ts';
import { commandOf, type PlayerCommand } from './player-keys.ts';
import { PlayerLayers, type LayerPlan } from './player-layers.ts';
import type { PlayerPhase } from './player-phase.ts';
import { PlayerSound } from './player-sound.ts';
import type { ProgramChrome } from './program-chrome.ts';
import type { Slate } from './slate.ts';
import { slateBefore } from './waiting-slate.ts';
import { isSilent } from './silence.ts';

/** Of an address: in its query, or in its path, as the room's server signs. */
const SIGNATURE = /\?.*|(?<=\/)signed\/[^/]+\//g;

/** The player as its chrome sees it. */
export interface ChromeHost extends ReactiveControllerHost, HTMLElement {
  readonly for: string;
  readonly src: string;
  readonly noControls: boolean;
  readonly noViewers: boolean;
  readonly hideAfterMs: number;
  readonly video: HTMLVideoElement | null;
}

/** The pictures and all that lies over them. Loaded once there will be something to watch. */
export class PlayerChrome implements ReactiveController {
  readonly #host: ChromeHost;
  /** As it was drawn last. */
  #phase: PlayerPhase = 'connecting';
  readonly #context: () => RoomContext | undefined;
  readonly #stagePart: LazyPart<true>;
  readonly #programPart: LazyPart<ProgramChrome>;
  readonly #failedSlate: LazyPart<(view: BroadcastView) => Slate>;
  readonly #layers: PlayerLayers;
  readonly #idle: IdleTimer;
  readonly #fullscreen: Fullscreen;
  readonly #sound: PlayerSound;
  readonly #controls: LazyPart<boolean>;

  constructor(host: ChromeHost, context: () => RoomContext | undefined) {
    this.#host = host;
    this.#context = context;
    const update = () => host.requestUpdate();
    this.#stagePart = new LazyPart(async () => (await import('./stage-layer.ts')).defineStage(), update);
    this.#programPart = new LazyPart(async () => {
      const { ProgramChrome: Chrome } = await import('./program-chrome.ts');
      return new Chrome(host, () => context()?.store);
    }, update);
    this.#failedSlate = new LazyPart(async () => (await import('./failed-slate.ts')).failedSlate, update);
    host.addController(this);
    this.#layers = new PlayerLayers(host, context);
    this.#idle = new IdleTimer(host, () => host.hideAfterMs);
    this.#fullscreen = new Fullscreen(host);
    this.#sound = new PlayerSound(host, () => this.#store()?.playback);
    this.#controls = new LazyPart(loadControls, update);
    const { styleSheet } = styles;
    const { shadowRoot } = host;
    if (styleSheet !== undefined && shadowRoot !== null)
      shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, styleSheet];
  }

  /** Nobody has moved for a while. */
  get isQuiet(): boolean {
    return this.#idle.idle;
  }

  get isFullscreen(): boolean {
    return this.#fullscreen.isOn;
  }

  /** The picture in front; `null` while there is none. */
  get video(): HTMLVideoElement | null {
    return this.#layers.video;
  }

  /** What is loaded when it is first needed. */
  get parts(): readonly Pick<LazyPart<unknown>, 'hasFailed' | 'retry'>[] {
    return [this.#stagePart, this.#programPart, this.#failedSlate];
  }

  slate(phase: PlayerPhase, store: Store): Slate | undefined {
    if (phase === 'program') return this.#programPart.value?.slate(store);
    const view = airedBroadcast(store);
    if (phase !== 'broadcastOff' || view?.state !== 'HLS_FAILED') return slateBefore(phase, this.#host, store);
    this.#failedSlate.need();
    return this.#failedSlate.value?.(view);
  }

  renderLayers(phase: PlayerPhase, store: Store | undefined): TemplateResult {
    this.#phase = phase;
    const plan = this.#planOf(phase, store);
    if (plan !== undefined) this.#layers.want(plan);
    // What stands there before there is anybody to show is out of reach.
    return this.#layers.render(isAhead(phase));
  }

  hostDisconnected(): void {
    // A move through the page must not interrupt the picture.
    queueMicrotask(() => {
      if (this.#host.isConnected) return;
      this.#layers.close();
      this.#program?.rest();
    });
  }

  /** Ahead of the room it is drawn out of sight: templates and fonts take long, just when the first picture is to come. */
  render(store: Store, phaseNow: PlayerPhase): TemplateResult {
    const phase = isAhead(phaseNow) ? 'live' : phaseNow;
    const { noControls } = this.#host;
    if (mayGoOnStage(store) && !noControls) this.#controls.need();
    const program = this.#programIn(store, phase);
    const pictured = phase !== 'program' || program !== undefined;
    return html`${program?.renderStatus(store) ?? nothing}
    ${this.#renderTop(store, phase, store.connection.state.value === 'reconnecting')}
    ${isOn(phase) && pictured && store.playback.blocked.value ? this.#renderUnmuteButton() : nothing}
    ${noControls ? nothing : this.#renderControls(store, phase)}`;
  }

  /** What no attribute can say without a policy that allows style attributes. */
  hostUpdated(): void {
    const store = this.#store();
    if (store === undefined) return;
    const { playback } = store;
    this.#layers.updated();
    if (this.#phase === 'program') this.#program?.updated(store);
    else this.#program?.rest();
    const slider = this.#host.shadowRoot?.querySelector<HTMLElement>('.volume');
    slider?.style.setProperty('--_share', String(playback.muted.value ? 0 : playback.volume.value));
  }

  #renderTop(store: Store, phase: PlayerPhase, reconnecting: boolean): TemplateResult {
    const isLive = phase === 'live' && !reconnecting;
    const program = this.#programIn(store, phase);
    const viewers = countViewers(store);
    const language = languageOf(this.#host);
    const shownViewers = counted(viewers, language, formatCompactCount(viewers, language));
    return html`<div part="top" class="top">
      ${isLive ? html`<span part="live-badge" class="live-badge"><slot name="live-label">${msg('Live')}</slot></span>` : nothing}
      ${program?.renderBadge(store) ?? nothing}
      ${
        this.#host.noViewers || store.participants.selfId.value === null
          ? nothing
          : html`<span
              part="viewers"
              class="viewers tabular"
              role="img"
              aria-label=${msg(str`${shownViewers} watching`)}
            >
              ${icon(participantsIcon)}${String(shownViewers)}
            </span>`
      }
      ${isLive || program !== undefined ? html`<span part="title" class="title truncate">${store.connection.title.value}</span>` : nothing}
      ${
        reconnecting
          ? html`<span part="reconnecting" class="reconnecting" role="status"
              >${icon(spinnerIcon)}${msg('Reconnecting…')}</span
            >`
          : nothing
      }
    </div>`;
  }

  #renderUnmuteButton(): TemplateResult {
    return html`<button type="button" part="unmute-button" class="unmute" @click=${() => this.#sound.resume()}>
      ${icon(volumeOffIcon)} ${msg('Tap to unmute')}
    </button>`;
  }

  #renderControls(store: Store, phase: PlayerPhase): TemplateResult {
    const isLive = phase === 'live' || this.#programIn(store, phase) !== undefined;
    const program = this.#programIn(store, phase);
    const onStage = mayGoOnStage(store);
    return html`<div part="controls" class="controls" @click=${(event: Event) => event.stopPropagation()}>
      ${program?.renderScrubber(store) ?? nothing} ${program?.renderPlayButton(store) ?? nothing}
      ${isLive ? this.#renderVolume(store) : nothing} ${program?.renderTime(store) ?? nothing}
      <slot name="controls-start"></slot>
      ${
        onStage && this.#controls.value === true
          ? html`<ils-controls part="stage-controls" .for=${this.#host.for}></ils-controls>`
          : nothing
      }
      <span class="space"></span>
      <slot name="controls-end"></slot>
      ${program?.renderMenus(store) ?? nothing}
      ${
        isLive && mayFloat() && program?.isSoundAlone(store) !== true
          ? html`<button
              type="button"
              part="picture-in-picture-button"
              class="icon-button"
              aria-label=${msg('Picture-in-picture')}
              aria-keyshortcuts="I"
              @click=${() => this.#perform('pictureInPicture')}
            >
              ${icon(pictureInPictureIcon)}
            </button>`
          : nothing
      }
      ${
        this.#fullscreen.isPossible
          ? html`<button
              type="button"
              part="fullscreen-button"
              class="icon-button"
              aria-label=${this.#fullscreen.isOn ? msg('Leave full screen') : msg('Full screen')}
              aria-keyshortcuts="F"
              @click=${() => this.#perform('fullscreen')}
            >
              ${icon(this.#fullscreen.isOn ? fullscreenExitIcon : fullscreenIcon)}
            </button>`
          : nothing
      }
    </div>`;
  }

  #renderVolume(store: Store): TemplateResult {
    const silent = isSilent(store);
    const volume = store.playback.muted.value ? 0 : store.playback.volume.value;
    return html`<button
        type="button"
        part="mute-button"
        class="icon-button"
        aria-label=${silent ? msg('Unmute') : msg('Mute')}
        aria-keyshortcuts="M"
        @click=${() => this.#perform('mute')}
      >
        ${icon(silent ? volumeOffIcon : volume < 0.5 ? volumeLowIcon : volumeHighIcon)}
      </button>
      <input
        type="range"
        part="volume"
        class="volume"
        min="0"
        max="1"
        step="0.05"
        aria-label=${msg('Volume')}
        aria-valuetext=${msg(str`${Math.round(volume * 100)} percent`)}
        .value=${live(String(volume))}
        @input=${this.#handleVolumeInput}
      />`;
  }

  readonly handleKeydown = (event: KeyboardEvent): void => {
    this.#idle.touch();
    if (this.#host.noControls || this.#layers.showing === null) return;
    if (this.#layers.showing === 'program' && this.#program?.handleKey(event) === true) {
      event.preventDefault();
      return;
    }
    const command = commandOf(event);
    if (command === undefined) return;
    event.preventDefault();
    this.#perform(command);
  };

  get #program(): ProgramChrome | undefined {
    return this.#programPart.value;
  }

  /** Only while its picture is there, or is about to be. */
  #programIn(store: Store, phase: PlayerPhase): ProgramChrome | undefined {
    const { value } = this.#programPart;
    return phase === 'program' && value?.slate(store) === undefined ? value : undefined;
  }

  /** What should be in sight; `undefined` leaves what is there until the code for the next has come. */
  #planOf(phase: PlayerPhase, store: Store | undefined): LayerPlan | null | undefined {
    const ahead = isAhead(phase) && store?.connection.aboutToWatch.value === true;
    if (ahead || phase === 'waiting' || phase === 'live') this.#stagePart.need();
    if (phase === 'program' || phase === 'broadcastOff') this.#programPart.need();
    if (store === undefined || !(ahead || isOn(phase))) return null;
    if (phase !== 'program') return this.#stagePart.value ? { kind: 'stage', key: 'stage' } : undefined;
    const view = store.broadcast.view.value;
    const { value: rewinding } = store.playback.rewinding;
    const url = this.#host.src === '' ? view?.[rewinding ? 'playbackHlsUrl' : 'livestreamUrl'] : this.#host.src;
    // A fresh signature is no other programme.
    const key = `${url?.replace(SIGNATURE, '')} ${rewinding}`;
    return this.#programPart.value ? { kind: 'program', key } : undefined;
  }

  #perform(command: PlayerCommand): void {
    switch (command) {
      case 'mute':
        this.#sound.toggleMute();
        break;
      case 'louder':
        this.#sound.step(1);
        break;
      case 'quieter':
        this.#sound.step(-1);
        break;
      case 'fullscreen':
        void this.#fullscreen.toggle();
        break;
      case 'pictureInPicture':
        void this.#toggleFloating();
    }
  }

  #store(): Store | undefined {
    return this.#context()?.store;
  }

  async #toggleFloating(): Promise<void> {
    const { video } = this.#host;
    // The browser says no where the page may not, or the reader has just closed it.
    if (document.pictureInPictureElement !== null) await document.exitPictureInPicture().catch(() => undefined);
    else await video?.requestPictureInPicture().catch(() => undefined);
  }

  readonly #handleVolumeInput = (event: Event): void => {
    this.#sound.setVolume(Number((event.currentTarget as HTMLInputElement).value));
  };

  readonly handleFocusin = (): void => this.#idle.touch();

  readonly handlePointermove = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse') this.#idle.touch();
  };

  readonly handlePointerleave = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse') this.#idle.rest();
  };

  readonly handleSurfaceClick = (event: MouseEvent): void => {
    const wasBlocked = this.#store()?.playback.blocked.peek() === true;
    this.#sound.resume();
    if ('pointerType' in event && event.pointerType === 'mouse') {
      if (this.#layers.showing === 'program' && !wasBlocked && !this.#host.noControls)
        this.#program?.handlePictureClick();
      return;
    }
    // A finger shows the controls and puts them away again.
    if (this.#idle.idle) this.#idle.touch();
    else this.#idle.rest();
  };

  readonly handleSurfaceDoubleClick = (event: MouseEvent): void => {
    const onTile = event.composedPath().some((target) => target instanceof HTMLButtonElement);
    if (!onTile && !this.#host.noControls) void this.#fullscreen.toggle();
  };
}

/** Before the room has said what there is to watch. */
function isAhead(phase: PlayerPhase): boolean {
  return phase === 'idle' || phase === 'connecting';
}

/** There is a picture, or is about to be one. */
function isOn(phase: PlayerPhase): boolean {
  return phase === 'live' || phase === 'program';
}

function mayGoOnStage(store: Store): boolean {
  return (selfRole(store)?.publish.length ?? 0) > 0;
}

function mayFloat(): boolean {
  return typeof document === 'object' && document.pictureInPictureEnabled;
}

async function loadControls(): Promise<true> {
  const { IlsControls } = await import('../controls/controls.ts');
  defineElement('ils-controls', IlsControls);
  return true;
}
