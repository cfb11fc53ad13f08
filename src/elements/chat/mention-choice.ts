import { html, nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import { msg, str } from '../../locales/localization.ts';
import { describeRole } from '../../locales/roles.ts';
import type { ParticipantView } from '../../protocol/index.ts';
import { may } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import type { ChatExtrasOptions } from './chat-extras.ts';

const MOST_CHOICES = 6;
const LONGEST_QUERY = 40;
const ASK_AFTER_MS = 150;

type Person = Pick<ParticipantView, 'id' | 'name' | 'role'>;

/** Helps to write the name of somebody who is in the room: from an @ on, by keyboard or pointer. */
export class MentionChoice implements ReactiveController {
  readonly #host: LitElement;
  readonly #options: ChatExtrasOptions;
  /** What stands behind the @ before the caret; none: nobody is being named. */
  #query: string | undefined;
  /** Given up with Escape, until another @ is written. */
  #dismissedAt = -1;
  #at = -1;
  #active = 0;
  /** Those whom the server found. */
  #found: { readonly query: string; readonly people: readonly Person[] } = { query: '', people: [] };
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: LitElement, options: ChatExtrasOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
    this.#look();
  }

  hostConnected(): void {
    const { renderRoot } = this.#host;
    renderRoot.addEventListener('keydown', this.#handleKeydown, { capture: true });
    for (const type of ['input', 'click', 'keyup', 'focusout']) renderRoot.addEventListener(type, this.#look);
  }

  hostDisconnected(): void {
    const { renderRoot } = this.#host;
    renderRoot.removeEventListener('keydown', this.#handleKeydown, { capture: true });
    for (const type of ['input', 'click', 'keyup', 'focusout']) renderRoot.removeEventListener(type, this.#look);
    clearTimeout(this.#timer);
    this.#query = undefined;
  }

  hostUpdated(): void {
    const { textarea } = this.#options.composer;
    const open = this.#choices.length > 0;
    // The field itself is drawn by what does not know of this.
    for (const [name, value] of [
      ['aria-autocomplete', 'list'],
      ['aria-controls', open ? 'mention-choice' : null],
      ['aria-activedescendant', open ? `mention-${this.#activeIndex}` : null],
    ] as const) {
      if (value === null) textarea?.removeAttribute(name);
      else textarea?.setAttribute(name, value);
    }
  }

  render(): TemplateResult | typeof nothing {
    const people = this.#choices;
    return html`<div class="mention-anchor">
      <div class="visually-hidden" role="status">
        ${people.length === 0 ? '' : msg(str`${people.length} people. Up and down choose, Enter takes one.`)}
      </div>
      ${
        people.length === 0
          ? nothing
          : html`<ul
              class="mention-choice"
              part="mention-choice"
              id="mention-choice"
              role="listbox"
              aria-label=${msg('Mention')}
            >
              ${people.map((person, index) => this.#renderPerson(person, index))}
            </ul>`
      }
    </div>`;
  }

  #renderPerson({ name, role }: Person, index: number): TemplateResult {
    return html`<li
      id="mention-${index}"
      class="mention-option"
      part="mention-option"
      role="option"
      aria-selected=${String(index === this.#activeIndex)}
      @pointerdown=${(event: Event) => event.preventDefault()}
      @click=${() => this.#take(name)}
    >
      <bdi class="mention-person truncate">${name}</bdi>
      <span class="mention-role">${describeRole(role)}</span>
    </li>`;
  }

  get #activeIndex(): number {
    return Math.min(this.#active, this.#choices.length - 1);
  }

  get #choices(): readonly Person[] {
    const query = this.#query;
    const store = this.#options.room()?.store;
    if (query === undefined || store === undefined) return [];
    const known = [...store.participants.byId.value.values(), ...this.#found.people];
    const selfId = store.participants.selfId.value;
    const byId = new Map(known.map((person) => [person.id, person]));
    const wanted = query.toLocaleLowerCase();
    return [...byId.values()].filter(({ id, name }) => id !== selfId && begins(name, wanted)).slice(0, MOST_CHOICES);
  }

  /** Finds the name that is being written. */
  readonly #look = (): void => {
    const { textarea } = this.#options.composer;
    const store = this.#options.room()?.store;
    const caret = textarea?.selectionEnd ?? 0;
    const before = textarea?.value.slice(0, caret) ?? '';
    const at = before.lastIndexOf('@');
    const query = before.slice(at + 1);
    const isFocused = textarea?.matches(':focus') === true;
    const begun =
      isFocused &&
      at !== -1 &&
      at !== this.#dismissedAt &&
      query.length <= LONGEST_QUERY &&
      !query.includes('\n') &&
      (at === 0 || /\s/u.test(before.charAt(at - 1)));
    if (at !== this.#dismissedAt) this.#dismissedAt = -1;
    const next = begun ? query : undefined;
    if (next === this.#query && at === this.#at) return;
    this.#at = at;
    this.#query = next;
    this.#active = 0;
    if (next !== undefined && next !== '' && store !== undefined) this.#askSoon(store, next);
    this.#host.requestUpdate();
  };

  /** Most of the audience is not known here: the server is asked who is in the room. */
  #askSoon(store: Store, query: string): void {
    clearTimeout(this.#timer);
    if (!may(store, 'participant.list') || store.connection.state.peek() !== 'joined') return;
    this.#timer = setTimeout(() => {
      const search = query.trim();
      if (search === '') return;
      this.#options
        .room()
        ?.actions.listParticipants({ search, limit: MOST_CHOICES + 1 })
        .then(
          ({ participants }) => {
            if (query !== this.#query) return;
            this.#found = { query, people: participants };
            this.#host.requestUpdate();
          },
          // The refusal is in the room's notices; the names that are known stay.
          () => undefined,
        );
    }, ASK_AFTER_MS);
  }

  #take(name: string): void {
    const { textarea } = this.#options.composer;
    if (textarea === null || this.#at === -1) return;
    textarea.setRangeText(`@${name} `, this.#at, textarea.selectionEnd, 'end');
    this.#options.handleDraft(textarea.value);
    textarea.focus();
    this.#look();
    this.#dismissedAt = this.#at;
    this.#query = undefined;
    this.#host.requestUpdate();
  }

  readonly #handleKeydown = (event: Event): void => {
    if (!(event instanceof KeyboardEvent) || event.isComposing || event.target !== this.#options.composer.textarea)
      return;
    const choices = this.#choices;
    const active = choices[this.#activeIndex];
    if (active === undefined) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) this.#active = (this.#activeIndex + step + choices.length) % choices.length;
    else if (event.key === 'Enter' || event.key === 'Tab') this.#take(active.name);
    else if (event.key === 'Escape') {
      this.#dismissedAt = this.#at;
      this.#query = undefined;
    } else return;
    event.preventDefault();
    event.stopPropagation();
    this.#host.requestUpdate();
  };
}

/** Whether the name, or a word of it, begins so; one that is written out needs no help. */
function begins(name: string, wanted: string): boolean {
  const lower = name.toLocaleLowerCase();
  if (wanted.startsWith(`${lower} `)) return false;
  return lower.startsWith(wanted) || lower.split(/\s+/u).some((word) => word.startsWith(wanted));
}
