import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import {
  fullscreenExitIcon,
  fullscreenIcon,
  icon,
  offlineIcon,
  participantsIcon,
  pictureInPictureIcon,
  spinnerIcon,
  volumeHighIcon,
  volumeLowIcon,
  volumeOffIcon,
} from '../../icons/index.ts';
import { formatCompactCount, languageOf, msg, str, updateWhenLocaleChanges } from '../../locales/localization.ts';
import { selfRole } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import { defineElement } from '../define-element.ts';
import { RoomElement } from '../room-element.ts';
import type { IlsStage } from '../stage/stage.ts';
import { Fullscreen } from './fullscreen.ts';
import { IdleTimer } from './idle-timer.ts';
import { commandOf, type PlayerCommand } from './player-keys.ts';
import { LazyPart } from './lazy-part.ts';
import { countViewers, playerPhase, type PlayerPhase } from './player-phase.ts';
import { isSilent, PlayerSound } from './player-sound.ts';
import styles from './player.styles.ts';
import { renderSlate, slateFor, type Slate } from './slate.ts';

/** While there is, or is about to be, something to watch. */
const WITH_CHROME: ReadonlySet<PlayerPhase> = new Set(['waiting', 'live']);
const PHASES: readonly PlayerPhase[] = [
  'idle',
  'connecting',
  'waiting',
  'live',
  'unsupported',
  'broadcastOff',
  'blind',
  'over',
];

/**
 * @summary The show as the audience sees it, with sound, full screen and picture-in-picture.
 *
 * Keys while the focus is inside: M mutes, F is full screen, I is picture-in-picture, up and down change the volume.
 * Who is invited on stage sees themselves here too, and finds their microphone and camera in the bar.
 *
 * @slot poster - Behind the words while there is no picture: an image of the show.
 * @slot slate - In place of those words.
 * @slot controls-start - In the bar, after the volume.
 * @slot controls-end - In the bar, before picture-in-picture.
 * @slot live-label - What the live badge says.
 *
 * @csspart base - The whole player.
 * @csspart surface - What holds the picture.
 * @csspart stage - The picture: an `<ils-stage>`.
 * @csspart tile - Each tile of it.
 * @csspart skeleton - Stands there while joining.
 * @csspart slate - Stands there while there is no picture.
 * @csspart slate-icon - Its icon.
 * @csspart slate-heading - The title of the show.
 * @csspart slate-title - What it says.
 * @csspart slate-text - What it says further.
 * @csspart slate-action - Its button.
 * @csspart top - The line over the picture.
 * @csspart live-badge - Says that this is live.
 * @csspart viewers - How many look on.
 * @csspart title - The title of the show.
 * @csspart reconnecting - Says that the connection is coming back.
 * @csspart unmute-button - Lets held back sound begin.
 * @csspart controls - The bar at the bottom.
 * @csspart mute-button - Silences the show.
 * @csspart volume - The volume slider.
 * @csspart picture-in-picture-button - Takes the picture out of the page.
 * @csspart fullscreen-button - Fills the screen.
 *
 * @cssproperty [--ils-player-radius=12px] - Its corners.
 * @cssproperty [--ils-player-background] - Behind everything.
 *
 * @cssstate idle - Not asked to join yet.
 * @cssstate connecting - Joining.
 * @cssstate waiting - Nobody is live yet.
 * @cssstate live - There is a picture.
 * @cssstate unsupported - This browser has no WebRTC.
 * @cssstate broadcastOff - The broadcast has not started.
 * @cssstate blind - The role watches nothing.
 * @cssstate over - Out of the room.
 * @cssstate reconnecting - The last picture stands while the connection comes back.
 * @cssstate muted - Nothing is heard.
 * @cssstate quiet - The controls are hidden, since nobody moves.
 * @cssstate fullscreen - It fills the screen.
 *
 * @event {IlsJoinRequestEvent} ils-join-request - The reader wants to join (again).
 * @event {IlsStartSourceRequestEvent} ils-start-source-request - The reader, on stage, goes live.
 * @event {IlsVolumeRequestEvent} ils-volume-request - The reader changes the volume.
 * @event {IlsPlaybackMuteRequestEvent} ils-playback-mute-request - The reader silences the show, or lets it be heard.
 * @event {IlsResumePlaybackRequestEvent} ils-resume-playback-request - The reader lets held back sound begin.
 */
