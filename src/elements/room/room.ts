import { ContextProvider } from '@lit/context';
import { effect } from '@preact/signals-core';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators/property.js';
import { state } from 'lit/decorators/state.js';
import type { RoomActions } from '../../actions/room-actions.ts';
import { roomContext, type RoomContext } from '../../context/room-context.ts';
import { createRoom } from '../../create-room.ts';
import { IlsJoinRequestEvent } from '../../events/connection-requests.ts';
import { IlsRequestEvent, listenToRequests } from '../../events/request-event.ts';
import { speakTo } from '../../locales/localization.ts';
import type { Room, TokenProvider } from '../../room/room.ts';
import type { ConnectionState } from '../../store/connection.ts';
import type { Store } from '../../store/store.ts';
import { announceRoom } from './room-announcer.ts';
import { renderRoomBanner } from './room-banner.ts';
import { TokenAttribute, fetchToken } from './token-source.ts';
import styles from './room.styles.ts';

/**
 * @summary One live room: holds the connection and hands it to every `ils-…` element within, or to those that name it by `for`.
 *
 * Give it a `token`, a `token-url` or a `tokenProvider`. With `auto-join` it joins by itself; otherwise an `<ils-preview>`,
 * any `ils-join-request` event, or `join()` does.
 *
 * @slot - The page's own layout with the elements of the room in it.
 * @csspart banner - The line over the room that says why it is not connected, and offers one thing to do. Only where no player, stage or preview within is in sight, which say it themselves.
 * @csspart banner-text - What the line says.
 * @csspart banner-action - Its button.
 *
 * @cssstate idle - Not asked to join yet.
 * @cssstate connecting - Joining.
 * @cssstate joined - In the room.
 * @cssstate reconnecting - The link broke; coming back by itself.
 * @cssstate left - Left on purpose.
 * @cssstate removed - Removed by somebody who may.
 * @cssstate ended - The room has ended for everyone.
 * @cssstate denied - The token was refused.
 * @cssstate failed - Any other error that trying again does not cure.
 *
 * @event {IlsStateChangedEvent} ils-state-changed - The connection went from one state to the next.
 * @event {IlsJoinedEvent} ils-joined - Joined, for the first time or again after an end.
 * @event {IlsLeftEvent} ils-left - Out of the room: left, removed, ended, denied or failed.
 * @event {IlsRoleChangedEvent} ils-role-changed - One's own role changed.
 * @event {IlsRoleOfferedEvent} ils-role-offered - A role that publishes is offered to oneself; prevent the default to ask for consent in the page's own way.
 * @event {IlsBroadcastChangedEvent} ils-broadcast-changed - The broadcast went to another state, or was arranged anew.
 * @event {IlsTokenNeededEvent} ils-token-needed - A fresh `token` is wanted, where the page gave it as an attribute.
 * @event {IlsErrorEvent} ils-error - Something was refused or broke.
 */
export class IlsRoom extends LitElement {
  static override styles = styles;

  /** Origin of the room server; the page's own by default. */
  @property() server = '';
  /** Id of the room to join. */
  @property() room = '';
  /** Token made by the site's back end. */
  @property() token = '';
  /** Address that answers with a token: GET with the query `room`, `name`, `reason` and `participant`; JSON `{ "token": "…" }`. */
  @property({ attribute: 'token-url' }) tokenUrl = '';
  /** Name to be shown where the token names nobody. */
  @property() name = '';
  /** Joins as soon as the element is in the page. */
  @property({ type: Boolean, attribute: 'auto-join' }) autoJoin = false;
  /** Draws no banner; the page says by itself what the states mean. */
  @property({ type: Boolean, attribute: 'no-banner' }) noBanner = false;
  /** Asked for a token at the join, before expiry and after a refusal. Goes before `token-url` and `token`. */
  @property({ attribute: false }) tokenProvider: TokenProvider | undefined;
  /** A room made elsewhere (`createRoom`, or a fake one); the element shows it, and does not close it. */
  @property({ attribute: false }) headless: Room | undefined;

  @state() private connectionState: ConnectionState = 'idle';
  @state() private roleOfferReady = false;

  readonly #internals = this.attachInternals();
  readonly #provider = new ContextProvider(this, { context: roomContext });
  readonly #tokenAttribute = new TokenAttribute(this);
  #current: Room | undefined;
  /** Ends when the room in hand is given up. */
  #scope = new AbortController();
  #performed = new WeakSet<IlsRequestEvent>();
  /** Given at the last join, for the back end that makes the token. */
  #wantedName = '';

  constructor() {
    super();
    this.#internals.states.add('idle');
  }

  /** Where the connection stands. */
  get state(): ConnectionState {
    return this.connectionState;
  }

  /** What is known of the room, as signals. `undefined` until the element is in a page. */
  get store(): Store | undefined {
    return this.#current?.store;
  }

