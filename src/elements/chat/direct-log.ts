import { computed, type ReadonlySignal } from '@preact/signals-core';
import { shownUntil, type Align } from '../../controllers/playhead.ts';
import type { DirectMessage } from '../../protocol/index.ts';
import type { DirectChatSlice } from '../../store/direct-chat.ts';
import type { Store } from '../../store/store.ts';
import type { ShownLog, ShownMessage } from './shown-log.ts';

interface Place {
  readonly row: number;
  readonly message: ShownMessage;
}

/** The chat with what is for the reader alone between its messages: a row costs a search among these, not among all. */
export class DirectLog implements ShownLog {
  readonly revision: ReadonlySignal<number>;
  readonly layout: ReadonlySignal<unknown> | undefined;
  readonly #base: ShownLog;
  /** By row, which only grows. */
  readonly #places: ReadonlySignal<readonly Place[]>;
  readonly #shown: ReadonlySignal<readonly Place[]>;
  #revisions = 0;

  /** `align` may read signals. */
  constructor(base: ShownLog, slice: DirectChatSlice, store: Store, align: () => Align) {
    this.#base = base;
    this.layout = base.layout;
    this.#places = computed(() => {
      void base.layout?.value;
      return placeAll(slice.messages.value, base);
    });
    this.#shown = computed(() => {
      void base.revision.value;
      const until = shownUntil(store, align());
      const selfId = store.participants.selfId.value;
      const places = this.#places.value;
      const isDue = ({ row, message }: Place, number: number) =>
        row - number <= base.total && (message.sentAt <= until || message.author.id === selfId);
      const last = places.findLastIndex(isDue);
      return last === places.length - 1 ? places : places.slice(0, last + 1);
    });
    this.revision = computed(() => {
      void base.revision.value;
      void this.#shown.value;
      this.#revisions += 1;
      return this.#revisions;
    });
  }

  get total(): number {
    return this.#base.total + this.#shown.peek().length;
  }

  /** The row of the earliest of them. */
  get firstRow(): number {
    return this.#places.peek()[0]?.row ?? 0;
  }

  /** Where a row stands now that so many came before all that were there. */
  rowAfter(row: number, added: number): number {
    const firstBefore = (this.#places.peek()[added]?.row ?? 0) - added;
    return row >= firstBefore ? row + added : this.rowOf(this.#base.indexOf(row));
  }

  at(row: number): ShownMessage | undefined {
    const places = this.#shown.peek();
    const number = countBefore(places, row);
    const place = places[number];
    return place?.row === row ? place.message : this.#base.at(row - number);
  }

  indexOf(row: number): number {
    return this.#base.indexOf(row - countBefore(this.#shown.peek(), row));
  }

  rowOf(index: number): number {
    let row = this.#base.rowOf(index);
    for (const place of this.#shown.peek()) {
      if (place.row > row) break;
      row += 1;
    }
    return row;
  }
}

/** How many stand in rows before this one. */
function countBefore(places: readonly Place[], row: number): number {
  let from = 0;
  let to = places.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((places[middle]?.row ?? 0) < row) from = middle + 1;
    else to = middle;
  }
  return from;
}

function placeAll(messages: readonly DirectMessage[], base: ShownLog): Place[] {
  let latest = 0;
  return messages.map((message, number) => {
    latest = Math.max(latest, message.after);
    return { row: base.rowOf(latest) + number, message: { ...message, index: -1, deleted: message.text === '' } };
  });
}
