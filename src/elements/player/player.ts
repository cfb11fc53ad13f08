import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators/property.js';
import { offlineIcon } from '../../icons/offline.ts';
import { msg } from '../../locales/localization.ts';
import { selfRole } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import { RoomElement } from '../room-element.ts';
import { LazyPart } from '../lazy-part.ts';
import type { Recording } from '../../create-recording.ts';
import type { RoomContext } from '../../context/room-context.ts';
import type { PlayerChrome } from './player-chrome.ts';
import { playerPhase, type PlayerPhase } from './player-phase.ts';
import { isSilent } from './silence.ts';
import styles from './player.styles.ts';
import { renderSlate, slateFor, type Slate } from './slate.ts';

/** While there is, or is about to be, something to watch. */
const WITH_CHROME: ReadonlySet<PlayerPhase> = new Set(['waiting', 'live', 'broadcastOff', 'program']);
const loadRecording = () => import('./open-recording.ts');
/** While one is not in the room. */
const OUTSIDE: ReadonlySet<PlayerPhase> = new Set(['idle', 'connecting', 'over']);
const ON: ReadonlySet<PlayerPhase> = new Set(['live', 'program']);

/**
 * @summary The show as the audience sees it, with sound, full screen and picture-in-picture.
 *
 * Keys while the focus is inside: M mutes, F is full screen, I is picture-in-picture, up and down change the volume. In a
 * broadcast or a recording: K or space plays and pauses, J and L go ten seconds back and on, left and right five, 0 to 9 to that
 * tenth of it, Home to its beginning, End to its end or to live, C turns captions on and off.
 * Who is invited on stage sees themselves here too, and finds their microphone and camera in the bar.
 *
 * @attr {string} events - Address of what happened in the room while `src` was recorded, as JSON lines: `urls.events` of the
 *   recording. It happens again as far as the viewer has got, in elements that name this player by `for`: `<ils-chat for="player">`.
 *
 * @slot poster - Behind the words while there is no picture: an image of the show.
 * @slot slate - In place of those words.
 * @slot controls-start - In the bar, after the volume.
 * @slot controls-end - In the bar, before picture-in-picture.
 * @slot live-label - What the live badge says.
 *
 * @csspart base - The whole player.
 * @csspart surface - What holds the picture.
 * @csspart stage - The picture by WebRTC: an `<ils-stage>`.
 * @csspart video - The picture of a broadcast or a recording.
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
 * @csspart behind-badge - How far behind live the picture is.
 * @csspart sound - Stands in place of the picture where there is sound alone.
 * @csspart buffering - Turns while the picture is fetched.
 * @csspart viewers - How many look on.
 * @csspart title - The title of the show.
 * @csspart reconnecting - Says that the connection is coming back.
 * @csspart unmute-button - Lets held back sound begin.
 * @csspart controls - The bar at the bottom.
 * @csspart stage-controls - In it, microphone and camera of one who is on stage: an `<ils-controls>`.
 * @csspart mute-button - Silences the show.
 * @csspart volume - The volume slider.
 * @csspart play-button - Plays and pauses.
 * @csspart scrubber - The slider for the position.
 * @csspart scrubber-time - What lies under the pointer there.
 * @csspart time - Position and length of a recording.
 * @csspart live-button - Goes to where it is live.
 * @csspart captions-button - Opens the choice of captions.
 * @csspart quality-button - Opens the choice of qualities.
 * @csspart menu - What they open.
 * @csspart menu-item - One line of it.
 * @csspart picture-in-picture-button - Takes the picture out of the page.
 * @csspart fullscreen-button - Fills the screen.
 * @csspart icon - Any icon that is not slotted.
 *
 * @cssproperty [--ils-player-radius=12px] - Its corners.
 * @cssproperty [--ils-player-background] - Behind everything.
 * @cssproperty [--ils-player-fit=contain] - `object-fit` of a broadcast or a recording.
 * @cssproperty [--ils-player-scrubber-color] - What of the scrubber has been seen.
 *
 * @cssstate idle - Not asked to join yet.
 * @cssstate connecting - Joining.
 * @cssstate waiting - Nobody is live yet.
 * @cssstate live - There is a picture.
 * @cssstate unsupported - This browser has no WebRTC.
 * @cssstate broadcastOff - The broadcast has not started.
 * @cssstate program - The broadcast or a recording plays.
 * @cssstate broadcastOver - The broadcast has ended.
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
 * @event {IlsProgramRequestEvent} ils-program-request - The reader plays, pauses or seeks, or chooses quality or captions.
 * @event {IlsSourceExpiredEvent} ils-source-expired - The address in `src` is no longer signed; set a fresh one.
 * @event {IlsResumePlaybackRequestEvent} ils-resume-playback-request - The reader lets held back sound begin.
 */
export class IlsPlayer extends RoomElement {
  static override styles = styles;

