import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { RoomContext } from '../../context/room-context.ts';
import type { BreakoutCommand } from '../../events/breakout-requests.ts';
import { formatCount, languageOf, msg, str } from '../../locales/localization.ts';
import type { BreakoutsView, ParticipantId, RoomId } from '../../protocol/index.ts';
import type { ReadonlyFeature, Store } from '../../store/store.ts';
import { adoptStyles } from '../../styles/adopt-styles.ts';
import { ParticipantDirectory } from '../participants/directory.ts';
import styles from './people-desk.styles.ts';

/** A search finds the others. */
const MOST_SHOWN = 50;
const MOST_SENT = 10_000;

interface Person {
  readonly name: string;
  readonly roomId: RoomId | null;
}

interface Parts {
  readonly room: () => RoomContext | undefined;
  readonly ask: (command: BreakoutCommand) => void;
}

/** Who goes where: so many by chance, or one by one, found by name among all; loaded for those who manage the rooms. */
export class PeopleDesk {
  readonly #host: LitElement;
  readonly #ask: Parts['ask'];
  readonly #directory: ParticipantDirectory;

  constructor(host: LitElement, { room, ask }: Parts) {
    this.#host = host;
    this.#ask = ask;
    this.#directory = new ParticipantDirectory(host, room);
    if (host.renderRoot instanceof ShadowRoot) adoptStyles(host.renderRoot, styles);
  }

  render(store: Store, slice: ReadonlyFeature<'breakouts'>, view: BreakoutsView): TemplateResult {
    return html`<section class="people" part="people" aria-label=${msg('People')}>
      <h3 class="section-title">${msg('People')}</h3>
      ${this.#renderFill(view)}
      <input
        type="search"
        class="input"
        part="search"
        maxlength="60"
        aria-label=${msg('Find people')}
        placeholder=${msg('Find people')}
        @input=${({ target }: Event) => target instanceof HTMLInputElement && this.#directory.find(target.value)}
      />
      ${this.#renderPeople(this.#shown(store, slice), view)}
    </section>`;
  }

  #renderFill({ rooms }: BreakoutsView): TemplateResult {
    return html`<form class="fill" part="fill-form" @submit=${this.#handleFill}>
      <input
        class="input"
        part="field"
        name="count"
        type="number"
        min="1"
        max=${MOST_SENT}
        value="5"
        required
        aria-label=${msg('How many')}
      />
      <span class="hint">${msg('at random to')}</span>
      <select class="input" part="field" name="room" aria-label=${msg('Room')}>
        ${rooms.map(({ roomId, name }) => html`<option value=${roomId}>${name}</option>`)}
      </select>
      <button type="submit" class="button" part="fill-button">${msg('Send')}</button>
    </form>`;
  }

  #renderPeople(people: ReadonlyMap<ParticipantId, Person>, { rooms }: BreakoutsView): TemplateResult {
    const rows = [...people].slice(0, MOST_SHOWN);
    const rest = people.size - rows.length;
    const isFinding = this.#directory.search.trim() !== '';
    if (rows.length === 0) {
      const isEmpty = isFinding && this.#directory.state === 'loaded';
      return html`<p class="hint" role="status">${isEmpty ? msg('Nobody by that name is here.') : nothing}</p>`;
    }
    return html`<ul>
        ${repeat(
          rows,
          ([id]) => id,
          ([id, { name, roomId }]) =>
            html`<li class="person" part="person">
              <span class="person-name truncate" dir="auto">${name}</span>
              <select
                class="input"
                part="field"
                aria-label=${msg(str`Room of ${name}`)}
                @change=${(event: Event) => this.#handleAssign(event, id)}
              >
                <option value="" ?selected=${roomId === null}>${msg('Main room')}</option>
                ${rooms.map((room) => html`<option value=${room.roomId} ?selected=${room.roomId === roomId}>${room.name}</option>`)}
              </select>
            </li>`,
        )}
      </ul>
      ${
        rest > 0
          ? html`<p class="hint">${msg(str`${formatCount(rest, languageOf(this.#host))} more. Find them by name.`)}</p>`
          : nothing
      }`;
  }

  /** Those who have a place and those who are announced; while a name is looked for, whoever has it. */
  #shown(store: Store, slice: ReadonlyFeature<'breakouts'>): Map<ParticipantId, Person> {
    const selfId = store.participants.selfId.value;
    const words = this.#directory.search.trim().toLocaleLowerCase();
    const shown = new Map<ParticipantId, Person>();
    for (const { participantId, name, roomId } of slice.people.value) {
      if (name.toLocaleLowerCase().includes(words)) shown.set(participantId, { name, roomId });
    }
    const others = words === '' ? store.participants.byId.value.values() : this.#directory.found;
    for (const { id, name } of others) {
      if (id !== selfId && !shown.has(id)) shown.set(id, { name, roomId: null });
    }
    return shown;
  }

  readonly #handleFill = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const data = new FormData(event.target);
    const count = Math.min(MOST_SENT, Math.max(1, Math.round(Number(data.get('count')))));
    this.#ask({ type: 'fillBreakout', data: { roomId: String(data.get('room')) as RoomId, count } });
  };

  #handleAssign({ target }: Event, participantId: ParticipantId): void {
    if (!(target instanceof HTMLSelectElement)) return;
    const roomId = target.value === '' ? null : (target.value as RoomId);
    this.#ask({ type: 'assignBreakout', data: { participantId, roomId } });
  }
}
