import { computed, type ReadonlySignal } from '@preact/signals-core';
import { shownUntil, type Align } from '../../controllers/playhead.ts';
import type { ChatMessage } from '../../protocol/index.ts';
import type { Store } from '../../store/store.ts';
import type { ShownLog } from './shown-log.ts';

/** The history as far as the reader's picture has got. One's own message is shown at once, with all before it. */
export class AlignedLog implements ShownLog {
  readonly revision: ReadonlySignal<number>;
  readonly #store: Store;
  readonly #total: ReadonlySignal<number>;
  /** How many were shown last: time mostly moves on by a little. */
  #shown: number;
  /** How many have been looked through for one's own. */
  #searched: number;
  #ownEnd = 0;
  #revisions = 0;

  /** `align` may read signals. */
  constructor(store: Store, align: () => Align) {
    this.#store = store;
    this.#shown = store.chat.log.total;
    this.#searched = store.chat.log.total;
    this.#total = computed(() => this.#count(shownUntil(store, align())));
    this.revision = computed(() => {
      void store.chat.log.revision.value;
      void this.#total.value;
      this.#revisions += 1;
      return this.#revisions;
    });
  }

  get total(): number {
    // Whoever draws by it watches the revision.
    return this.#total.peek();
  }

  at(index: number): ChatMessage | undefined {
    return this.#store.chat.log.at(index);
  }

  indexOf(row: number): number {
    return row;
  }

  rowOf(index: number): number {
    return index;
  }

  #count(until: number): number {
    const { log } = this.#store.chat;
    void log.revision.value;
    const { total } = log;
    this.#findOwn(total);
    if (until === Number.POSITIVE_INFINITY) {
      this.#shown = total;
      return total;
    }
    let shown = Math.min(this.#shown, total);
    // What is not loaded lies further back than anybody looks while the show is on.
    const isDue = (index: number) => (log.at(index)?.sentAt ?? 0) <= until;
    while (shown < total && isDue(shown)) shown += 1;
    while (shown > 0 && !isDue(shown - 1)) shown -= 1;
    this.#shown = Math.max(shown, Math.min(this.#ownEnd, total));
    return this.#shown;
  }

  #findOwn(total: number): void {
    const selfId = this.#store.participants.selfId.value;
    if (total < this.#searched) this.#ownEnd = 0;
    for (let index = Math.min(this.#searched, total); index < total; index += 1)
      if (this.#store.chat.log.at(index)?.author.id === selfId) this.#ownEnd = index + 1;
    this.#searched = total;
  }
}
