import { effect } from '@preact/signals-core';
import { keepsFocus } from '../../controllers/keeps-focus.ts';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators/property.js';
import { state } from 'lit/decorators/state.js';
import { live } from 'lit/directives/live.js';
import { IlsJoinRequestEvent } from '../../events/connection-requests.ts';
import {
  IlsMuteSourceRequestEvent,
  IlsStartSourceRequestEvent,
  IlsStopSourceRequestEvent,
} from '../../events/media-requests.ts';
import { icon } from '../../icons/icon.ts';
import { errorIcon } from '../../icons/error.ts';
import { signalHighIcon } from '../../icons/signal-high.ts';
import { signalLowIcon } from '../../icons/signal-low.ts';
import { signalMediumIcon } from '../../icons/signal-medium.ts';
import { signalZeroIcon } from '../../icons/signal-zero.ts';
import { msg, str } from '../../locales/localization.ts';
import { self, selfRole } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import { connectionMessage, type ConnectionMessage } from '../connection-message.ts';
import { RoomElement } from '../room-element.ts';
import { TilePicture } from '../tile/tile-picture.ts';
import { checkNetwork, type NetworkResult } from './network-check.ts';
import { renderDeviceSelect } from './preview-devices.ts';
import { renderFailure, renderPicture, type PreviewSource } from './preview-picture.ts';
import styles from './preview.styles.ts';
import { rememberChoice, rememberedChoice, type Choice } from './remembered-choice.ts';
import { roomHints, type RoomHints } from './room-hints.ts';
import { playTestSound } from './test-sound.ts';

const SOURCES: readonly PreviewSource[] = ['camera', 'microphone'];
/** Built-in roles without a place on stage; of a room's own roles the token tells nothing. */
const LOOKING_ON: ReadonlySet<string | undefined> = new Set(['viewer', 'audience', 'producer']);

/**
 * @summary Before joining: one's own picture and sound level, the choice of devices, a name, and the button that joins.
 *
 * It is in sight until one is in the room. Devices that were on the last time are opened by themselves, otherwise on a press.
 * A role that publishes nothing is asked for no devices.
 *
 * @slot heading - Over the form, in place of “Ready to join?”.
 * @slot consent - Above the button: what the reader agrees to.
 * @slot join-label - On the button.
 * @slot camera-icon - On the camera's button while it is on.
 * @slot camera-off-icon - On the camera's button while it is off.
 * @slot microphone-icon - On the microphone's button while it is on.
 * @slot microphone-off-icon - On the microphone's button while it is off.
 *
 * @csspart base - The whole card.
 * @csspart picture - What holds one's own picture.
 * @csspart video - The picture.
 * @csspart avatar - The initials where there is none.
 * @csspart name - One's name over it.
 * @csspart toggles - The two buttons over it.
 * @csspart toggle - Each of them.
 * @csspart camera-toggle - The camera's.
 * @csspart microphone-toggle - The microphone's.
 * @csspart level - How loud one is.
 * @csspart ask - Asks whether to open camera and microphone.
 * @csspart open-button - Opens them.
 * @csspart failure - What went wrong with a device.
 * @csspart retry-button - Tries it again.
 * @csspart test-button - Uses a generated picture and tone instead.
 * @csspart form - Name, devices and the button.
 * @csspart heading - Over the form.
 * @csspart name-field - The field for the name.
 * @csspart device - One kind of device.
 * @csspart device-select - The list of it.
 * @csspart test-sound-button - Plays a few notes.
 * @csspart network - How the connection is.
 * @csspart error - Why joining did not work.
 * @csspart join-button - Joins.
 * @csspart icon - Any icon that is not slotted.
 *
 * @cssstate joined - One is in the room; the preview is out of sight.
 * @cssstate joining - On the way in.
 * @cssstate without-devices - The role publishes nothing.
 *
 * @event {IlsJoinRequestEvent} ils-join-request - The reader wants to join, under the name given.
 * @event {IlsStartSourceRequestEvent} ils-start-source-request - A device shall be opened.
 * @event {IlsStopSourceRequestEvent} ils-stop-source-request - The camera shall be closed.
 * @event {IlsMuteSourceRequestEvent} ils-mute-source-request - The microphone shall be silent, or heard again.
 * @event {IlsSelectDeviceRequestEvent} ils-select-device-request - Another device is chosen.
 * @event {IlsTestMediaRequestEvent} ils-test-media-request - A generated picture and tone shall stand in.
 */
export class IlsPreview extends RoomElement {
  static override styles = styles;

  /** Asks for no camera and microphone: for pages whose readers only watch. */
  @property({ type: Boolean, attribute: 'no-devices' }) noDevices = false;
  /** Shows no field for a name. Without it there is one where neither page nor token names the reader. */
  @property({ type: Boolean, attribute: 'no-name' }) noName = false;
  /** Does not look how far away the server is. */
  @property({ type: Boolean, attribute: 'no-network-check' }) noNetworkCheck = false;

