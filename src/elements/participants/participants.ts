import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators/property.js';
import { loadMenu } from '../../controllers/load-overlays.ts';
import type { MenuController } from '../../controllers/menu.ts';
import { NoticeController } from '../../controllers/notice.ts';
import { RovingFocusController } from '../../controllers/roving-focus.ts';
import { IlsJoinRequestEvent } from '../../events/connection-requests.ts';
import { IlsWithdrawRoleOfferRequestEvent } from '../../events/role-offer-requests.ts';
import { icon } from '../../icons/icon.ts';
import { endedIcon } from '../../icons/ended.ts';
import { offlineIcon } from '../../icons/offline.ts';
import { participantsIcon } from '../../icons/participants.ts';
import { searchIcon } from '../../icons/search.ts';
import { formatCount, languageOf, msg, str } from '../../locales/localization.ts';
import type { ParticipantId, ParticipantView, RequestName } from '../../protocol/index.ts';
import { may, totalParticipants } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import badgeStyles from '../../styles/badge.styles.ts';
import baseStyles from '../../styles/base.styles.ts';
import buttonStyles from '../../styles/button.styles.ts';
import fieldStyles from '../../styles/field.styles.ts';
import stateStyles from '../../styles/state.styles.ts';
import { connectionMessage } from '../connection-message.ts';
import { LazyPart } from '../lazy-part.ts';
import { RoomElement } from '../room-element.ts';
import { ParticipantDirectory } from './directory.ts';
import type { ParticipantDialogs } from './participant-dialogs.ts';
import type { ParticipantMenuHost } from './participant-menu.ts';
import type { RelatedPeople } from './related-people.ts';
import { renderSections, type SectionsView } from './participant-sections.ts';
import styles from './participants.styles.ts';

/** Who is counted changes all the time in a large room; the list follows at most so often. Milliseconds. */
const REFRESH_EVERY_MS = 5_000;

/**
 * @summary Who is here: those on stage, everyone else by pages and search, and what a host may do about them.
 *
 * @slot header - Replaces the whole header.
 * @slot title - Replaces the title in the header.
 * @slot header-end - Stands at the end of the header.
 * @slot stage-empty - Replaces what stands where nobody is on stage.
 * @slot empty - Replaces what stands there before one has joined.
 * @slot search-icon - Replaces the icon in the search field.
 *
 * @csspart base - Everything.
 * @csspart header - The header.
 * @csspart title - The title in the header.
 * @csspart count - How many are in the room.
 * @csspart search - The field to search by name.
 * @csspart list - The part that scrolls.
 * @csspart section - One group of participants.
 * @csspart section-title - Its title.
 * @csspart role-filter - Lists those of one role.
 * @csspart participant - A participant.
 * @csspart participant-row - The row that opens their menu.
 * @csspart avatar - Their initials.
 * @csspart name - Their name.
 * @csspart self-mark - Marks oneself.
 * @csspart role - Their role, or that their connection is lost.
 * @csspart marks - What they publish.
 * @csspart offer - An invitation that waits for an answer.
 * @csspart withdraw-button - Takes it back.
 * @csspart menu - The menu of a participant.
 * @csspart menu-item - One line of that menu.
 * @csspart end-button - Ends the room for everyone, once one has confirmed.
 * @csspart dialog - Asks before somebody is removed, or the room ends.
 * @csspart choice - For how long somebody is removed.
 * @csspart field - Why, or the last words on everyone's screen.
 * @csspart confirm-button - Does it.
 * @csspart cancel-button - Does not.
 * @csspart notice - Says what the server refused, or that the connection is interrupted.
 * @csspart state - What stands where nobody is listed.
 * @csspart icon - Any icon that is not slotted.
 *
 * @cssproperty [--ils-participants-list-height=320px] - Height of the list where nothing around the element sets its height.
 *
 * @cssstate searching - A name is being looked for.
 * @cssstate reconnecting - The connection is interrupted.
 * @cssstate over - Left, removed, ended, denied or failed.
 *
 * @event {IlsChangeRoleRequestEvent} ils-change-role-request - Move a participant to a role, or invite them to it.
 * @event {IlsWithdrawRoleOfferRequestEvent} ils-withdraw-role-offer-request - Take an invitation back.
 * @event {IlsMuteParticipantRequestEvent} ils-mute-participant-request - Mute a participant for everyone.
 * @event {IlsRemoveParticipantRequestEvent} ils-remove-participant-request - Remove a participant from the room.
 * @event {IlsBanParticipantRequestEvent} ils-ban-participant-request - Remove a participant and keep them out, for a time or for good.
 * @event {IlsTimeOutParticipantRequestEvent} ils-time-out-participant-request - Keep a participant from writing for a time.
 * @event {IlsEndRoomRequestEvent} ils-end-room-request - End the room for everyone.
 * @event {IlsEndWithSlateRequestEvent} ils-end-with-slate-request - End the room for everyone, with last words on every screen.
 * @event {IlsSpotlightRequestEvent} ils-spotlight-request - Give a participant the main place for everyone.
 * @event {IlsPinRequestEvent} ils-pin-request - Give a participant the main place for oneself.
 * @event {IlsJoinRequestEvent} ils-join-request - Join the room, again or for the first time.
 */
