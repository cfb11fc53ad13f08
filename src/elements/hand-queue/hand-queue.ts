import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators/property.js';
import { repeat } from 'lit/directives/repeat.js';
import { keepsFocus } from '../../controllers/keeps-focus.ts';
import { NoticeController } from '../../controllers/notice.ts';
import {
  IlsBringBackstageRequestEvent,
  IlsBringOnStageRequestEvent,
  IlsLowerAllHandsRequestEvent,
  IlsLowerHandRequestEvent,
  IlsSendBackRequestEvent,
} from '../../events/hand-requests.ts';
import { IlsChangeRoleRequestEvent } from '../../events/participant-requests.ts';
import { IlsWithdrawRoleOfferRequestEvent } from '../../events/role-offer-requests.ts';
import { cameraOffIcon } from '../../icons/camera-off.ts';
import { closeIcon } from '../../icons/close.ts';
import { handIcon } from '../../icons/hand.ts';
import { icon } from '../../icons/icon.ts';
import { lockIcon } from '../../icons/lock.ts';
import { offlineIcon } from '../../icons/offline.ts';
import { formatDuration } from '../../locales/duration.ts';
import { formatCount, languageOf, msg, str } from '../../locales/localization.ts';
import type {
  BackstageView,
  HandView,
  ParticipantId,
  ParticipantView,
  RequestName,
  RoleName,
  StreamId,
} from '../../protocol/index.ts';
import { may, onStage } from '../../store/selectors.ts';
import type { ReadonlyFeature, Store } from '../../store/store.ts';
import badgeStyles from '../../styles/badge.styles.ts';
import baseStyles from '../../styles/base.styles.ts';
import buttonStyles from '../../styles/button.styles.ts';
import panelStyles from '../../styles/panel.styles.ts';
import stateStyles from '../../styles/state.styles.ts';
import { RoomElement } from '../room-element.ts';
import styles from './hand-queue.styles.ts';
import { TalkControl } from './talk-control.ts';

const AGE_EVERY_MS = 1_000;

/**
 * @summary Who wants to speak, in their order: invite them on stage or behind it, see and hear them there first,
 * talk to them alone, bring them on stage in one step, and back.
 *
 * @slot empty - Replaces what stands where no hand is up.
 * @csspart base - Everything.
 * @csspart header - The header.
 * @csspart count - How many hands are up.
 * @csspart lower-all-button - Lowers all.
 * @csspart backstage-first - The choice to have people backstage first.
 * @csspart list - The part that scrolls.
 * @csspart section-title - The title of a part.
 * @csspart hand - Somebody with a raised hand.
 * @csspart name - Their name.
 * @csspart note - What it is about.
 * @csspart age - How long the hand is up.
 * @csspart invite-button - Invites them.
 * @csspart withdraw-button - Takes an invitation back.
 * @csspart lower-button - Lowers the hand.
 * @csspart person - Somebody backstage or on stage.
 * @csspart preview - What one backstage publishes.
 * @csspart stage-button - Brings somebody on stage, or takes them backstage.
 * @csspart talk-button - Talks to somebody backstage while it is held.
 * @csspart talk-status - Says who hears it, or why nobody does.
 * @csspart back-button - Sends somebody back to the audience.
 * @csspart notice - Says what the server refused, or that the connection is interrupted.
 * @csspart state - What stands where nothing is listed.
 * @csspart icon - Any icon.
 * @event {IlsChangeRoleRequestEvent} ils-change-role-request - Invite somebody, or send them back to the role of `back-role`.
 * @event {IlsSendBackRequestEvent} ils-send-back-request - Send somebody back to the role that they came from.
 * @event {IlsWithdrawRoleOfferRequestEvent} ils-withdraw-role-offer-request - Take an invitation back.
 * @event {IlsLowerHandRequestEvent} ils-lower-hand-request - Lower a hand.
 * @event {IlsLowerAllHandsRequestEvent} ils-lower-all-hands-request - Lower all.
 * @event {IlsBringOnStageRequestEvent} ils-bring-on-stage-request - Bring somebody from backstage on stage.
 * @event {IlsBringBackstageRequestEvent} ils-bring-backstage-request - Take somebody from the stage behind it.
 * @event {IlsTalkBackRequestEvent} ils-talk-back-request - Talk to somebody backstage, or end it.
 */
