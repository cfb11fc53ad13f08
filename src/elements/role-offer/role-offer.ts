import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators/state.js';
import {
  IlsStartSourceRequestEvent,
  IlsStopSourceRequestEvent,
  IlsTestMediaRequestEvent,
} from '../../events/media-requests.ts';
import { IlsAnswerRoleOfferRequestEvent } from '../../events/role-offer-requests.ts';
import { icon, type IconNode } from '../../icons/icon.ts';
import { cameraIcon } from '../../icons/camera.ts';
import { cameraOffIcon } from '../../icons/camera-off.ts';
import { errorIcon } from '../../icons/error.ts';
import { microphoneIcon } from '../../icons/microphone.ts';
import { microphoneOffIcon } from '../../icons/microphone-off.ts';
import { describeError } from '../../locales/errors.ts';
import { formatDuration } from '../../locales/duration.ts';
import { msg } from '../../locales/localization.ts';
import { describeMediaError } from '../../locales/media-errors.ts';
import type { OfferId, RoleOffer } from '../../protocol/index.ts';
import type { LocalSource } from '../../store/local-media.ts';
import { ownOffer } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import baseStyles from '../../styles/base.styles.ts';
import buttonStyles from '../../styles/button.styles.ts';
import dialogStyles from '../../styles/dialog.styles.ts';
import { styleProperties } from '../../styles/style-properties.ts';
import { findRoomElement } from '../find-room-element.ts';
import { RoomElement } from '../room-element.ts';
import { describeConsent, describeInvitation } from './role-offer-words.ts';
import styles from './role-offer.styles.ts';

type Preview = 'camera' | 'microphone';

/** How long the bar is full at most. Milliseconds. */
const FULL_MS = 60_000;
const TICK_MS = 1_000;

/**
 * @summary Asks for consent before one is moved on stage: who invites, what will be seen and heard, and a look at oneself first.
 *
 * `<ils-room>` shows it by itself; put one into the page only to style it or to say it in other words.
 *
 * @slot title - Replaces who invites to what.
 * @slot description - Replaces what becomes visible.
 * @slot accept-label - Replaces the words on the button that accepts.
 * @slot decline-label - Replaces the words on the button that declines.
 * @slot microphone-icon - Replaces the icon of the microphone's button.
 * @slot camera-icon - Replaces the icon of the camera's button.
 *
 * @csspart dialog - The dialog.
 * @csspart title - Who invites to what.
 * @csspart description - What becomes visible.
 * @csspart preview - The box with one's own picture.
 * @csspart video - One's own picture.
 * @csspart preview-empty - Stands there while the camera is off.
 * @csspart microphone-button - Turns the microphone on or off.
 * @csspart camera-button - Turns the camera on or off.
 * @csspart error - Says why a device is not there, or why the answer did not get through.
 * @csspart test-media-button - Uses a generated picture and tone.
 * @csspart countdown - How long the invitation stands.
 * @csspart countdown-bar - The same as a bar.
 * @csspart accept-button - Accepts.
 * @csspart decline-button - Declines.
 * @csspart close-button - Closes an invitation that has ended.
 * @csspart icon - Any icon that is not slotted.
 *
 * @cssproperty [--ils-role-offer-preview-ratio=16/9] - Width to height of one's own picture.
 *
 * @cssstate open - An invitation is shown.
 * @cssstate answering - The answer is on its way.
 * @cssstate ended - The invitation was withdrawn or has expired before it was answered.
 *
 * @event {IlsAnswerRoleOfferRequestEvent} ils-answer-role-offer-request - Accept or decline the role.
 * @event {IlsStartSourceRequestEvent} ils-start-source-request - Open camera or microphone to be seen or heard by oneself.
 * @event {IlsStopSourceRequestEvent} ils-stop-source-request - Close them again.
 * @event {IlsTestMediaRequestEvent} ils-test-media-request - Use a generated picture and tone.
 */
export class IlsRoleOffer extends RoomElement {
  static override styles = [...baseStyles, buttonStyles, dialogStyles, styles];

  @state() private shown: RoleOffer | null = null;
  @state() private ended: 'withdrawn' | 'expired' | null = null;
  @state() private answering = false;
  @state() private failure = '';
  private get dialog(): HTMLDialogElement | null {
    return this.shadowRoot?.querySelector<HTMLDialogElement>('dialog') ?? null;
  }
  private get video(): HTMLVideoElement | null {
    return this.shadowRoot?.querySelector<HTMLVideoElement>('video') ?? null;
  }

