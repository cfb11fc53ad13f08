import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators/property.js';
import { state } from 'lit/decorators/state.js';
import { keepsFocus } from '../../controllers/keeps-focus.ts';
import { NoticeController } from '../../controllers/notice.ts';
import { IlsLowerHandRequestEvent, IlsRaiseHandRequestEvent } from '../../events/hand-requests.ts';
import { IlsStartSourceRequestEvent, IlsStopSourceRequestEvent } from '../../events/media-requests.ts';
import { cameraIcon } from '../../icons/camera.ts';
import { cameraOffIcon } from '../../icons/camera-off.ts';
import { handIcon } from '../../icons/hand.ts';
import { hiddenIcon } from '../../icons/hidden.ts';
import { headsetIcon } from '../../icons/headset.ts';
import { icon, type IconNode } from '../../icons/icon.ts';
import { microphoneIcon } from '../../icons/microphone.ts';
import { microphoneOffIcon } from '../../icons/microphone-off.ts';
import { counted } from '../../locales/counted.ts';
import { formatCount, languageOf, msg, str } from '../../locales/localization.ts';
import type { RequestName, TalkbackVoice } from '../../protocol/index.ts';
import { may, mayPublish, selfRole } from '../../store/selectors.ts';
import type { ReadonlyFeature, Store } from '../../store/store.ts';
import badgeStyles from '../../styles/badge.styles.ts';
import baseStyles from '../../styles/base.styles.ts';
import buttonStyles from '../../styles/button.styles.ts';
import fieldStyles from '../../styles/field.styles.ts';
import stateStyles from '../../styles/state.styles.ts';
import { RoomElement } from '../room-element.ts';
import styles from './hand-raise.styles.ts';

/**
 * @summary Raises one's hand, with a note; says how many are before; and shows oneself while one waits backstage.
 *
 * @csspart base - Everything.
 * @csspart raise-button - Raises the hand, or opens the note.
 * @csspart note-form - Where the note is written.
 * @csspart note-input - Its field.
 * @csspart raised - Says that the hand is up.
 * @csspart place - One's place in the queue.
 * @csspart note - The note that was sent.
 * @csspart lower-button - Lowers the hand.
 * @csspart backstage - What stands there while one is backstage.
 * @csspart talkback - Says which host talks to oneself alone.
 * @csspart preview - One's own picture.
 * @csspart source-button - Turns camera or microphone on or off.
 * @csspart notice - Says what the server refused.
 * @csspart icon - Any icon.
 * @cssstate raised - One's hand is up.
 * @cssstate backstage - One is backstage.
 * @cssstate spoken-to - A host talks to oneself alone.
 * @event {IlsRaiseHandRequestEvent} ils-raise-hand-request - Raise one's hand.
 * @event {IlsLowerHandRequestEvent} ils-lower-hand-request - Lower it.
 * @event {IlsStartSourceRequestEvent} ils-start-source-request - Turn camera or microphone on, backstage.
 * @event {IlsStopSourceRequestEvent} ils-stop-source-request - Turn it off.
 */
export class IlsHandRaise extends RoomElement {
  static override styles = [...baseStyles, buttonStyles, badgeStyles, fieldStyles, stateStyles, styles];

  /** Raises the hand at once, without asking for a note. */
  @property({ type: Boolean, attribute: 'no-note', reflect: true }) noNote = false;

  @state() private isWriting = false;
  private get video(): HTMLVideoElement | null {
    return this.shadowRoot?.querySelector<HTMLVideoElement>('video') ?? null;
  }

  readonly #internals = this.attachInternals();
  readonly #notices = new NoticeController(this, () => this.room);
  #attached: HTMLVideoElement | null = null;
  #detach = (): void => {};

  constructor() {
    super();
    keepsFocus(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#show(null);
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    this.#show(this.video);
    if (changed.has('isWriting') && this.isWriting) this.renderRoot.querySelector('input')?.focus();
  }

  protected override render(): TemplateResult {
    const { room } = this;
    room?.use('hands');
    const store = room?.store;
    const slice = store?.features.loaded.value.hands;
    const connection = store?.connection.state.value ?? 'idle';
    const isIn = connection === 'joined' || connection === 'reconnecting';
    const isBackstage = isIn && slice?.isBackstage.value === true;
    const own = slice?.own.value ?? null;
    this.#internals.states[isBackstage ? 'add' : 'delete']('backstage');
    const talkback = slice?.talkback.value ?? [];
    this.#internals.states[isBackstage && talkback.length > 0 ? 'add' : 'delete']('spoken-to');
    this.#internals.states[own === null ? 'delete' : 'add']('raised');
    return html`<div class="base" part="base">
      ${store === undefined || !isIn ? nothing : this.#renderIn(store, slice, isBackstage)} ${this.#notices.render()}
    </div>`;
  }

  #renderIn(
    store: Store,
    slice: ReadonlyFeature<'hands'> | undefined,
    isBackstage: boolean,
  ): TemplateResult | typeof nothing {
    if (isBackstage) return this.#renderBackstage(store, slice?.talkback.value ?? []);
    if (!may(store, 'hand.raise') || (selfRole(store)?.publish.length ?? 0) > 0) return nothing;
    const isReady = store.connection.state.value === 'joined' && slice?.state.value === 'ready';
    const own = slice?.own.value ?? null;
    if (own !== null) return this.#renderRaised(own.place, own.note, isReady);
    if (this.isWriting) return this.#renderForm(isReady);
    const count = slice?.count.value ?? 0;
    return html`<button
      type="button"
      class="button"
      part="raise-button"
      aria-disabled=${isReady ? nothing : 'true'}
      @click=${() => {
        if (!isReady) return;
        if (this.noNote) this.#ask(new IlsRaiseHandRequestEvent(''), 'raiseHand');
        else this.isWriting = true;
      }}
    >
      ${icon(handIcon)}<span>${msg('Raise hand')}</span>
      ${count === 0 ? nothing : html`<span class="badge tabular" aria-label=${count === 1 ? msg('1 hand is up') : msg(str`${counted(count, languageOf(this))} hands are up`)}>${formatCount(count, languageOf(this))}</span>`}
    </button>`;
  }