export class IlsPlayer extends RoomElement {
  static override styles = styles;

  /** Draws no controls; the page brings its own. */
  @property({ type: Boolean, attribute: 'no-controls' }) noControls = false;
  /** Shows no number of viewers. */
  @property({ type: Boolean, attribute: 'no-viewers' }) noViewers = false;
  /** Milliseconds without a movement after which the controls hide. */
  @property({ type: Number, attribute: 'hide-after-ms' }) hideAfterMs = 3_000;

  @query('ils-stage') private stageElement!: IlsStage | null;
  @query('.volume') private volumeElement!: HTMLInputElement | null;

  readonly #internals = this.attachInternals();
  readonly #idle = new IdleTimer(this, () => this.hideAfterMs);
  readonly #fullscreen = new Fullscreen(this);
  readonly #sound = new PlayerSound(this, () => this.room?.store.playback);
  readonly #stage = new LazyPart(loadStage, () => this.requestUpdate());
  readonly #controls = new LazyPart(loadControls, () => this.requestUpdate());

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  /** The picture in the main place; `null` while there is none. */
  get video(): HTMLVideoElement | null {
    return this.stageElement?.mainVideo ?? null;
  }

  protected override render(): TemplateResult {
    const store = this.room?.store;
    const phase = playerPhase(store);
    const slate = this.#slateOf(phase, store);
    const reconnecting = store?.connection.state.value === 'reconnecting';
    const quiet = this.#idle.idle && phase === 'live';
    this.#setStates(phase, {
      reconnecting,
      quiet,
      muted: store !== undefined && isSilent(store),
      fullscreen: this.#fullscreen.isOn,
    });
    const heading = phase === 'over' || phase === 'blind' ? '' : (store?.connection.title.value ?? '');
    return html`<section
      part="base"
      class="base ${quiet ? 'quiet' : ''} ${this.noControls ? '' : 'with-controls'}"
      tabindex="0"
      aria-label=${msg('Player')}
      @keydown=${this.#handleKeydown}
      @pointermove=${this.#handlePointermove}
      @pointerleave=${this.#handlePointerleave}
      @focusin=${() => this.#idle.touch()}
    >
      <div
        part="surface"
        class="surface"
        @click=${this.#handleSurfaceClick}
        @dblclick=${this.#handleSurfaceDoubleClick}
      >
        ${
          phase === 'live' && this.#stage.isReady
            ? html`<ils-stage
                part="stage"
                exportparts="tile, main:tile"
                .for=${this.for}
                program
                no-messages
              ></ils-stage>`
            : nothing
        }
      </div>
      ${
        slate === undefined && !(phase === 'live' && this.#stage.isReady)
          ? html`<div class="skeleton" part="skeleton" role="status">
              <span class="visually-hidden">${msg('Loading…')}</span>
            </div>`
          : nothing
      }
      ${slate === undefined ? nothing : renderSlate(slate, heading)}
      ${store === undefined || !WITH_CHROME.has(phase) ? nothing : this.#renderTop(store, phase, reconnecting)}
      ${store !== undefined && phase === 'live' && store.playback.blocked.value ? this.#renderUnmuteButton() : nothing}
      ${store === undefined || this.noControls || !WITH_CHROME.has(phase) ? nothing : this.#renderControls(store, phase)}
    </section>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const store = this.room?.store;
    if (store === undefined) return;
    const phase = playerPhase(store);
    // A role that watches by WebRTC will need it, whoever is live by now.
    if (phase === 'live' || phase === 'waiting') this.#stage.need();
    if (mayGoOnStage(store) && !this.noControls) this.#controls.need();
    const { muted, volume } = store.playback;
    this.volumeElement?.style.setProperty('--_share', String(muted.peek() ? 0 : volume.peek()));
  }

  #slateOf(phase: PlayerPhase, store: Store | undefined): Slate | undefined {
    if (store === undefined) return undefined;
    if (phase === 'live' && this.#stage.hasFailed)
      return {
        icon: offlineIcon,
        title: msg('The player could not be loaded'),
        text: msg('Check your connection.'),
        action: { label: msg('Try again'), handleClick: () => this.#stage.retry() },
      };
    return slateFor(phase, this, store);
  }

  #renderTop(store: Store, phase: PlayerPhase, reconnecting: boolean): TemplateResult {
    const isLive = phase === 'live' && !reconnecting;
    const viewers = countViewers(store);
    const shownViewers = formatCompactCount(viewers, languageOf(this));
    return html`<div part="top" class="top">
      ${isLive ? html`<span part="live-badge" class="live-badge"><slot name="live-label">${msg('Live')}</slot></span>` : nothing}
      ${
        this.noViewers
          ? nothing
          : html`<span
              part="viewers"
              class="viewers tabular"
              role="img"
              aria-label=${msg(str`${shownViewers} watching`)}
            >
              ${icon(participantsIcon)}${shownViewers}
            </span>`
      }
      ${phase === 'live' ? html`<span part="title" class="title truncate">${store.connection.title.value}</span>` : nothing}
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
    const isLive = phase === 'live';
    const onStage = mayGoOnStage(store);
    return html`<div part="controls" class="controls" @click=${(event: Event) => event.stopPropagation()}>
      ${isLive ? this.#renderVolume(store) : nothing}
      <slot name="controls-start"></slot>
      <span class="space"></span>
      ${onStage && this.#controls.isReady ? html`<ils-controls part="stage-controls" .for=${this.for}></ils-controls><span class="space"></span>` : nothing}
      <slot name="controls-end"></slot>
      ${
        isLive && mayFloat()
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

  readonly #handleKeydown = (event: KeyboardEvent): void => {
    this.#idle.touch();
    const command = this.noControls ? undefined : commandOf(event);
    if (command === undefined || playerPhase(this.room?.store) !== 'live') return;
    event.preventDefault();
    this.#perform(command);
  };

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

  async #toggleFloating(): Promise<void> {
    const { video } = this;
    // The browser says no where the page may not, or the reader has just closed it.
    if (document.pictureInPictureElement !== null) await document.exitPictureInPicture().catch(() => undefined);
    else await video?.requestPictureInPicture().catch(() => undefined);
  }

  readonly #handleVolumeInput = (event: Event): void => {
    this.#sound.setVolume(Number((event.currentTarget as HTMLInputElement).value));
  };

  readonly #handlePointermove = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse') this.#idle.touch();
  };

  readonly #handlePointerleave = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse') this.#idle.rest();
  };

  readonly #handleSurfaceClick = (event: MouseEvent): void => {
    this.#sound.resume();
    if ('pointerType' in event && event.pointerType === 'mouse') return;
    // A finger shows the controls and puts them away again.
    if (this.#idle.idle) this.#idle.touch();
    else this.#idle.rest();
  };

  readonly #handleSurfaceDoubleClick = (event: MouseEvent): void => {
    const onTile = event.composedPath().some((target) => target instanceof HTMLButtonElement);
    if (!onTile && !this.noControls) void this.#fullscreen.toggle();
  };

  #setStates(phase: PlayerPhase, others: Readonly<Record<string, boolean>>): void {
    const { states } = this.#internals;
    for (const name of PHASES) if (name !== phase) states.delete(name);
    states.add(phase);
    for (const [name, on] of Object.entries(others)) {
      if (on) states.add(name);
      else states.delete(name);
    }
  }
}

function mayGoOnStage(store: Store): boolean {
  return (selfRole(store)?.publish.length ?? 0) > 0;
}

function mayFloat(): boolean {
  return typeof document === 'object' && document.pictureInPictureEnabled;
}

async function loadStage(): Promise<void> {
  const { IlsStage: Stage } = await import('../stage/stage.ts');
  defineElement('ils-stage', Stage);
}

async function loadControls(): Promise<void> {
  const { IlsControls } = await import('../controls/controls.ts');
  defineElement('ils-controls', IlsControls);
}
