import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators/property.js';
import { state } from 'lit/decorators/state.js';
import { keepsFocus } from '../../controllers/keeps-focus.ts';
import { NoticeController } from '../../controllers/notice.ts';
import {
  IlsLoadModerationLogRequestEvent,
  IlsLockRoomRequestEvent,
  IlsMuteAllRequestEvent,
} from '../../events/moderation-desk-requests.ts';
import { flagIcon } from '../../icons/flag.ts';
import { icon } from '../../icons/icon.ts';
import { lockIcon } from '../../icons/lock.ts';
import { microphoneOffIcon } from '../../icons/microphone-off.ts';
import { offlineIcon } from '../../icons/offline.ts';
import { formatCount, languageOf, msg } from '../../locales/localization.ts';
import type { ModerationEntry, RequestName } from '../../protocol/index.ts';
import { may } from '../../store/selectors.ts';
import type { ReadonlyFeature, Store } from '../../store/store.ts';
import badgeStyles from '../../styles/badge.styles.ts';
import baseStyles from '../../styles/base.styles.ts';
import buttonStyles from '../../styles/button.styles.ts';
import fieldStyles from '../../styles/field.styles.ts';
import stateStyles from '../../styles/state.styles.ts';
import { LazyPart } from '../lazy-part.ts';
import { RoomElement } from '../room-element.ts';
import { renderHeld, renderLobby, renderReports, type CardHost } from './moderation-cards.ts';
import { describeAction } from './moderation-words.ts';
import styles from './moderation.styles.ts';
import type * as roomRules from './room-rules.ts';

const AGE_EVERY_MS = 10_000;

/** What the element shows one of. */
export type ModerationView = 'held' | 'reports' | 'lobby' | 'rules' | 'log';
type Slice = ReadonlyFeature<'moderationDesk'>;

/**
 * @summary Keeps order: messages that wait for a moderator, reports, the lobby, the rules of the room, and a log of who did what and why.
 *
 * @csspart base - Everything.
 * @csspart header - The header.
 * @csspart lock-button - Locks the room, or opens it.
 * @csspart mute-all-button - Mutes everyone.
 * @csspart views - The choice of what is shown.
 * @csspart view-button - One of the choices.
 * @csspart count - How many wait there.
 * @csspart list - The part that scrolls.
 * @csspart search - The field that searches the log.
 * @csspart item - A message, a report or somebody who waits.
 * @csspart name - Whose it is.
 * @csspart text - What was written or done.
 * @csspart detail - Why.
 * @csspart actions - What can be done about it.
 * @csspart approve-button - Tells a message to everyone, or lets somebody in.
 * @csspart reject-button - Refuses a message, or sends somebody away.
 * @csspart admit-all-button - Lets everyone in.
 * @csspart delete-button - Deletes a reported message.
 * @csspart time-out-button - Keeps its author from writing for ten minutes.
 * @csspart ban-button - Removes its author for good.
 * @csspart dismiss-button - Takes a report off the list, for oneself.
 * @csspart rules - What holds in the room.
 * @csspart rule - One of its rules.
 * @csspart words - The field of filtered words.
 * @csspart save-words-button - Makes them count.
 * @csspart entry - A line of the log.
 * @csspart older-button - Loads more of the log.
 * @csspart notice - Says what the server refused, or that the connection is interrupted.
 * @csspart state - What stands where nothing is listed.
 * @csspart icon - Any icon.
 * @event {IlsReviewChatRequestEvent} ils-review-chat-request - Approve or reject a message that waits.
 * @event {IlsDeleteChatRequestEvent} ils-delete-chat-request - Delete a reported message.
 * @event {IlsTimeOutParticipantRequestEvent} ils-time-out-participant-request - Keep somebody from writing for a time.
 * @event {IlsBanParticipantRequestEvent} ils-ban-participant-request - Remove somebody for good.
 * @event {IlsAdmitRequestEvent} ils-admit-request - Let one in who waits, or all.
 * @event {IlsTurnAwayRequestEvent} ils-turn-away-request - Send one away who waits.
 * @event {IlsLockRoomRequestEvent} ils-lock-room-request - Lock the room, or open it.
 * @event {IlsChatPoliciesRequestEvent} ils-chat-policies-request - Change what holds for messages.
 * @event {IlsChatWritersRequestEvent} ils-chat-writers-request - Let those of some roles write alone.
 * @event {IlsSlowModeRequestEvent} ils-slow-mode-request - Let each write once in an interval.
 * @event {IlsLobbyRequestEvent} ils-lobby-request - Open the lobby for newcomers, or close it.
 * @event {IlsMuteAllRequestEvent} ils-mute-all-request - Mute everyone.
 * @event {IlsLoadModerationLogRequestEvent} ils-load-moderation-log-request - Load the log, or more of it.
 */