  #renderForm(isReady: boolean): TemplateResult {
    return html`<form
      class="note-form"
      part="note-form"
      aria-label=${msg('Raise hand')}
      @submit=${(event: SubmitEvent) => this.#handleSubmit(event, isReady)}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Escape') this.isWriting = false;
      }}
    >
      <input
        class="input"
        part="note-input"
        name="note"
        maxlength="140"
        autocomplete="off"
        aria-label=${msg('What it is about')}
        placeholder=${msg('What is it about? (optional)')}
      />
      <div class="actions">
        <button type="submit" class="button primary" aria-disabled=${isReady ? nothing : 'true'}>
          ${icon(handIcon)}<span>${msg('Raise hand')}</span>
        </button>
        <button type="button" class="button quiet" @click=${() => (this.isWriting = false)}>${msg('Cancel')}</button>
      </div>
    </form>`;
  }

  #renderRaised(place: number, note: string, isReady: boolean): TemplateResult {
    return html`<div class="raised" part="raised">
      <span class="mark">${icon(handIcon)}</span>
      <div class="words">
        <strong>${msg('Your hand is up')}</strong>
        <span class="place" part="place" role="status"
          >${place === 1 ? msg('You are next') : msg(str`Number ${place} in the queue`)}</span
        >
        ${note === '' ? nothing : html`<span class="note" part="note" dir="auto">${note}</span>`}
      </div>
      <button
        type="button"
        class="button small outlined"
        part="lower-button"
        aria-disabled=${isReady ? nothing : 'true'}
        @click=${() => isReady && this.#ask(new IlsLowerHandRequestEvent(), 'lowerHand')}
      >
        ${msg('Lower')}
      </button>
    </div>`;
  }

  #renderBackstage(store: Store, talkback: readonly TalkbackVoice[]): TemplateResult {
    const { camera } = store.localMedia.sources.value;
    return html`<div class="backstage" part="backstage" role="group" aria-label=${msg('Backstage')}>
      <div class="headline">
        ${icon(hiddenIcon)}
        <div>
          <strong>${msg('You are backstage')}</strong>
          <span class="place" role="status">${msg('Only the hosts see and hear you. They bring you on stage.')}</span>
        </div>
      </div>
      <div class="talkback-region" role="status">
        ${
          talkback.length === 0
            ? nothing
            : html`<div class="talkback" part="talkback">
                ${icon(headsetIcon)}<span
                  >${msg(str`Talkback from ${this.#namesOf(talkback)}. The stage and the audience do not hear it.`)}</span
                >
              </div>`
        }
      </div>
      ${
        mayPublish(store, 'camera')
          ? html`<div class="preview" part="preview">
              ${
                camera.status === 'live'
                  ? html`<video muted playsinline autoplay aria-label=${msg('Your camera')}></video>`
                  : html`<span>${icon(cameraOffIcon)}${msg('Your camera is off')}</span>`
              }
            </div>`
          : nothing
      }
      <div class="actions">
        ${this.#renderSource(store, 'microphone', microphoneIcon, microphoneOffIcon, msg('Microphone'))}
        ${this.#renderSource(store, 'camera', cameraIcon, cameraOffIcon, msg('Camera'))}
      </div>
    </div>`;
  }

  #namesOf(voices: readonly TalkbackVoice[]): string {
    return new Intl.ListFormat(languageOf(this), { type: 'conjunction' }).format(voices.map(({ name }) => name));
  }

  #renderSource(store: Store, source: 'microphone' | 'camera', on: IconNode, off: IconNode, label: string) {
    if (!mayPublish(store, source)) return nothing;
    const { status, error } = store.localMedia.sources.value[source];
    const isOn = status === 'live' || status === 'starting';
    return html`<button
      type="button"
      class="button ${isOn ? 'on' : 'off'}"
      part="source-button"
      aria-pressed=${String(isOn)}
      @click=${() => this.dispatchEvent(isOn ? new IlsStopSourceRequestEvent(source) : new IlsStartSourceRequestEvent(source))}
    >
      ${icon(isOn ? on : off)}<span>${error === null ? label : msg(str`${label}: try again`)}</span>
    </button>`;
  }

  #ask(event: Event, request: RequestName): void {
    this.#notices.expect(request);
    this.dispatchEvent(event);
  }

  #show(video: HTMLVideoElement | null): void {
    if (video === this.#attached) return;
    this.#detach();
    this.#attached = video;
    this.#detach = (video && this.room?.actions.attachSource('camera', video)) ?? (() => {});
  }

  #handleSubmit(event: SubmitEvent, isReady: boolean): void {
    event.preventDefault();
    const field = event.target instanceof HTMLFormElement ? event.target.elements.namedItem('note') : null;
    if (!isReady || !(field instanceof HTMLInputElement)) return;
    this.#ask(new IlsRaiseHandRequestEvent(field.value.trim()), 'raiseHand');
    this.isWriting = false;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ils-hand-raise': IlsHandRaise;
  }
}