  /** Plays this address in place of a room: a recording (`.mp4`), or HLS (`.m3u8`), live or not. */
  @property() src = '';
  /** Draws no controls; the page brings its own. */
  @property({ type: Boolean, attribute: 'no-controls' }) noControls = false;
  /** Shows no number of viewers. */
  @property({ type: Boolean, attribute: 'no-viewers' }) noViewers = false;
  /** Milliseconds without a movement after which the controls hide. */
  @property({ type: Number, attribute: 'hide-after-ms' }) hideAfterMs = 3_000;

  readonly #internals = this.attachInternals();
  readonly #chrome = new LazyPart<PlayerChrome>(
    async () => {
      const [{ PlayerChrome: Chrome }] = await Promise.all([
        import('./player-chrome.ts'),
        // The chrome asks for the one that it needs; side by side it comes sooner.
        this.#watchesBroadcast ? import('./program-chrome.ts') : import('./stage-layer.ts'),
      ]);
      return new Chrome(this, () => this.#context);
    },
    () => this.requestUpdate(),
  );
  readonly #recording = new LazyPart<Recording>(
    async () => (await loadRecording()).openRecording(this),
    () => this.requestUpdate(),
  );
  #phase: PlayerPhase = 'connecting';

  /** Performs the requests that `target` fires, as far as a recording may; settles once what plays `src` is there for it. */
  async listenTo(target: EventTarget, signal: AbortSignal): Promise<void> {
    await (await loadRecording()).joinRecording(this, target, signal);
  }

  /** The picture in the main place; `null` while there is none. */
  get video(): HTMLVideoElement | null {
    return this.#chrome.value?.video ?? null;
  }

  /** Without a room, what plays `src`. */
  get #context(): RoomContext | undefined {
    return this.src === '' ? this.room : this.#recording.value;
  }

  get #watchesBroadcast(): boolean {
    return this.src !== '' || (this.room !== undefined && selfRole(this.room.store)?.watch === 'hls');
  }

  protected override render(): TemplateResult {
    const store = this.#context?.store;
    const phase = this.#phaseNow(store);
    const aboutToWatch = store?.connection.aboutToWatch.value === true;
    if (aboutToWatch || !OUTSIDE.has(phase)) this.#chrome.need();
    const chrome = this.#chrome.value;
    const slate = this.#slateOf(phase, store);
    const quiet = chrome?.isQuiet === true && ON.has(phase) && slate === undefined;
    this.#setStates(phase, {
      reconnecting: store?.connection.state.value === 'reconnecting',
      quiet,
      muted: store !== undefined && isSilent(store),
      fullscreen: chrome?.isFullscreen === true,
    });
    const heading = phase === 'over' || phase === 'blind' ? '' : (store?.connection.title.value ?? '');
    const shown = ON.has(phase) ? chrome : undefined;
    return html`<section
      part="base"
      class="base ${quiet ? 'quiet' : ''} ${this.noControls ? '' : 'with-controls'}"
      tabindex="0"
      aria-label=${msg('Player')}
      @keydown=${chrome?.handleKeydown}
      @pointermove=${chrome?.handlePointermove}
      @pointerleave=${chrome?.handlePointerleave}
      @focusin=${chrome?.handleFocusin}
    >
      <div
        part="surface"
        class="surface"
        @click=${chrome?.handleSurfaceClick}
        @dblclick=${chrome?.handleSurfaceDoubleClick}
      >
        ${chrome?.renderLayers(phase, store) ?? nothing}
      </div>
      ${slate === undefined && shown === undefined ? renderSkeleton() : nothing}
      ${slate === undefined ? nothing : renderSlate(slate, heading)}
      ${store !== undefined && (aboutToWatch || WITH_CHROME.has(phase)) ? (chrome?.render(store, phase) ?? nothing) : nothing}
    </section>`;
  }

  #phaseNow(store: Store | undefined): PlayerPhase {
    if (this.src === '') return playerPhase(store);
    this.#recording.need();
    return store === undefined ? 'connecting' : 'program';
  }

  #slateOf(phase: PlayerPhase, store: Store | undefined): Slate | undefined {
    const chrome = this.#chrome.value;
    const failed = [this.#chrome, this.#recording, ...(chrome?.parts ?? [])].filter(({ hasFailed }) => hasFailed);
    if (failed.length > 0 && !OUTSIDE.has(phase))
      return {
        icon: offlineIcon,
        title: msg('The player could not be loaded'),
        text: msg('Check your connection.'),
        action: { label: msg('Try again'), handleClick: () => failed.forEach((part) => part.retry()) },
      };
    if (store === undefined) return undefined;
    return slateFor(phase, this, store) ?? chrome?.slate(phase, store);
  }

  #setStates(phase: PlayerPhase, others: Readonly<Record<string, boolean>>): void {
    const { states } = this.#internals;
    if (this.#phase !== phase) states.delete(this.#phase);
    this.#phase = phase;
    states.add(phase);
    for (const [name, on] of Object.entries(others)) {
      states[on ? 'add' : 'delete'](name);
    }
  }
}

function renderSkeleton(): TemplateResult {
  return html`<div class="skeleton" part="skeleton" role="status">
    <span class="visually-hidden">${msg('Loading…')}</span>
  </div>`;
}
