import { signal } from '@preact/signals-core';
import type { ParticipantId } from '../../protocol/index.ts';

/** `{ <room>: [[id, name], …] }`; read by `live-part.ts` too. */
const KEY = 'ils-chat-hidden';

type Kept = Record<string, [id: string, name: string][]>;

/** Those whose messages the reader does not want to see, remembered for each room in this browser. */
export class HiddenPeople {
  readonly #roomId: string;
  readonly #people = signal<ReadonlyMap<string, string>>(new Map());

  constructor(roomId: string) {
    this.#roomId = roomId;
    const kept: unknown = read()[roomId];
    if (Array.isArray(kept)) {
      const people = kept.filter((entry): entry is [string, string] => Array.isArray(entry) && entry.length === 2);
      this.#people.value = new Map(people.map(([id, name]) => [String(id), String(name)]));
    }
  }

  /** Names by id. */
  get people(): ReadonlyMap<string, string> {
    return this.#people.value;
  }

  has(id: ParticipantId): boolean {
    return this.#people.value.has(id);
  }

  hide(id: ParticipantId, name: string): void {
    this.#set(new Map(this.#people.value).set(id, name));
  }

  show(id: string): void {
    this.#set(new Map([...this.#people.value].filter(([other]) => other !== id)));
  }

  #set(people: ReadonlyMap<string, string>): void {
    this.#people.value = people;
    const { [this.#roomId]: _, ...others } = read();
    const all: Kept = people.size === 0 ? others : { ...others, [this.#roomId]: [...people] };
    try {
      if (Object.keys(all).length === 0) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, JSON.stringify(all));
    } catch {
      // Without a storage it holds as long as the page.
    }
  }
}

function read(): Kept {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof kept === 'object' && kept !== null ? (kept as Kept) : {};
  } catch {
    return {};
  }
}
