import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators/state.js';
import { keepsFocus } from '../../controllers/keeps-focus.ts';
import { NoticeController } from '../../controllers/notice.ts';
import { IlsBreakoutsRequestEvent, type BreakoutCommand } from '../../events/breakout-requests.ts';
import { gridIcon } from '../../icons/grid.ts';
import { handIcon } from '../../icons/hand.ts';
import { icon } from '../../icons/icon.ts';
import { timerIcon } from '../../icons/timer.ts';
import { formatDuration } from '../../locales/duration.ts';
import { msg, str } from '../../locales/localization.ts';
import {
  type BreakoutAssignment,
  type BreakoutRoom,
  type BreakoutsView,
  type RoleName,
  type RoomId,
} from '../../protocol/index.ts';
import { may } from '../../store/selectors.ts';
import type { ReadonlyFeature, Store } from '../../store/store.ts';
import baseStyles from '../../styles/base.styles.ts';
import buttonStyles from '../../styles/button.styles.ts';
import fieldStyles from '../../styles/field.styles.ts';
import panelStyles from '../../styles/panel.styles.ts';
import stateStyles from '../../styles/state.styles.ts';
import { LazyPart } from '../lazy-part.ts';
import { RoomElement } from '../room-element.ts';
import styles from './breakouts.styles.ts';

const TICK_MS = 1_000;
const MINUTE_MS = 60_000;
/** Rooms that the form offers at first, and at most. */
const ROOMS = 3;
const MOST_ROOMS = 50;

type Slice = ReadonlyFeature<'breakouts'>;

/**
 * @summary The rooms of a room: hosts make, open, visit and close them; everybody else sees where they are, how long it takes
 * yet, calls a host and goes back.
 *
 * People are moved without a reload; everything else on the page follows them.
 *
 * @csspart base - Everything.
 * @csspart header - The header.
 * @csspart countdown - How long the rooms are open yet.
 * @csspart content - The part that scrolls.
 * @csspart form - Where a host makes rooms.
 * @csspart field - A field of a form.
 * @csspart room - One of the rooms.
 * @csspart name - Its name.
 * @csspart count - How many are in it.
 * @csspart call - Says that somebody there calls for help.
 * @csspart enter-button - Goes into a room.
 * @csspart create-button - Makes the rooms.
 * @csspart open-button - Opens them.
 * @csspart close-button - Closes them, or drops the draft.
 * @csspart people - Where a host says who goes where.
 * @csspart fill-form - Where a host sends so many by chance.
 * @csspart fill-button - Sends them.
 * @csspart search - Finds people by name.
 * @csspart person - Somebody whom a host sends to a room.
 * @csspart announcement - What was last said to all rooms.
 * @csspart announce-form - Where a host says something to all rooms.
 * @csspart help-button - Calls a host.
 * @csspart back-button - Goes back to the main room.
 * @csspart notice - Says what the server refused.
 * @csspart state - What stands where there are no rooms.
 * @csspart icon - Any icon.
 * @cssstate open - The rooms are open.
 * @cssstate inside - One is in one of them.
 * @event {IlsBreakoutsRequestEvent} ils-breakouts-request - Make, open or close rooms, send somebody there, or go oneself.
 */
export class IlsBreakouts extends RoomElement {
  static override styles = [...baseStyles, buttonStyles, fieldStyles, stateStyles, panelStyles, styles];

  @state() private calledFrom: RoomId | null = null;

  readonly #internals = this.attachInternals();
  readonly #notices = new NoticeController(this, () => this.room);
  readonly #people = new LazyPart(
    async () => {
      const { PeopleDesk } = await import('./people-desk.ts');
      return new PeopleDesk(this, { room: () => this.room, ask: (command) => this.#ask(command) });
    },
    () => this.requestUpdate(),
  );
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    keepsFocus(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => this.requestUpdate(), TICK_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override render(): TemplateResult {
    const { room } = this;
    room?.use('breakouts');
    const store = room?.store;
    const slice = store?.features.loaded.value.breakouts;
    const connection = store?.connection.state.value ?? 'idle';
    const isIn = connection === 'joined' || connection === 'reconnecting';
    const view = isIn ? (slice?.view.value ?? null) : null;
    const here = view?.rooms.find(({ roomId }) => roomId === store?.connection.roomId.value);
    this.#internals.states[view?.isOpen === true ? 'add' : 'delete']('open');
    this.#internals.states[here === undefined ? 'delete' : 'add']('inside');
    return html`<div class="base" part="base">
      <div class="header" part="header">
        <h2 class="title truncate">${here === undefined ? msg('Breakout rooms') : here.name}</h2>
        ${store === undefined || view === null ? nothing : this.#renderCountdown(store, view)}
      </div>
      <div class="content scroller" part="content" tabindex="0" role="region" aria-label=${msg('Breakout rooms')}>
        ${store === undefined || !isIn ? this.#renderState(msg('The rooms are here when you join')) : this.#renderIn(store, slice, view, here)}
      </div>
      ${this.#notices.render()}
    </div>`;
  }

  #renderState(title: string, text?: string): TemplateResult {
    return html`<div class="state" part="state">
      ${icon(gridIcon)}
      <div class="title">${title}</div>
      ${text === undefined ? nothing : html`<div class="text">${text}</div>`}
    </div>`;
  }

  #renderCountdown(store: Store, { closesAt, isOpen }: BreakoutsView): TemplateResult | typeof nothing {
    if (closesAt === null || !isOpen) return nothing;
    const leftMs = Math.max(0, closesAt - Date.now() - store.connection.serverOffsetMs.value);
    const isSoon = leftMs <= MINUTE_MS;
    return html`<span class="left tabular ${isSoon ? 'soon' : ''}" part="countdown" role="timer">
      ${icon(timerIcon)}${isSoon ? msg(str`Closes in ${formatDuration(leftMs)}`) : formatDuration(leftMs)}
    </span>`;
  }