export class IlsHandQueue extends RoomElement {
  static override styles = [...baseStyles, buttonStyles, badgeStyles, stateStyles, panelStyles, styles];

  /** Who is invited waits backstage until they are brought on stage. */
  @property({ type: Boolean, reflect: true }) backstage = false;
  /** The role that people are invited to. */
  @property({ attribute: 'stage-role' }) stageRole = 'guest';
  /** The role that people go back to; unless told, the one that they came from. */
  @property({ attribute: 'back-role' }) backRole = '';

  /** One press opens talkback and the next closes it; else it is open while its button is held. */
  @property({ type: Boolean, attribute: 'talk-latch', reflect: true }) talkLatch = false;

  readonly #notices = new NoticeController(this, () => this.room);
  readonly #talk = new TalkControl(this, {
    latches: () => this.talkLatch,
    ask: (event, request) => this.#ask(event, request),
    end: () => void this.room?.actions.talkBack({ participantIds: [] }).catch(() => undefined),
  });
  readonly #attached = new Map<HTMLVideoElement, { readonly id: StreamId; readonly detach: () => void }>();
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    keepsFocus(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => this.requestUpdate(), AGE_EVERY_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
    this.#attach([]);
  }

  protected override updated(): void {
    this.#attach([...this.renderRoot.querySelectorAll('video')]);
    const store = this.room?.store;
    if (store) this.#talk.follow(store, store.features.loaded.value.hands);
  }

  protected override render(): TemplateResult {
    const { room } = this;
    room?.use('hands');
    const store = room?.store;
    const slice = store?.features.loaded.value.hands;
    const connection = store?.connection.state.value ?? 'idle';
    const isIn = connection === 'joined' || connection === 'reconnecting';
    return html`<div class="base" part="base">
      ${store === undefined || !isIn ? this.#renderState(msg('The queue is here when you join')) : this.#renderIn(store, slice)}
      ${
        connection === 'reconnecting'
          ? html`<div class="banner warning" part="notice" role="status">
              ${icon(offlineIcon)}<span class="banner-words">${msg('Reconnecting…')}</span>
            </div>`
          : nothing
      }
      ${this.#notices.render()}
    </div>`;
  }

  #renderState(title: string, isLocked = false): TemplateResult {
    return html`<div class="state" part="state">
      ${icon(isLocked ? lockIcon : handIcon)}
      <div class="title">${title}</div>
    </div>`;
  }

  #renderIn(store: Store, slice: ReadonlyFeature<'hands'> | undefined): TemplateResult {
    if (!may(store, 'hand.manage')) return this.#renderState(msg('The queue is for the hosts'), true);
    if (slice?.state.value === 'failed') return this.#renderState(msg('The queue did not come'));
    if (slice === undefined || slice.state.value === 'loading') {
      return html`<div class="list" role="status" aria-label=${msg('Loading the queue')}>
        ${[0, 1, 2].map(() => html`<div class="placeholder skeleton"></div>`)}
      </div>`;
    }
    const queue = slice.queue.value;
    const people = slice.backstage.value;
    const behind = new Set(people.map(({ participantId }) => participantId));
    const guests = onStage(store).filter(({ id, role }) => role === this.stageRole && !behind.has(id));
    return html`<div class="header" part="header">
        <h2 class="title">${msg('Hands')}</h2>
        ${queue.length === 0 ? nothing : html`<span class="badge accent tabular" part="count">${formatCount(queue.length, languageOf(this))}</span>`}
        <label class="backstage-first" part="backstage-first">
          <input type="checkbox" .checked=${this.backstage} @change=${this.#handleBackstage} />
          <span>${msg('Backstage first')}</span>
        </label>
      </div>
      <div class="list scroller" part="list" tabindex="0" role="region" aria-label=${msg('Hands and backstage')}>
        ${people.length === 0 ? nothing : this.#renderPeople(slice, store)}
        ${
          queue.length === 0
            ? html`<slot name="empty">${this.#renderState(msg('No hand is up'))}</slot>`
            : html`<div class="section">
                <h3 class="section-title" part="section-title">${msg('In the queue')}</h3>
                <button
                  type="button"
                  class="button small quiet"
                  part="lower-all-button"
                  @click=${() => this.#ask(new IlsLowerAllHandsRequestEvent(), 'lowerAllHands')}
                >
                  ${msg('Lower all')}
                </button>
                <ol>
                  ${repeat(
                    queue,
                    ({ participantId }) => participantId,
                    (hand, index) => this.#renderHand(hand, index + 1, store),
                  )}
                </ol>
              </div>`
        }
        ${guests.length === 0 ? nothing : this.#renderGuests(guests)}
      </div>`;
  }

  #renderHand(hand: HandView, place: number, store: Store): TemplateResult {
    const { participantId, name, note, raisedAt, isAway } = hand;
    const offer = [...store.participants.offers.value.values()].find((each) => each.participantId === participantId);
    const isIn = store.connection.state.value === 'joined';
    const ageMs = Math.max(0, Date.now() + store.connection.serverOffsetMs.value - raisedAt);
    return html`<li class="hand" part="hand">
      <span class="number tabular">${place}</span>
      <div class="words">
        <span class="name truncate" part="name">${name}</span>
        ${note === '' ? nothing : html`<span class="note" part="note" dir="auto">${note}</span>`}
        <span class="age tabular" part="age">${isAway ? msg('Away') : msg(str`Up for ${formatDuration(ageMs)}`)}</span>
      </div>
      ${
        offer === undefined
          ? html`<button
              type="button"
              class="button small primary"
              part="invite-button"
              aria-label=${msg(str`Invite ${name}`)}
              aria-disabled=${isIn && !isAway ? nothing : 'true'}
              @click=${() => {
                if (!isIn || isAway) return;
                const role = this.stageRole as RoleName;
                this.#ask(new IlsChangeRoleRequestEvent(participantId, role, this.backstage), 'changeRole');
              }}
            >
              ${msg('Invite')}
            </button>`
          : html`<button
              type="button"
              class="button small outlined"
              part="withdraw-button"
              aria-label=${msg(str`Invited: ${name}. Take back`)}
              @click=${() => this.#ask(new IlsWithdrawRoleOfferRequestEvent(offer.id), 'withdrawRoleOffer')}
            >
              ${msg('Invited')}${icon(closeIcon)}
            </button>`
      }
      <button
        type="button"
        class="icon-button small"
        part="lower-button"
        aria-label=${msg(str`Lower the hand of ${name}`)}
        aria-disabled=${isIn ? nothing : 'true'}
        @click=${() => isIn && this.#ask(new IlsLowerHandRequestEvent(participantId), 'lowerHand')}
      >
        ${icon(closeIcon)}
      </button>
    </li>`;
  }

  #renderPeople(slice: ReadonlyFeature<'hands'>, store: Store): TemplateResult {
    const people = slice.backstage.value;
    const present = people.filter(({ isAway }) => !isAway).map(({ participantId }) => participantId);
    const everyone = { key: 'everyone', participantIds: present, label: msg('Talk to everyone backstage') };
    return html`<div class="section">
      <h3 class="section-title" part="section-title">${msg('Backstage')}</h3>
      ${
        present.length < 2
          ? nothing
          : html`${this.#talk.renderButton(everyone, store, slice)}
            ${this.#talk.renderStatus('everyone', msg('Everyone backstage hears you, and nobody else.'), store, slice)}`
      }
      <ul class="people">
        ${repeat(
          people,
          ({ participantId }) => participantId,
          (person) => this.#renderPerson(person, store, slice),
        )}
      </ul>
    </div>`;
  }

  #renderPerson(person: BackstageView, store: Store, slice: ReadonlyFeature<'hands'>): TemplateResult {
    const { participantId, name, isAway, streams } = person;
    const isIn = store.connection.state.value === 'joined';
    const target = {
      key: participantId,
      participantIds: isAway || participantId === store.participants.selfId.value ? [] : [participantId],
      label: msg(str`Talk to ${name}`),
    };
    const video = streams.find(({ source, muted }) => source === 'camera' && !muted);
    return html`<li class="person" part="person">
      <div class="preview" part="preview">
        ${
          video === undefined
            ? html`<span>${icon(cameraOffIcon)}${isAway ? msg('Away') : msg('No picture yet')}</span>`
            : html`<video
                data-stream=${video.id}
                muted
                playsinline
                autoplay
                aria-label=${msg(str`${name}, backstage`)}
              ></video>`
        }
        <span class="chip truncate" part="name">${name}</span>
      </div>
      <div class="actions">
        <button
          type="button"
          class="button small primary"
          part="stage-button"
          aria-label=${msg(str`Bring on stage: ${name}`)}
          aria-disabled=${isIn ? nothing : 'true'}
          @click=${() => isIn && this.#ask(new IlsBringOnStageRequestEvent(participantId), 'bringOnStage')}
        >
          ${msg('Bring on stage')}
        </button>
        <button
          type="button"
          class="button small quiet"
          part="back-button"
          aria-label=${msg(str`Send back: ${name}`)}
          aria-disabled=${isIn ? nothing : 'true'}
          @click=${() => isIn && this.#sendBack(participantId)}
        >
          ${msg('Send back')}
        </button>
        ${this.#talk.renderButton(target, store, slice)}
      </div>
      ${this.#talk.renderStatus(participantId, msg(str`${name} hears you, and nobody else.`), store, slice)}
    </li>`;
  }

  #renderGuests(guests: readonly ParticipantView[]): TemplateResult {
    return html`<div class="section">
      <h3 class="section-title" part="section-title">${msg('On stage')}</h3>
      <ul>
        ${guests.map(
          ({ id, name }) =>
            html`<li class="hand" part="person">
              <div class="words"><span class="name truncate" part="name">${name}</span></div>
              <button
                type="button"
                class="button small outlined"
                part="stage-button"
                aria-label=${msg(str`Backstage: ${name}`)}
                @click=${() => this.#ask(new IlsBringBackstageRequestEvent(id), 'bringBackstage')}
              >
                ${msg('Backstage')}
              </button>
            </li>`,
        )}
      </ul>
    </div>`;
  }

  #sendBack(participantId: ParticipantId): void {
    const role = this.backRole as RoleName | '';
    if (role === '') this.#ask(new IlsSendBackRequestEvent(participantId), 'sendBack');
    else this.#ask(new IlsChangeRoleRequestEvent(participantId, role), 'changeRole');
  }

  #ask(event: Event, request: RequestName): void {
    this.#notices.expect(request);
    this.dispatchEvent(event);
  }

  /** Shows each stream in its video, and lets go of those that have gone. */
  #attach(videos: readonly HTMLVideoElement[]): void {
    for (const [video, { id, detach }] of this.#attached) {
      if (videos.includes(video) && video.dataset.stream === id) continue;
      detach();
      this.#attached.delete(video);
    }
    for (const video of videos) {
      const id = video.dataset.stream as StreamId | undefined;
      if (id === undefined || this.#attached.has(video) || this.room === undefined) continue;
      this.#attached.set(video, { id, detach: this.room.actions.attachStream(id, video) });
    }
  }

  readonly #handleBackstage = (event: Event): void => {
    if (event.target instanceof HTMLInputElement) this.backstage = event.target.checked;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'ils-hand-queue': IlsHandQueue;
  }
}
