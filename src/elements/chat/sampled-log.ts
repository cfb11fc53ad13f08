import { computed, signal, type ReadonlySignal } from '@preact/signals-core';
import type { ModerationSlice } from '../../store/moderation.ts';
import { may } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';
import type { ShownLog, ShownMessage } from './shown-log.ts';

/** A range of the history of which a sample was told: those in it, and one row for the rest. */
interface Fold {
  readonly from: number;
  to: number;
  /** As far as the history is shown. */
  covered: number;
  /** Indices of what is there. */
  loaded: readonly number[];
  row: number;
  rows: number;
}

/** What comes later than a range is told by then: older ranges stay as they are. */
const OPEN_RANGES = 8;

/** The history with what a crowd's sample left out folded to a row for each gap ([C5]), until the reader opens it. */
export class SampledLog implements ShownLog {
  readonly revision: ReadonlySignal<number>;
  readonly layout: ReadonlySignal<number>;
  readonly #base: ShownLog;
  readonly #store: Store;
  readonly #sampled: ModerationSlice['sampled'];
  /** What the reader opened. */
  readonly #shown: { readonly from: number; readonly to: number }[] = [];
  readonly #opened = signal(0);
  #folds: Fold[] = [];
  /** How many ranges have been taken in. */
  #taken = 0;
  #lastTo = -1;
  #refreshed = -1;
  #saved = 0;
  #revisions = 0;

  constructor(base: ShownLog, store: Store, { sampled }: ModerationSlice) {
    this.#base = base;
    this.#store = store;
    this.#sampled = sampled;
    this.revision = computed(() => {
      void base.revision.value;
      void sampled.value;
      void this.#opened.value;
      void may(store, 'chat.moderate');
      this.#revisions += 1;
      return this.#revisions;
    });
    this.layout = computed(() => {
      void this.revision.value;
      this.#refresh();
      return this.#saved;
    });
  }

  get total(): number {
    this.#refresh();
    return this.#base.total - this.#saved;
  }

  at(row: number): ShownMessage | undefined {
    this.#refresh();
    const fold = this.#foldBefore(row, 'row');
    if (fold === undefined) return this.#base.at(row);
    const place = row - fold.row;
    if (place >= fold.rows) return this.#base.at(fold.from + fold.covered + place - fold.rows);
    const index = fold.loaded[place];
    return index === undefined ? this.#describe(fold) : this.#base.at(index);
  }

  indexOf(row: number): number {
    this.#refresh();
    const fold = this.#foldBefore(row, 'row');
    if (fold === undefined) return row;
    const place = row - fold.row;
    if (place >= fold.rows) return fold.from + fold.covered + place - fold.rows;
    return fold.loaded[place] ?? fold.from;
  }

  rowOf(index: number): number {
    this.#refresh();
    const fold = this.#foldBefore(index, 'from');
    if (fold === undefined) return index;
    const place = index - fold.from;
    if (place >= fold.covered) return fold.row + fold.rows + place - fold.covered;
    const loaded = fold.loaded.findIndex((each) => each >= index);
    return fold.row + (loaded === -1 ? fold.loaded.length : loaded);
  }

  /** Shows all of the range that an index is in: what is not there is loaded as any other. Gives where it begins. */
  open(index: number): number | undefined {
    this.#refresh();
    const fold = this.#foldBefore(index, 'from');
    if (fold === undefined || index > fold.to || fold.loaded.includes(index)) return undefined;
    this.#folds.splice(this.#folds.indexOf(fold), 1);
    this.#shown.push(fold);
    this.#opened.value += 1;
    return fold.from;
  }

  #refresh(): void {
    const revision = this.revision.peek();
    if (revision === this.#refreshed) return;
    this.#refreshed = revision;
    const ranges = this.#sampled.peek();
    // One that was missed before stands between others.
    if (this.#folds.length > 0 && ranges[this.#taken - 1]?.to !== this.#lastTo) {
      this.#folds = [];
      this.#taken = 0;
    }
    for (; this.#taken < ranges.length; this.#taken += 1) {
      const range = ranges[this.#taken];
      if (range === undefined) continue;
      this.#lastTo = range.to;
      if (!this.#shown.some(({ from, to }) => from <= range.from && range.to <= to)) this.#take(range.from, range.to);
    }
    // Those who moderate are told all.
    const folds = may(this.#store, 'chat.moderate') ? [] : this.#folds;
    const total = this.#base.total;
    folds.forEach((fold, place) => {
      const covered = Math.max(0, Math.min(fold.to + 1, total) - fold.from);
      if (covered !== fold.covered || place >= folds.length - OPEN_RANGES) this.#measure(fold, covered);
    });
    this.#saved = 0;
    for (const fold of folds) {
      fold.row = fold.from - this.#saved;
      this.#saved += fold.covered - fold.rows;
    }
  }

  #take(from: number, to: number): void {
    const last = this.#folds.at(-1);
    const start = Math.max(from, (last?.to ?? -1) + 1);
    if (start > to) return;
    const hasTold = Array.from({ length: to - start + 1 }).some((_, place) => this.#base.at(start + place));
    if (last?.to === start - 1 && !hasTold) last.to = to;
    else this.#folds.push({ from: start, to, covered: 0, loaded: [], row: start, rows: 0 });
  }

  #measure(fold: Fold, covered: number): void {
    const loaded: number[] = [];
    for (let index = fold.from; index < fold.from + covered; index += 1)
      if (this.#base.at(index) !== undefined) loaded.push(index);
    fold.covered = covered;
    fold.loaded = loaded;
    fold.rows = loaded.length + (loaded.length < covered ? 1 : 0);
  }

  /** The last one that begins there or before. */
  #foldBefore(place: number, by: 'row' | 'from'): Fold | undefined {
    if (this.#saved === 0) return undefined;
    let low = 0;
    let high = this.#folds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#folds[middle]?.[by] ?? 0) <= place) low = middle + 1;
      else high = middle;
    }
    // One of no row begins where the next does.
    return this.#folds[low - 1];
  }

  #describe(fold: Fold): ShownMessage {
    const { from, covered, loaded } = fold;
    const near = this.#base.at(loaded.at(-1) ?? from - 1);
    return {
      id: '' as ShownMessage['id'],
      index: from,
      author: { id: '', name: '', role: '' } as ShownMessage['author'],
      text: '',
      sentAt: near?.sentAt ?? Date.now(),
      deleted: true,
      leftOut: covered - loaded.length,
    };
  }
}