  #renderIn(store: Store, slice: Slice | undefined, view: BreakoutsView | null, here: BreakoutRoom | undefined) {
    if (slice?.state.value === 'failed') {
      return this.#renderState(
        msg('The rooms did not come'),
        msg('They are asked for again when the connection is back.'),
      );
    }
    if (slice === undefined || slice.state.value === 'loading') {
      return html`<div role="status" aria-label=${msg('Loading the rooms')}>
        <div class="placeholder skeleton"></div>
      </div>`;
    }
    const manages = may(store, 'breakout.manage');
    if (view === null)
      return manages
        ? this.#renderForm()
        : this.#renderState(
            msg('There are no breakout rooms now'),
            msg('When a host opens some, you go there from here.'),
          );
    return html`${view.announcement === null ? nothing : html`<p class="announcement" part="announcement" role="status" dir="auto">${view.announcement.text}</p>`}
    ${here === undefined ? nothing : this.#renderInside(here, manages)}
    ${manages || (here === undefined && view.assignment === 'selfChosen') ? this.#renderRooms(slice, view, here, manages) : nothing}
    ${manages || here !== undefined || view.assignment === 'selfChosen' ? nothing : this.#renderState(msg('A host sends you to your room'))}
    ${manages ? this.#renderDesk(store, slice, view) : nothing}`;
  }

  #renderInside({ roomId }: BreakoutRoom, manages: boolean): TemplateResult {
    const isCalled = this.calledFrom === roomId;
    return html`<div class="actions">
      ${
        manages
          ? nothing
          : html`<button
              type="button"
              class="button primary"
              part="help-button"
              aria-disabled=${isCalled ? 'true' : nothing}
              @click=${() => {
                if (isCalled) return;
                this.calledFrom = roomId;
                this.#ask({ type: 'callForHelp', data: {} });
              }}
            >
              ${icon(handIcon)}<span>${isCalled ? msg('A host was called') : msg('Call a host')}</span>
            </button>`
      }
      <button
        type="button"
        class="button outlined"
        part="back-button"
        @click=${() => this.#ask({ type: 'enterBreakout', data: { roomId: null } })}
      >
        ${msg('Back to the main room')}
      </button>
    </div>`;
  }

  #renderRooms(slice: Slice, view: BreakoutsView, here: BreakoutRoom | undefined, manages: boolean): TemplateResult {
    return html`<ul>
      ${view.rooms.map(({ roomId, name, size, present, assigned }) => {
        const call = slice.calls.value.find((each) => each.roomId === roomId);
        const count = view.isOpen ? present : assigned;
        const isFull = size !== null && assigned >= size && !manages;
        return html`<li class="room ${here?.roomId === roomId ? 'own' : ''}" part="room">
          <div class="words">
            <span class="name truncate" part="name">${name}</span>
            <span class="count tabular" part="count">
              ${size !== null ? msg(str`${count} of ${size}`) : count === 1 ? msg('1 person') : msg(str`${count} people`)}
            </span>
            ${call === undefined ? nothing : html`<span class="call" part="call" role="status">${icon(handIcon)}${msg(str`${call.name} calls`)}</span>`}
          </div>
          ${
            !view.isOpen || here?.roomId === roomId
              ? nothing
              : html`<button
                  type="button"
                  class="button small ${call === undefined ? 'outlined' : 'primary'}"
                  part="enter-button"
                  aria-label=${isFull ? msg(str`Full: ${name}`) : msg(str`Go there: ${name}`)}
                  aria-disabled=${isFull ? 'true' : nothing}
                  @click=${() => !isFull && this.#ask({ type: 'enterBreakout', data: { roomId } })}
                >
                  ${isFull ? msg('Full') : msg('Go there')}
                </button>`
          }
        </li>`;
      })}
    </ul>`;
  }

  /** What a host does with the rooms: who goes where, opening, saying something, closing. */
  #renderDesk(store: Store, slice: Slice, view: BreakoutsView): TemplateResult {
    this.#people.need();
    return html`${this.#people.value?.render(store, slice, view)}
    ${
      view.isOpen
        ? html`<form part="announce-form" @submit=${this.#handleAnnounce}>
              <div class="row">
                <input
                  class="input"
                  part="field"
                  name="text"
                  maxlength="300"
                  autocomplete="off"
                  aria-label=${msg('Say something to all rooms')}
                  placeholder=${msg('Say something to all rooms')}
                />
                <button type="submit" class="button">${msg('Send')}</button>
              </div>
            </form>
            <div class="actions">
              <button
                type="button"
                class="button danger"
                part="close-button"
                @click=${() => this.#ask({ type: 'closeBreakouts', data: {} })}
              >
                ${msg('Close all in a minute')}
              </button>
            </div>`
        : html`<form part="form" @submit=${this.#handleOpen}>
            <div class="fields">
              <label
                ><span class="label">${msg('Minutes')}</span>
                <input
                  class="input"
                  part="field"
                  name="minutes"
                  type="number"
                  min="1"
                  max="1440"
                  placeholder=${msg('No limit')}
                />
              </label>
            </div>
            <div class="actions">
              <button type="submit" class="button primary" part="open-button">${msg('Open the rooms')}</button>
              <button
                type="button"
                class="button quiet"
                part="close-button"
                @click=${() => this.#ask({ type: 'closeBreakouts', data: { warningMs: 0 } })}
              >
                ${msg('Discard')}
              </button>
            </div>
          </form>`
    }`;
  }

  #renderForm(): TemplateResult {
    return html`<form part="form" @submit=${this.#handleCreate}>
      <div class="fields">
        <label
          ><span class="label">${msg('Rooms')}</span>
          <input
            class="input"
            part="field"
            name="rooms"
            type="number"
            min="1"
            max=${MOST_ROOMS}
            value=${ROOMS}
            required
          />
        </label>
        <label
          ><span class="label">${msg('People go')}</span>
          <select class="input" part="field" name="assignment">
            <option value="atRandom">${msg('At random')}</option>
            <option value="byHand">${msg('Where I send them')}</option>
            <option value="selfChosen">${msg('Where they like')}</option>
          </select>
        </label>
      </div>
      <label class="check"
        ><input type="checkbox" name="speak" checked /><span>${msg('Everyone may speak there')}</span></label
      >
      <div class="actions">
        <button type="submit" class="button primary" part="create-button">${msg('Make rooms')}</button>
      </div>
    </form>`;
  }

  #ask(command: BreakoutCommand): void {
    this.#notices.expect(command.type);
    this.dispatchEvent(new IlsBreakoutsRequestEvent(command));
  }

  readonly #handleCreate = (event: SubmitEvent): void => {
    const data = fieldsOf(event);
    const count = Math.min(MOST_ROOMS, Math.max(1, Math.round(Number(data.get('rooms')))));
    const rooms = Array.from({ length: count }, (_, index) => ({ name: msg(str`Room ${index + 1}`) }));
    const assignment = data.get('assignment') as BreakoutAssignment;
    const role = data.has('speak') ? ('guest' as RoleName) : null;
    this.#ask({ type: 'createBreakouts', data: { rooms, assignment, role } });
  };

  readonly #handleOpen = (event: SubmitEvent): void => {
    const minutes = Number(fieldsOf(event).get('minutes'));
    this.#ask({ type: 'openBreakouts', data: { durationMs: minutes > 0 ? minutes * MINUTE_MS : null } });
  };

  readonly #handleAnnounce = (event: SubmitEvent): void => {
    const text = String(fieldsOf(event).get('text')).trim();
    if (text === '') return;
    this.#ask({ type: 'announceToBreakouts', data: { text } });
    if (event.target instanceof HTMLFormElement) event.target.reset();
  };
}

/** What the form holds; it goes nowhere by itself. */
function fieldsOf(event: SubmitEvent): FormData {
  event.preventDefault();
  return new FormData(event.target instanceof HTMLFormElement ? event.target : undefined);
}

declare global {
  interface HTMLElementTagNameMap {
    'ils-breakouts': IlsBreakouts;
  }
}
