import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { RoomContext } from '../../context/room-context.ts';
import type { ParticipantView, RoleName } from '../../protocol/index.ts';

const PAGE_SIZE = 50;
/** The server gives no more at one time. */
const LARGEST_PAGE = 100;
/** More are found by search. */
const MOST_LISTED = 1_000;
/** After the last change of the search. Milliseconds. */
const SEARCH_AFTER_MS = 250;

interface Query {
  readonly search: string;
  readonly role: RoleName | null;
}

/** Everyone in the room by pages, loaded on demand, found by name or role. */
export class ParticipantDirectory implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #room: () => RoomContext | undefined;
  #query: Query = { search: '', role: null };
  #found: readonly ParticipantView[] = [];
  #total = 0;
  #related = 0;
  #loaded: unknown;
  #next: string | null = null;
  #state: 'new' | 'loading' | 'loaded' | 'failed' = 'new';
  /** Of the latest load: the answer to an earlier one is dropped. */
  #load = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, room: () => RoomContext | undefined) {
    this.#host = host;
    this.#room = room;
    host.addController(this);
  }

  get search(): string {
    return this.#query.search;
  }
  get role(): RoleName | null {
    return this.#query.role;
  }
  /** Those loaded so far, by name. */
  get found(): readonly ParticipantView[] {
    return this.#found;
  }
  /** How many answer the query, loaded or not. */
  get total(): number {
    return this.#total;
  }
  /** How many friends and companions are in the room. */
  get related(): number {
    return this.#related;
  }
  /** Another with each load of the list from its start. */
  get loaded(): unknown {
    return this.#loaded;
  }
  get state(): 'new' | 'loading' | 'loaded' | 'failed' {
    return this.#state;
  }
  get hasMore(): boolean {
    return this.#next !== null && this.#found.length < MOST_LISTED;
  }
  /** There are more than are listed; a search finds them. */
  get isCut(): boolean {
    return this.#next !== null && this.#found.length >= MOST_LISTED;
  }

  /** What is shown fits one page, so that `refresh` brings all of it. */
  get isRefreshable(): boolean {
    return this.#state !== 'loading' && this.#found.length <= LARGEST_PAGE;
  }

  hostDisconnected(): void {
    this.reset();
  }

  /** Forgets everything: the room is another, or was left. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#load++;
    this.#found = [];
    this.#total = this.#related = 0;
    this.#next = null;
    this.#state = 'new';
  }

  /** Looks for a part of a name, once the typing pauses. */
  find(search: string): void {
    this.#query = { ...this.#query, search };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.refresh(), SEARCH_AFTER_MS);
    this.#host.requestUpdate();
  }

  /** Lists those of one role, or of all. */
  filter(role: RoleName | null): void {
    this.#query = { ...this.#query, role };
    void this.refresh();
  }

  /** Asks anew for what is shown, as far as one page holds it. */
  async refresh(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#ask(null);
  }

  /** Loads the next page, where there is one. */
  async more(): Promise<void> {
    if (this.#state === 'loading' || !this.hasMore) return;
    await this.#ask(this.#next);
  }

  async #ask(after: string | null): Promise<void> {
    const room = this.#room();
    if (room === undefined) return;
    const load = ++this.#load;
    const { search, role } = this.#query;
    this.#state = 'loading';
    this.#host.requestUpdate();
    try {
      const page = await room.actions.listParticipants({
        limit: after === null ? Math.min(Math.max(PAGE_SIZE, this.#found.length), LARGEST_PAGE) : PAGE_SIZE,
        ...(search.trim() === '' ? {} : { search: search.trim() }),
        ...(role === null ? {} : { role }),
        ...(after === null ? {} : { after }),
      });
      if (load !== this.#load) return;
      this.#found = after === null ? page.participants : [...this.#found, ...page.participants];
      this.#total = page.total;
      this.#related = page.related;
      if (after === null) this.#loaded = page;
      this.#next = page.next;
      this.#state = 'loaded';
    } catch {
      if (load !== this.#load) return;
      // What it was stands in the store's notices; here it matters only that there is no page.
      this.#state = 'failed';
    }
    this.#host.requestUpdate();
  }
}