  @state() private name = '';
  @state() private network: NetworkResult | undefined;
  @state() private soundPlays = false;
  private get videoElement(): HTMLVideoElement | null {
    return this.shadowRoot?.querySelector<HTMLVideoElement>('video') ?? null;
  }
  private get pictureElement(): HTMLElement | null {
    return this.shadowRoot?.querySelector<HTMLElement>('.picture') ?? null;
  }

  readonly #internals = this.attachInternals();
  readonly #picture = new TilePicture(this, () => this.videoElement);
  #hints: RoomHints = { server: undefined, isNamed: false, role: undefined };
  #begun: Store | undefined;
  #stopLevel: (() => void) | undefined;

  constructor() {
    super();
    keepsFocus(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#begun = undefined;
    this.name = rememberedChoice()?.name ?? '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watchLevel(undefined);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.#begun !== this.room?.store) this.#hints = roomHints(this, this.for);
  }

  protected override render(): TemplateResult | typeof nothing {
    const store = this.room?.store;
    const connection = store?.connection.state.value ?? 'idle';
    const isIn = connection === 'joined' || connection === 'reconnecting';
    const sources = store === undefined ? [] : this.#sourcesOf(store);
    this.#setStates({ joined: isIn, joining: connection === 'connecting', 'without-devices': sources.length === 0 });
    if (store === undefined || isIn) return nothing;
    const local = store.localMedia.sources.value;
    return html`<form part="base" class="base" aria-label=${msg('Join')} @submit=${this.#handleSubmit}>
      ${
        sources.length === 0
          ? nothing
          : renderPicture({
              host: this,
              store,
              sources,
              name: this.#shownName(store),
              hasFrame: this.#picture.hasFrame,
              handleToggle: (source) => this.#toggle(store, source),
              handleOpenAll: () => this.#open(sources),
            })
      }
      <div part="form" class="form">
        <h2 part="heading" class="heading"><slot name="heading">${msg('Ready to join?')}</slot></h2>
        ${this.#wantsName() ? this.#renderNameField() : nothing}
        ${sources.includes('camera') ? renderDeviceSelect(this, store, 'camera') : nothing}
        ${sources.includes('microphone') ? renderDeviceSelect(this, store, 'microphone') : nothing}
        ${
          sources.includes('microphone') && local.microphone.status === 'failed' && !this.#failedTogether(store)
            ? renderFailure({ host: this, store }, 'microphone')
            : nothing
        }
        ${sources.length === 0 ? nothing : renderDeviceSelect(this, store, 'speaker', this.#renderTestSoundButton(store))}
        ${this.network === undefined ? nothing : renderNetwork(this.network)}
        ${this.#renderError(connectionMessage(store))}
        <slot name="consent"></slot>
        ${this.#renderJoinButton(store, connection === 'connecting')}
      </div>
    </form>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const { room } = this;
    if (room === undefined) return;
    if (this.#begun !== room.store) this.#begin(room.store);
    const { camera, microphone } = room.store.localMedia.sources.value;
    if (camera.status === 'live' && this.videoElement !== null)
      this.#picture.show(`camera ${camera.track?.id ?? ''}`, room, (video) =>
        room.actions.attachSource('camera', video),
      );
    else this.#picture.clear();
    this.#watchLevel(microphone.status === 'live' && this.pictureElement !== null ? room.store : undefined);
  }

  /** What there is to do once, as soon as the room is found. */
  #begin(store: Store): void {
    this.#begun = store;
    const state = store.connection.state.peek();
    if (state === 'joined' || state === 'reconnecting') return;
    const { server } = this.#hints;
    const { scope } = this;
    if (server !== undefined && !this.noNetworkCheck)
      void checkNetwork(server, scope).then((network) => {
        if (!scope.aborted) this.network = network;
      });
    const sources = this.#sourcesOf(store);
    if (sources.length === 0) return;
    void this.room?.actions.refreshDevices();
    void this.#openAgain(sources, scope);
  }

  /** Opens what was on the last time, or what the browser has been allowed for good; asks for nothing by itself otherwise. */
  async #openAgain(sources: readonly PreviewSource[], scope: AbortSignal): Promise<void> {
    const choice = rememberedChoice();
    const allowed = await Promise.all(sources.map((source) => isAllowed(source)));
    if (scope.aborted) return;
    const local = this.room?.store.localMedia.sources.peek();
    const wanted = sources.filter((source, index) => allowed[index] === true && (choice?.[source] ?? true));
    this.#open(wanted.filter((source) => local?.[source].status === 'off'));
  }

  #open(sources: readonly PreviewSource[]): void {
    const local = this.room?.store.localMedia.sources.peek();
    for (const source of sources)
      if (local?.[source].status === 'off' || local?.[source].status === 'failed')
        this.dispatchEvent(new IlsStartSourceRequestEvent(source));
  }

  #toggle(store: Store, source: PreviewSource): void {
    const { status } = store.localMedia.sources.peek()[source];
    if (status === 'muted') this.dispatchEvent(new IlsMuteSourceRequestEvent(source, false));
    else if (status !== 'live') this.dispatchEvent(new IlsStartSourceRequestEvent(source));
    // The light of a camera has to go out; a microphone is sooner back when it stays open.
    else if (source === 'camera') this.dispatchEvent(new IlsStopSourceRequestEvent(source));
    else this.dispatchEvent(new IlsMuteSourceRequestEvent(source, true));
  }

  #sourcesOf(store: Store): readonly PreviewSource[] {
    if (this.noDevices || !store.localMedia.supported.value) return [];
    const role = selfRole(store);
    if (role !== null) return SOURCES.filter((source) => role.publish.includes(source));
    return LOOKING_ON.has(this.#hints.role) ? [] : SOURCES;
  }

  #wantsName(): boolean {
    return !this.noName && !this.#hints.isNamed;
  }

  #shownName(store: Store): string {
    return this.#wantsName() ? this.name.trim() : (self(store)?.name ?? '');
  }

  /** One sentence is enough where both failed for the same reason. */
  #failedTogether(store: Store): boolean {
    const { camera, microphone } = store.localMedia.sources.value;
    return camera.status === 'failed' && camera.error === microphone.error;
  }

  #renderNameField(): TemplateResult {
    return html`<label class="field">
      <span class="label">${msg('Your name')}</span>
      <input
        part="name-field"
        class="input"
        name="name"
        autocomplete="name"
        maxlength="64"
        required
        .value=${live(this.name)}
        @input=${(event: Event) => {
          this.name = (event.currentTarget as HTMLInputElement).value;
        }}
      />
    </label>`;
  }

  #renderTestSoundButton(store: Store): TemplateResult {
    const handleClick = async () => {
      this.soundPlays = true;
      await playTestSound(store.localMedia.selected.peek().speaker).catch(() => undefined);
      this.soundPlays = false;
    };
    return html`<button
      type="button"
      part="test-sound-button"
      class="button outlined"
      aria-label=${msg('Test the speaker')}
      ?disabled=${this.soundPlays}
      @click=${handleClick}
    >
      ${msg('Test')}
    </button>`;
  }

  #renderError(message: ConnectionMessage | undefined): TemplateResult | typeof nothing {
    const isGoodbye = this.room?.store.connection.state.value === 'left';
    if (message === undefined || isGoodbye) return nothing;
    return html`<div part="error" class="banner danger" role="alert">
      ${icon(errorIcon)}
      <span><strong>${message.title}.</strong> ${message.text ?? ''}</span>
    </div>`;
  }

  #renderJoinButton(store: Store, joining: boolean): TemplateResult | typeof nothing {
    const message = connectionMessage(store);
    if (message !== undefined && message.action === undefined) return nothing;
    const label = joining ? msg('Joining…') : (message?.action ?? msg('Join'));
    return html`<button type="submit" part="join-button" class="button primary large join" ?disabled=${joining}>
      <slot name="join-label">${label}</slot>
    </button>`;
  }

  readonly #handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const store = this.room?.store;
    if (store === undefined) return;
    const { camera, microphone } = store.localMedia.sources.peek();
    const name = this.name.trim();
    const choice: Choice = { camera: isOn(camera.status), microphone: isOn(microphone.status), name };
    if (this.#sourcesOf(store).length > 0 || name !== '') rememberChoice(choice);
    this.dispatchEvent(new IlsJoinRequestEvent(this.#wantsName() && name !== '' ? name : undefined));
  };

  #watchLevel(store: Store | undefined): void {
    if (store !== undefined && this.#stopLevel !== undefined) return;
    this.#stopLevel?.();
    this.#stopLevel = undefined;
    this.pictureElement?.style.setProperty('--_level', '0');
    if (store === undefined) return;
    this.#stopLevel = effect(() => {
      this.pictureElement?.style.setProperty('--_level', store.localMedia.microphoneLevel.value.toFixed(2));
    });
  }

  #setStates(states: Readonly<Record<string, boolean>>): void {
    for (const [name, on] of Object.entries(states)) {
      if (on) this.#internals.states.add(name);
      else this.#internals.states.delete(name);
    }
  }
}

const isOn = (status: string): boolean => status === 'live' || status === 'starting';

/** Whether the browser opens a device without a question. Where it does not tell, it would ask. */
async function isAllowed(source: PreviewSource): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name: source })).state === 'granted';
  } catch {
    return false;
  }
}

function renderNetwork(result: NetworkResult): TemplateResult {
  const [picture, text] =
    result.state === 'unreachable'
      ? [signalZeroIcon, msg('The server does not answer')]
      : result.state === 'good'
        ? [signalHighIcon, msg(str`Your connection is good (${result.roundTripMs} ms)`)]
        : result.state === 'fair'
          ? [signalMediumIcon, msg(str`Your connection is fair (${result.roundTripMs} ms)`)]
          : [signalLowIcon, msg(str`Your connection is slow (${result.roundTripMs} ms)`)];
  return html`<p part="network" class="network ${result.state}">${icon(picture)} ${text}</p>`;
}
