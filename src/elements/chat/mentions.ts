import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { atIcon } from '../../icons/at.ts';
import { icon } from '../../icons/icon.ts';
import { msg, str } from '../../locales/localization.ts';
import type { ParticipantId } from '../../protocol/index.ts';
import { self } from '../../store/selectors.ts';
import type { ChatExtrasOptions } from './chat-extras.ts';
import { MentionChoice } from './mention-choice.ts';
import { renderText } from './message-text.ts';
import type { ShownLog, ShownMessage } from './shown-log.ts';

/** Of those who wrote lately, so many are known by name. */
const KNOWN_AUTHORS = 300;
/** Of what comes at once, so much is looked through. */
const SEARCHED = 500;

export interface MentionsOptions extends ChatExtrasOptions {
  readonly isHidden: (authorId: ParticipantId) => boolean;
}

const LETTER = /[\p{L}\p{N}_]/u;

/** Whether a text speaks to `name`: the name behind an @, and no longer one. */
export function speaksTo(text: string, name: string): boolean {
  if (name === '') return false;
  const wanted = `@${name}`.toLocaleLowerCase();
  const lower = text.toLocaleLowerCase();
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, at + 1)) {
    if (isBounded(text, at, at + wanted.length)) return true;
  }
  return false;
}

function isBounded(text: string, from: number, to: number): boolean {
  return !LETTER.test(text.charAt(from - 1)) && !LETTER.test(text.charAt(to));
}

/** Names in messages: written with help, marked where they stand, and told to whom they name. */
export class Mentions {
  readonly #options: MentionsOptions;
  readonly #choice: MentionChoice;
  /** By id, the latest last. */
  readonly #authors = new Map<ParticipantId, string>();
  #log: ShownLog | undefined;
  /** Rows looked through. */
  #searchedTo = 0;
  /** Messages to the reader that were not in view yet, by index; oldest first. */
  #unseen: { readonly index: number; readonly author: string }[] = [];
  /** Not announced yet. */
  #unheard: string[] = [];

  constructor(host: LitElement, options: MentionsOptions) {
    this.#options = options;
    this.#choice = new MentionChoice(host, options);
  }

  mentionsReader({ author, text, to }: ShownMessage): boolean {
    const store = this.#options.room()?.store;
    const reader = store && self(store);
    if (!reader || to !== undefined || author.id === reader.id || this.#options.isHidden(author.id)) return false;
    return speaksTo(text, reader.name);
  }

  /** Drawn rows alone come here. */
  renderWords(message: ShownMessage): readonly (string | TemplateResult)[] {
    return renderText(message, message.text).flatMap((piece) =>
      typeof piece === 'string' ? this.#markNames(piece) : [piece],
    );
  }

  /** Looks through what came, each message once. */
  search(log: ShownLog): void {
    const store = this.#options.room()?.store;
    if (store === undefined) return;
    const { list } = this.#options.messages;
    if (log !== this.#log) {
      // What came before this was loaded and was not seen is looked through too.
      this.#searchedTo = Math.max(0, log.total - list.unseen - 1);
      this.#unseen = [];
      this.#log = log;
    }
    for (let row = Math.max(this.#searchedTo, log.total - SEARCHED); row < log.total; row += 1) {
      const message = log.at(row);
      if (message === undefined) continue;
      const { author } = message;
      this.#know(author.id, author.name);
      if (!message.text.includes('@') || message.deleted || !this.mentionsReader(message)) continue;
      this.#unheard.push(`${msg(str`${author.name} mentioned you`)}: ${message.text}`);
      if (!list.following) this.#unseen.push({ index: message.index, author: author.name });
    }
    this.#searchedTo = log.total;
  }

  /** Says first what speaks to the reader. */
  announce(words: string): string {
    const heard = this.#unheard.splice(0).slice(-3);
    return heard.length === 0 ? words : [...heard, words].join('\n');
  }

  /** The names that may be meant by what is being written. */
  renderChoice(): unknown {
    return this.#choice.render();
  }

  /** Leads to the first message to the reader that was not in view. */
  renderPill(): TemplateResult | typeof nothing {
    const { list } = this.#options.messages;
    const log = this.#log;
    if (log === undefined || list.following) this.#unseen = [];
    else
      this.#unseen = this.#unseen.filter(
        ({ index }) => log.rowOf(index) >= list.last || this.#isBelow(log.rowOf(index)),
      );
    const [first] = this.#unseen;
    if (first === undefined) return nothing;
    return html`<button
      type="button"
      class="button primary mention-pill"
      part="mention-button"
      @click=${() => {
        this.#unseen = this.#unseen.slice(1);
        this.#options.messages.goTo(first.index);
      }}
    >
      ${icon(atIcon)}<span class="truncate">${msg(str`${first.author} mentioned you`)}</span>
    </button>`;
  }

  /** Drawn, and not in view yet. */
  #isBelow(row: number): boolean {
    const { scroller } = this.#options.messages;
    const drawn = scroller?.querySelector(`.message[data-index="${row}"]`);
    if (scroller === null || drawn === null || drawn === undefined) return false;
    return drawn.getBoundingClientRect().top >= scroller.getBoundingClientRect().bottom;
  }

  #know(id: ParticipantId, name: string): void {
    this.#authors.delete(id);
    this.#authors.set(id, name);
    if (this.#authors.size <= KNOWN_AUTHORS) return;
    for (const oldest of this.#authors.keys()) {
      this.#authors.delete(oldest);
      return;
    }
  }

  #markNames(text: string): (string | TemplateResult)[] {
    const pieces: (string | TemplateResult)[] = [];
    let from = 0;
    for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
      const name = at < from ? undefined : this.#nameAt(text, at);
      if (name === undefined) continue;
      const end = at + 1 + name.length;
      if (at > from) pieces.push(text.slice(from, at));
      const store = this.#options.room()?.store;
      const isSelf = store !== undefined && self(store)?.name.toLocaleLowerCase() === name.toLocaleLowerCase();
      pieces.push(html`<span class="mention-name ${isSelf ? 'own' : ''}" part="mention">${text.slice(at, end)}</span>`);
      from = end;
    }
    if (from < text.length) pieces.push(text.slice(from));
    return pieces;
  }

  /** The longest name of the room that stands behind the @. */
  #nameAt(text: string, at: number): string | undefined {
    const rest = text.slice(at + 1, at + 82).toLocaleLowerCase();
    const present = this.#options.room()?.store.participants.byId.value.values() ?? [];
    const names = [...Array.from(present, ({ name }) => name), ...this.#authors.values()];
    let longest: string | undefined;
    for (const name of names) {
      if (name.length <= (longest?.length ?? 0) || !rest.startsWith(name.toLocaleLowerCase())) continue;
      if (isBounded(text, at, at + 1 + name.length)) longest = name;
    }
    return longest;
  }
}