export class IlsParticipants extends RoomElement {
  static override styles = [...baseStyles, buttonStyles, badgeStyles, fieldStyles, stateStyles, styles];

  /** Draws no header. */
  @property({ type: Boolean, attribute: 'no-header', reflect: true }) noHeader = false;
  /** Draws no search field. */
  @property({ type: Boolean, attribute: 'no-search', reflect: true }) noSearch = false;

  private get list(): HTMLElement | null {
    return this.shadowRoot?.querySelector<HTMLElement>('.list') ?? null;
  }
  private get sentinel(): HTMLElement | null {
    return this.shadowRoot?.querySelector<HTMLElement>('.sentinel') ?? null;
  }

  readonly #internals = this.attachInternals();
  readonly #directory = new ParticipantDirectory(this, () => this.room);
  readonly #notices = new NoticeController(this, () => this.room);
  readonly #focus = new RovingFocusController(this, { items: () => this.#rows(), typeahead: true });
  readonly #menuHost: ParticipantMenuHost = {
    ask: (event, request) => this.#ask(event, request),
    remove: async (participant) => (await this.#loadDialogs()).remove(participant),
  };
  readonly #related = new LazyPart<RelatedPeople>(
    async () => new (await import('./related-people.ts')).RelatedPeople(this, () => this.room),
    () => this.requestUpdate(),
  );
  #menu: MenuController | undefined;
  #dialogs: ParticipantDialogs | undefined;
  #observer: IntersectionObserver | undefined;
  #observed: Element | null = null;
  #observedCount = 0;
  #focusedRow = -1;
  #counted: unknown;
  #countedIn: unknown;
  #refreshTimer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#observed = null;
    clearTimeout(this.#refreshTimer);
    this.#refreshTimer = undefined;
    this.#countedIn = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.#focusedRow = this.#rows().findIndex((row) => row.matches(':focus'));
    this.#follow();
  }

  protected override updated(): void {
    const rows = this.#rows();
    // Who had the focus has left: it goes to whoever took their place.
    if (this.#focusedRow >= 0 && this.shadowRoot?.activeElement === null) {
      this.#focus.focus(rows[Math.min(this.#focusedRow, rows.length - 1)]);
    }
    this.#watchEnd();
    const state = this.room?.store.connection.state.peek() ?? 'idle';
    const conditions = {
      searching: this.#directory.search.trim() !== '',
      reconnecting: state === 'reconnecting',
      over: this.room !== undefined && connectionMessage(this.room.store) !== undefined,
    };
    for (const [name, holds] of Object.entries(conditions)) this.#internals.states[holds ? 'add' : 'delete'](name);
  }

  protected override render(): TemplateResult {
    const store = this.room?.store;
    const state = store?.connection.state.value ?? 'idle';
    const isIn = state === 'joined' || state === 'reconnecting';
    return html`<div class="base" part="base">
      ${this.noHeader ? nothing : this.#renderHeader(store, state)}
      ${store !== undefined && isIn ? this.#renderIn(store) : this.#renderOut(store)}
      ${
        state === 'reconnecting'
          ? html`<div class="banner warning" part="notice" role="status">
              ${icon(offlineIcon)}<span class="banner-words">${msg('Reconnecting… The list may be out of date.')}</span>
            </div>`
          : nothing
      }
      ${this.#notices.render()} ${this.#menu?.render()} ${this.#dialogs?.render()}
    </div>`;
  }

  #renderHeader(store: Store | undefined, state: string): TemplateResult {
    const isIn = state === 'joined' || state === 'reconnecting';
    const total = isIn && store !== undefined ? totalParticipants(store) : 0;
    return html`<slot name="header">
      <div class="header" part="header">
        <h2 class="title truncate" part="title"><slot name="title">${msg('People')}</slot></h2>
        ${total === 0 ? nothing : html`<span class="badge tabular" part="count">${formatCount(total, languageOf(this))}</span>`}
        <slot name="header-end"></slot>
        ${
          state === 'joined' && store !== undefined && may(store, 'room.end')
            ? html`<button
                type="button"
                class="icon-button small end"
                part="end-button"
                aria-label=${msg('End the room for everyone')}
                title=${msg('End the room for everyone')}
                @click=${async () => (await this.#loadDialogs()).end(may(store, 'overlay.control'))}
              >
                ${icon(endedIcon)}
              </button>`
            : nothing
        }
      </div>
    </slot>`;
  }

  #renderOut(store: Store | undefined): TemplateResult {
    if (store?.connection.state.value === 'connecting') {
      return html`<div class="list" part="list" role="status" aria-label=${msg('Loading who is here')}>
        ${[0, 1, 2, 3].map(
          () =>
            html`<div class="row placeholder">
              <span class="skeleton avatar"></span><span class="skeleton line"></span>
            </div>`,
        )}
      </div>`;
    }
    const over = store === undefined ? undefined : connectionMessage(store);
    const action = over === undefined ? msg('Join') : over.action;
    return html`<div class="state" part="state">
      <slot name="empty">
        ${icon(over === undefined ? participantsIcon : endedIcon)}
        <div class="title">${over?.title ?? msg('You see who is here when you join')}</div>
        ${over?.text === undefined ? nothing : html`<div class="text">${over.text}</div>`}
        ${
          action === undefined || store === undefined
            ? nothing
            : html`<button
                type="button"
                class="button primary"
                @click=${() => this.dispatchEvent(new IlsJoinRequestEvent())}
              >
                ${action}
              </button>`
        }
      </slot>
    </div>`;
  }

  #renderIn(store: Store): TemplateResult {
    const mayList = may(store, 'participant.list');
    if (this.#directory.related > 0) this.#related.need();
    const view: SectionsView = {
      directory: this.#directory,
      language: languageOf(this),
      isMenuOpenFor: (id) => this.#menu?.isOpenFor(id) ?? false,
      related: this.#related.value,
      withdraw: (id) => this.#ask(new IlsWithdrawRoleOfferRequestEvent(id), 'withdrawRoleOffer'),
    };
    return html`
      ${mayList && !this.noSearch ? this.#renderSearch() : nothing}
      <div
        class="list scroller"
        part="list"
        @keydown=${this.#focus.handleKeydown}
        @focusin=${this.#focus.handleFocusin}
        @click=${this.#handleClick}
      >
        ${renderSections(store, view)}
      </div>
    `;
  }

  #renderSearch(): TemplateResult {
    return html`<div class="search">
      <slot name="search-icon">${icon(searchIcon)}</slot>
      <input
        class="input"
        part="search"
        type="search"
        autocomplete="off"
        maxlength="80"
        placeholder=${msg('Find people')}
        aria-label=${msg('Find people')}
        .value=${this.#directory.search}
        @input=${this.#handleSearch}
      />
    </div>`;
  }

  #ask(event: Event, request?: RequestName): void {
    if (request !== undefined) this.#notices.expect(request);
    this.dispatchEvent(event);
  }

  async #loadDialogs(): Promise<ParticipantDialogs> {
    // The room listens to what features ask for once one of them is used.
    this.room?.use('overlays');
    const { ParticipantDialogs: Dialogs } = await import('./participant-dialogs.ts');
    this.#dialogs ??= new Dialogs(this, (event, request) => this.#ask(event, request));
    return this.#dialogs;
  }

  #rows(): HTMLElement[] {
    return [...(this.list?.querySelectorAll<HTMLElement>('[data-participant]') ?? [])];
  }

  /** Loads the list when one has joined, again after a break, and now and then while people come and go. */
  #follow(): void {
    const store = this.room?.store;
    if (store === undefined || store.connection.state.value !== 'joined' || !may(store, 'participant.list')) {
      this.#countedIn = undefined;
      return;
    }
    const counts = store.participants.counts.value;
    if (this.#countedIn !== store) {
      this.#countedIn = store;
      this.#counted = counts;
      void this.#directory.refresh();
    } else if (this.#counted !== counts && this.#refreshTimer === undefined) {
      this.#counted = counts;
      this.#refreshTimer = setTimeout(() => {
        this.#refreshTimer = undefined;
        if (this.#directory.isRefreshable && this.#menu?.isOpen !== true) void this.#directory.refresh();
      }, REFRESH_EVERY_MS);
    }
  }

  async #openMenu(id: ParticipantId, row: HTMLElement, known: () => ParticipantView | undefined): Promise<void> {
    const [menu, { participantMenu }] = await Promise.all([
      this.#menu ?? loadMenu(this),
      import('./participant-menu.ts'),
    ]);
    this.#menu ??= menu;
    const label = msg(str`Options for ${known()?.name ?? ''}`);
    await this.#menu.toggle(id, row, label, () => {
      const participant = known();
      const store = this.room?.store;
      return participant === undefined || store === undefined
        ? []
        : participantMenu(this.#menuHost, store, participant);
    });
  }

  /** Watches the end of the list anew after each page: one that stays in view is not told of twice. */
  #watchEnd(): void {
    const count = this.#directory.found.length;
    if (this.sentinel === this.#observed && count === this.#observedCount) return;
    this.#observer?.disconnect();
    this.#observed = this.sentinel;
    this.#observedCount = count;
    if (this.sentinel === null) return;
    this.#observer = new IntersectionObserver(this.#handleSentinel, { root: this.list, rootMargin: '300px' });
    this.#observer.observe(this.sentinel);
  }

  readonly #handleSentinel = (entries: readonly IntersectionObserverEntry[]): void => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) void this.#directory.more();
  };

  readonly #handleSearch = (event: Event): void => {
    if (event.target instanceof HTMLInputElement) this.#directory.find(event.target.value);
  };

  readonly #handleClick = (event: Event): void => {
    const row = event
      .composedPath()
      .find(
        (target): target is HTMLElement => target instanceof HTMLElement && target.dataset.participant !== undefined,
      );
    const store = this.room?.store;
    const id = row?.dataset.participant as ParticipantId | undefined;
    if (row === undefined || id === undefined || store === undefined) return;
    const known = (): ParticipantView | undefined =>
      store.participants.byId.value.get(id) ?? this.#directory.found.find((participant) => participant.id === id);
    void this.#openMenu(id, row, known);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'ils-participants': IlsParticipants;
  }
}