  /** What can be done in the room. `undefined` until the element is in a page. */
  get actions(): RoomActions | undefined {
    return this.#current?.actions;
  }

  /** Store and actions as the elements within receive them. */
  get context(): RoomContext | undefined {
    return this.#provider.value;
  }

  /** Joins, or joins again after an end. Resolves once joined. */
  async join(): Promise<void> {
    await this.updateComplete;
    await this.#current?.actions.join(this.name === '' ? {} : { name: this.name });
  }

  /** Leaves for good. */
  async leave(): Promise<void> {
    await this.#current?.actions.leave();
  }

  /** Performs the uncancelled requests that `target` fires, until the signal aborts. */
  listenTo(target: EventTarget, signal: AbortSignal): void {
    listenToRequests(target, this.#handleRequest, signal);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated && this.#current === undefined) this.#open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A move through the page takes the element out and puts it back within one task.
    queueMicrotask(() => {
      if (!this.isConnected) this.#close();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.isConnected) return;
    const another = changed.has('server') || changed.has('room') || changed.has('headless');
    if (this.#current === undefined || another) {
      const wasIn = this.connectionState === 'joined' || this.connectionState === 'reconnecting';
      this.#open(wasIn);
    } else if (changed.has('autoJoin') && this.autoJoin && this.connectionState === 'idle') {
      this.#join(this.#current);
    }
    if (changed.has('token')) this.#tokenAttribute.changed();
  }

  protected override firstUpdated(): void {
    // Only from now on have the elements within a place, and are in sight or not.
    void this.updateComplete.then(() => this.requestUpdate());
  }

  protected override render(): TemplateResult {
    speakTo(this);
    const store = this.noBanner ? undefined : this.#current?.store;
    return html`<slot></slot> ${store === undefined ? nothing : renderRoomBanner(this, store)}
      ${this.roleOfferReady ? html`<ils-role-offer></ils-role-offer>` : nothing}`;
  }

  #open(rejoin = false): void {
    this.#close();
    const scope = new AbortController();
    this.#scope = scope;
    this.listenTo(this, scope.signal);
    const room = this.headless ?? this.#createRoom(scope.signal);
    this.#current = room;
    this.#provider.setValue({
      store: room.store,
      actions: room.actions,
      use: (feature) => room.use(feature),
    });
    const stopWatching = effect(() => {
      speakTo(this);
      this.#show(room.store.connection.state.value);
      this.requestUpdate();
    });
    const stopAnnouncing = announceRoom(this, room.store, () => void this.#prepareRoleOffer(scope.signal));
    scope.signal.addEventListener('abort', () => {
      stopWatching();
      stopAnnouncing();
    });
    if ((this.autoJoin || rejoin) && this.headless === undefined) this.#join(room);
  }

  #createRoom(signal: AbortSignal): Room {
    const room = createRoom({
      server: new URL(this.server === '' ? '/' : this.server, document.baseURI).origin,
      room: this.room,
      name: this.name,
      // Where the page has nothing that goes before it.
      ...(this.tokenProvider === undefined && this.tokenUrl === '' && { token: this.token }),
      tokenProvider: (reason) => {
        if (this.tokenProvider !== undefined) return this.tokenProvider(reason);
        if (this.tokenUrl !== '') {
          return fetchToken(this.tokenUrl, { room: this.room, name: this.#wantedName || this.name, reason }, signal);
        }
        return this.#tokenAttribute.ask(reason, signal);
      },
    });
    signal.addEventListener('abort', () => room.close());
    return room;
  }

  #close(): void {
    this.#scope.abort();
    this.#current = undefined;
    this.roleOfferReady = false;
  }

  #join(room: Room): void {
    // The state and its event say what became of it.
    room.actions.join(this.name === '' ? {} : { name: this.name }).catch(() => undefined);
  }

  #show(state: ConnectionState): void {
    this.#internals.states.delete(this.connectionState);
    this.#internals.states.add(state);
    this.connectionState = state;
  }

  async #prepareRoleOffer(signal: AbortSignal): Promise<void> {
    const [{ IlsRoleOffer }, { defineElement }] = await Promise.all([
      import('../role-offer/role-offer.ts'),
      import('../define-element.ts'),
    ]);
    if (signal.aborted) return;
    defineElement('ils-role-offer', IlsRoleOffer);
    this.roleOfferReady = true;
  }

  readonly #handleRequest = (event: Event): void => {
    if (!(event instanceof IlsRequestEvent) || this.#performed.has(event)) return;
    this.#performed.add(event);
    // A page's listener further out may still prevent it.
    queueMicrotask(() => {
      const actions = this.#current?.actions;
      if (event.defaultPrevented || actions === undefined) return;
      if (event instanceof IlsJoinRequestEvent) this.#wantedName = event.name ?? '';
      // What was refused stands in the store's notices, from where it is announced.
      Promise.resolve(event.perform(actions)).catch(() => undefined);
    });
  };
}