export class IlsModeration extends RoomElement {
  static override styles = [...baseStyles, buttonStyles, badgeStyles, fieldStyles, stateStyles, styles];

  /** What is shown: messages that wait, reports, the lobby, the rules or the log. */
  @property({ reflect: true }) view: ModerationView = 'held';

  @state() private search = '';
  /** Numbers of reports that are taken off the list. */
  @state() private dismissed: ReadonlySet<number> = new Set();

  readonly #notices = new NoticeController(this, () => this.room);
  /** Loaded when they are first shown. */
  readonly #rules = new LazyPart<typeof roomRules>(
    () => import('./room-rules.ts'),
    () => this.requestUpdate(),
  );
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
  }

  protected override render(): TemplateResult {
    const { room } = this;
    room?.use('moderationDesk');
    room?.use('moderation');
    const store = room?.store;
    const connection = store?.connection.state.value ?? 'idle';
    const isIn = connection === 'joined' || connection === 'reconnecting';
    return html`<div class="base" part="base">
      ${store === undefined || !isIn ? this.#renderState(msg('Moderation is here when you join')) : this.#renderIn(store)}
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
      ${icon(isLocked ? lockIcon : flagIcon)}
      <div class="title">${title}</div>
    </div>`;
  }

  #renderIn(store: Store): TemplateResult {
    if (!may(store, 'chat.moderate')) return this.#renderState(msg('Moderation is for those who moderate'), true);
    const slice = store.features.loaded.value.moderationDesk;
    if (slice?.state.value === 'failed') return this.#renderState(msg('Moderation did not come'));
    const isLoading = slice === undefined || slice.state.value === 'loading';
    return html`${this.#renderHeader(store)}
    ${
      isLoading
        ? html`<div class="list" role="status" aria-label=${msg('Loading moderation')}>
            ${[0, 1, 2].map(() => html`<div class="placeholder skeleton"></div>`)}
          </div>`
        : this.#renderViews(store, slice)
    }`;
  }

  #renderHeader(store: Store): TemplateResult {
    const locked = store.features.loaded.value.moderation?.locked.value ?? false;
    return html`<div class="header" part="header">
      <h2 class="truncate">${msg('Moderation')}</h2>
      ${
        may(store, 'participant.mute')
          ? html`<button
              type="button"
              class="button small quiet"
              part="mute-all-button"
              @click=${() => this.#ask(new IlsMuteAllRequestEvent(), 'muteAll')}
            >
              ${icon(microphoneOffIcon)}${msg('Mute all')}
            </button>`
          : nothing
      }
      ${
        may(store, 'participant.remove')
          ? html`<button
              type="button"
              class="button small ${locked ? 'primary' : 'quiet'}"
              part="lock-button"
              aria-pressed=${locked ? 'true' : 'false'}
              @click=${() => this.#ask(new IlsLockRoomRequestEvent(!locked), 'lockRoom')}
            >
              ${icon(lockIcon)}${msg('Lock room')}
            </button>`
          : nothing
      }
    </div>`;
  }

  #renderViews(store: Store, slice: Slice): TemplateResult {
    const reports = this.#reports(slice);
    const lobby = slice.lobby.value;
    const views: (readonly [ModerationView, string, number])[] = [
      ['held', msg('Waiting'), slice.held.value.length],
      ['reports', msg('Reports'), reports.length],
    ];
    if (lobby !== null) views.push(['lobby', msg('Lobby'), lobby.total]);
    views.push(['rules', msg('Rules'), 0], ['log', msg('Log'), 0]);
    const [shown, title] = views.find(([name]) => name === this.view) ?? ['held', msg('Waiting')];
    return html`<div class="views" part="views" role="group" aria-label=${msg('What is shown')}>
        ${views.map(
          ([name, label, count]) =>
            html`<button
              type="button"
              class="view"
              part="view-button"
              aria-pressed=${name === shown ? 'true' : 'false'}
              @click=${() => this.#show(name)}
            >
              ${label}${
                count === 0
                  ? nothing
                  : html`<span class="badge accent tabular" part="count">${formatCount(count, languageOf(this))}</span>`
              }
            </button>`,
        )}
      </div>
      <div class="list scroller" part="list" tabindex="0" role="region" aria-label=${title}>
        ${this.#renderView(shown, store, slice, reports)}
      </div>`;
  }

  #renderView(shown: ModerationView, store: Store, slice: Slice, reports: readonly ModerationEntry[]): TemplateResult {
    const host: CardHost = {
      store,
      ask: (event, request) => this.#ask(event, request),
      dismiss: (number) => {
        this.dismissed = new Set(this.dismissed).add(number);
      },
    };
    const held = slice.held.value;
    const waiting = slice.lobby.value?.waiting ?? [];
    switch (shown) {
      case 'held':
        return held.length === 0 ? this.#renderState(msg('No message waits')) : renderHeld(host, held);
      case 'lobby':
        return waiting.length === 0 ? this.#renderState(msg('Nobody waits to be let in')) : renderLobby(host, waiting);
      case 'reports':
        if (reports.length === 0) return this.#renderState(msg('Nothing is reported'));
        return renderReports(host, reports, this.#finder(store, slice));
      case 'rules':
        this.#rules.need();
        if (this.#rules.hasFailed) return this.#renderState(msg('The rules did not come'));
        return html`${this.#rules.value?.renderRules(host, slice) ?? nothing}`;
      case 'log':
        return this.#renderLog(slice);
    }
  }

  #renderLog(slice: Slice): TemplateResult {
    const words = this.search.trim().toLowerCase();
    const found = slice.log.value
      .map((entry) => ({ entry, text: describeAction(entry), by: entry.actor?.name ?? msg('The site') }))
      .filter(({ entry, text, by }) => `${by} ${text} ${entry.reason}`.toLowerCase().includes(words));
    const time = new Intl.DateTimeFormat(languageOf(this), { dateStyle: 'short', timeStyle: 'short' });
    const oldest = slice.log.value.at(-1)?.number;
    return html`<input
        type="search"
        class="input search"
        part="search"
        aria-label=${msg('Search the log')}
        placeholder=${msg('Search the log')}
        .value=${this.search}
        @input=${this.#handleSearch}
      />
      ${
        found.length === 0
          ? this.#renderState(words === '' ? msg('Nothing has happened yet') : msg('Nothing found'))
          : html`<ol>
              ${found.map(
                ({ entry, text, by }) =>
                  html`<li class="entry" part="entry">
                    <div>
                      <span class="by" part="name">${by}</span>
                      <span class="text" part="text">${text}</span>
                      ${entry.reason === '' ? nothing : html`<p class="detail" part="detail">${entry.reason}</p>`}
                    </div>
                    <time datetime=${new Date(entry.at).toISOString()}>${time.format(entry.at)}</time>
                  </li>`,
              )}
            </ol>`
      }
      ${
        slice.hasOlder.value && oldest !== undefined
          ? html`<button
              type="button"
              class="button small outlined older"
              part="older-button"
              @click=${() => this.#ask(new IlsLoadModerationLogRequestEvent(oldest), 'listModerationLog')}
            >
              ${msg('Older')}
            </button>`
          : nothing
      }`;
  }

  /** Reports of messages that nobody has deleted since. */
  #reports({ log }: Slice): ModerationEntry[] {
    const entries = log.value;
    const deleted = new Set(entries.flatMap((each) => (each.action === 'messageDeleted' ? [each.messageId] : [])));
    return entries.filter(
      ({ action, number, messageId }) =>
        action === 'messageReported' && !this.dismissed.has(number) && !deleted.has(messageId),
    );
  }

  /** Finds the text of a reported message, where it is loaded. */
  #finder({ chat }: Store, slice: Slice): (report: ModerationEntry) => string | undefined {
    void chat.log.revision.value;
    const places = new Map(slice.reports.value.map(({ messageId, index }) => [messageId, index]));
    return ({ messageId }) => {
      const place = messageId === null ? undefined : places.get(messageId);
      return place === undefined ? undefined : chat.log.at(place)?.text;
    };
  }

  #show(view: ModerationView): void {
    this.view = view;
    // What others did since is not told one by one.
    if (view === 'log' || view === 'reports') this.#ask(new IlsLoadModerationLogRequestEvent(), 'listModerationLog');
  }

  #ask(event: Event, request: RequestName): void {
    this.#notices.expect(request);
    this.dispatchEvent(event);
  }

  readonly #handleSearch = (event: Event): void => {
    if (event.target instanceof HTMLInputElement) this.search = event.target.value;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'ils-moderation': IlsModeration;
  }
}