  readonly #internals = this.attachInternals();
  #offered: OfferId | undefined;
  #answered: OfferId | undefined;
  /** Declined, so no more shown while the server does not know it yet. */
  #declined: OfferId | undefined;
  /** Opened here, so closed here when the invitation is declined. */
  readonly #opened = new Set<Preview>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #detach: (() => void) | undefined;
  #heardNotice: number | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    const room = findRoomElement(this, this.for);
    // Where the page has put one of these, the room need not show its own.
    if (room === null || this.getRootNode() === room.shadowRoot) return;
    room.addEventListener('ils-role-offered', (event) => event.preventDefault(), { signal: this.scope });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#detach?.();
    this.#detach = undefined;
    this.shown = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.room !== undefined) this.#follow(this.room.store);
  }

  protected override render(): TemplateResult | typeof nothing {
    const store = this.room?.store;
    if (store === undefined) return nothing;
    const offer = this.shown;
    return html`<dialog
      class="dialog"
      part="dialog"
      aria-labelledby="title"
      aria-describedby="description"
      @close=${this.#handleDialogClose}
      @keydown=${(event: Event) => event.stopPropagation()}
    >
      ${offer === null ? nothing : this.ended === null ? this.#renderOffer(store, offer) : this.#renderEnded()}
    </dialog>`;
  }

  protected override updated(): void {
    const open = this.shown !== null;
    const { dialog } = this;
    if (dialog !== null && open !== dialog.open) {
      if (open) dialog.showModal();
      else dialog.close();
    }
    this.#attachPreview();
    if (open && this.ended === null) this.#timer ??= setInterval(() => this.requestUpdate(), TICK_MS);
    else {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
    const conditions = { open, answering: this.answering, ended: this.ended !== null };
    for (const [name, holds] of Object.entries(conditions)) this.#internals.states[holds ? 'add' : 'delete'](name);
  }

  /** Follows the store: a new invitation, one that was answered, one that ended by itself, an answer that failed. */
  #follow(store: Store): void {
    const offer = ownOffer(store);
    const notice = store.notices.latest.value;
    if (notice?.request === 'answerRoleOffer' && notice.id !== this.#heardNotice) {
      this.answering = false;
      this.#answered = undefined;
      this.#declined = undefined;
      this.failure = describeError(notice.error);
    }
    this.#heardNotice = notice?.id;
    if (offer !== null && offer.id !== this.shown?.id && offer.id !== this.#declined) {
      if (offer.id !== this.#offered) this.failure = '';
      this.#offered = offer.id;
      this.shown = offer;
      this.ended = null;
      this.answering = false;
    } else if (offer === null && this.shown !== null && this.ended === null) {
      if (this.#answered === this.shown.id || store.connection.state.value !== 'joined') this.shown = null;
      else this.ended = this.#leftMs(store, this.shown) <= 0 ? 'expired' : 'withdrawn';
    }
  }

  #leftMs(store: Store, offer: RoleOffer): number {
    return offer.expiresAt - (Date.now() + store.connection.serverOffsetMs.value);
  }

  #renderOffer(store: Store, offer: RoleOffer): TemplateResult {
    const leftMs = Math.max(0, this.#leftMs(store, offer));
    return html`<div class="dialog-body">
      <h2 id="title" class="dialog-title" part="title" tabindex="-1" autofocus>
        <slot name="title">${describeInvitation(store, offer)}</slot>
      </h2>
      <p id="description" class="dialog-text" part="description">
        <slot name="description">${describeConsent(store, offer)}</slot>
      </p>
      ${this.#renderPreview(store, offer)} ${this.#renderError(store)}
      <div class="countdown" part="countdown" role="timer" aria-label=${msg('Time left to answer')}>
        <span
          class="bar"
          part="countdown-bar"
          ${styleProperties({ '--_left': String(Math.min(1, leftMs / FULL_MS)) })}
        ></span>
        <span class="tabular">${formatDuration(Math.ceil(leftMs / 1_000) * 1_000)}</span>
      </div>
      <div class="dialog-actions">
        <button
          type="button"
          class="button large"
          part="decline-button"
          ?disabled=${this.answering}
          @click=${() => this.#answer(false)}
        >
          <slot name="decline-label">${msg('Not now')}</slot>
        </button>
        <button
          type="button"
          class="button primary large"
          part="accept-button"
          ?disabled=${this.answering}
          @click=${() => this.#answer(true)}
        >
          <slot name="accept-label">${this.answering ? msg('One moment…') : msg('Go on stage')}</slot>
        </button>
      </div>
    </div>`;
  }

  #renderPreview(store: Store, offer: RoleOffer): TemplateResult | typeof nothing {
    const publish = store.connection.roles.value[offer.role]?.publish ?? [];
    const sources = store.localMedia.sources.value;
    const withCamera = publish.includes('camera');
    const withMicrophone = publish.includes('microphone');
    if (!withCamera && !withMicrophone) return nothing;
    const live = sources.camera.status === 'live';
    return html`<div class="preview ${live ? 'live' : ''} ${withCamera ? '' : 'flat'}" part="preview">
      ${
        withCamera
          ? html`<video
                part="video"
                muted
                playsinline
                autoplay
                ?hidden=${!live}
                aria-label=${msg('Your camera')}
              ></video>
              ${
                live
                  ? nothing
                  : html`<div class="preview-empty" part="preview-empty">
                      ${icon(cameraOffIcon)}
                      <span
                        >${sources.camera.status === 'starting' ? msg('Starting the camera…') : msg('Your camera is off')}</span
                      >
                    </div>`
              }`
          : nothing
      }
      <div class="toggles" role="group" aria-label=${msg('What you start with')}>
        ${withMicrophone ? this.#renderToggle('microphone', sources.microphone, microphoneIcon, microphoneOffIcon, msg('Microphone')) : nothing}
        ${withCamera ? this.#renderToggle('camera', sources.camera, cameraIcon, cameraOffIcon, msg('Camera')) : nothing}
      </div>
    </div>`;
  }

  #renderToggle(source: Preview, { status }: LocalSource, on: IconNode, off: IconNode, label: string): TemplateResult {
    const isOn = status === 'live' || status === 'starting';
    return html`<button
      type="button"
      class="toggle ${isOn ? 'is-on' : ''}"
      part="${source}-button"
      aria-pressed=${String(isOn)}
      aria-busy=${status === 'starting' ? 'true' : nothing}
      @click=${() => this.#toggle(source, isOn)}
    >
      <slot name="${source}-icon">${icon(isOn ? on : off)}</slot>
      <span>${label}</span>
    </button>`;
  }

  #renderError(store: Store): TemplateResult | typeof nothing {
    const sources = store.localMedia.sources.value;
    const failed = (['camera', 'microphone'] as const).find((source) => sources[source].error !== null);
    const error = failed === undefined ? null : sources[failed].error;
    if (failed === undefined || error === null) {
      if (this.failure === '') return nothing;
      return html`<div class="error" part="error" role="alert">${icon(errorIcon)}<span>${this.failure}</span></div>`;
    }
    const words = describeMediaError(failed, error);
    return html`<div class="error" part="error" role="alert">
      ${icon(errorIcon)}<span><strong>${words.title}.</strong> ${words.text}</span>
      ${
        words.testMedia
          ? html`<button
              type="button"
              class="button small outlined"
              part="test-media-button"
              @click=${this.#handleTestMedia}
            >
              ${msg('Use a test picture')}
            </button>`
          : nothing
      }
    </div>`;
  }

  #renderEnded(): TemplateResult {
    return html`<div class="dialog-body">
      <h2 id="title" class="dialog-title" part="title" tabindex="-1">
        ${this.ended === 'expired' ? msg('The invitation has expired') : msg('The invitation was withdrawn')}
      </h2>
      <p id="description" class="dialog-text" part="description">
        ${this.ended === 'expired' ? msg('Ask the host to invite you again.') : msg('You stay where you are.')}
      </p>
      <div class="dialog-actions">
        <button type="button" class="button primary large" part="close-button" @click=${this.#handleClose}>
          ${msg('Close')}
        </button>
      </div>
    </div>`;
  }

  #toggle(source: Preview, isOn: boolean): void {
    if (isOn) {
      this.#opened.delete(source);
      this.dispatchEvent(new IlsStopSourceRequestEvent(source));
    } else {
      this.#opened.add(source);
      this.dispatchEvent(new IlsStartSourceRequestEvent(source));
    }
  }

  #answer(accept: boolean): void {
    const offer = this.shown;
    if (offer === null || this.answering) return;
    this.failure = '';
    if (!this.dispatchEvent(new IlsAnswerRoleOfferRequestEvent(offer.id, accept))) return;
    this.#answered = offer.id;
    if (accept) {
      this.answering = true;
      this.#opened.clear();
    } else {
      this.#declined = offer.id;
      this.#handleClose();
    }
  }

  #closeOpened(): void {
    for (const source of this.#opened) this.dispatchEvent(new IlsStopSourceRequestEvent(source));
    this.#opened.clear();
  }

  #attachPreview(): void {
    const { video, room } = this;
    const live = room?.store.localMedia.sources.peek().camera.status === 'live' && this.shown !== null;
    if (!live || video === null || room === undefined) {
      this.#detach?.();
      this.#detach = undefined;
    } else {
      this.#detach ??= room.actions.attachSource('camera', video);
    }
  }

  readonly #handleTestMedia = (): void => {
    this.#opened.add('camera').add('microphone');
    this.dispatchEvent(new IlsTestMediaRequestEvent(true));
  };

  readonly #handleClose = (): void => {
    this.#closeOpened();
    this.shown = null;
    this.ended = null;
  };

  /** Escape, which a browser lets no page prevent twice. */
  readonly #handleDialogClose = (): void => {
    if (this.shown === null) return;
    if (this.ended === null) this.#answer(false);
    else this.#handleClose();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'ils-role-offer': IlsRoleOffer;
  }
}
