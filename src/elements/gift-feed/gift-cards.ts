import type { Gift, GiftItem } from '../../protocol/index.ts';

/** Cards in sight at one time. */
const MOST_CARDS = 4;
/** Large gifts that wait for their turn; what comes beyond is told by its card alone. */
const MOST_BANNERS = 3;

/** A sender's gifts of one kind, as one card: a combo makes its number grow. */
export interface GiftCard {
  readonly id: string;
  readonly item: GiftItem;
  readonly from: string;
  readonly to: string | null;
  readonly combo: number;
  readonly isOwn: boolean;
  /** Counts up with each gift of the combo, so that the number moves. */
  readonly beats: number;
  /** When it was last given to. Milliseconds of the page. */
  readonly at: number;
}

/**
 * What of all that is given is drawn, and for how long. It drops animations where there are too many, the smallest first;
 * sums are not its business.
 */
export class GiftCards {
  readonly #lifetimeMs: number;
  #cards: readonly GiftCard[] = [];
  readonly #banners: GiftCard[] = [];
  /** Gifts not drawn since the last time that all were. */
  #dropped = 0;

  /** @param lifetimeMs how long a card stays after its last gift */
  constructor(lifetimeMs: number) {
    this.#lifetimeMs = lifetimeMs;
  }

  /** Oldest first. */
  get cards(): readonly GiftCard[] {
    return this.#cards;
  }

  /** The large gift whose turn it is. */
  get banner(): GiftCard | undefined {
    return this.#banners[0];
  }

  get dropped(): number {
    return this.#dropped;
  }

  add({ item, from, to, combo }: Gift, isOwn: boolean, now: number): void {
    const id = `${from.id} ${item.id} ${to?.id ?? ''}`;
    const known = this.#cards.find((card) => card.id === id);
    const beats = (known?.beats ?? 0) + 1;
    const card: GiftCard = { id, item, from: from.name, to: to?.name ?? null, combo, isOwn, beats, at: now };
    this.#cards = known ? this.#cards.map((each) => (each === known ? card : each)) : [...this.#cards, card];
    if (this.#cards.length > MOST_CARDS) this.#drop();
    if (item.animation !== 'banner' && item.animation !== 'fly') return;
    const waiting = this.#banners.findIndex((each) => each.id === id);
    if (waiting >= 0) this.#banners[waiting] = card;
    else if (this.#banners.length < MOST_BANNERS) this.#banners.push(card);
    else this.#dropped += 1;
  }

  /** The banner has been shown. */
  endBanner(): void {
    this.#banners.shift();
  }

  /** Takes away what has been there long enough; `true` where something went. */
  sweep(now: number): boolean {
    const staying = this.#cards.filter(({ at }) => now - at < this.#lifetimeMs);
    if (staying.length === this.#cards.length) return false;
    this.#cards = staying;
    if (staying.length === 0) this.#dropped = 0;
    return true;
  }

  clear(): void {
    this.#cards = [];
    this.#banners.length = 0;
    this.#dropped = 0;
  }

  /** One's own stays longest, then what is worth most, then what is newest. */
  #drop(): void {
    const worth = ({ isOwn, item, combo }: GiftCard): number => (isOwn ? Number.MAX_VALUE : item.price * combo);
    const least = this.#cards.reduce((one, other) => (worth(other) < worth(one) ? other : one));
    this.#cards = this.#cards.filter((card) => card !== least);
    this.#dropped += 1;
  }
}
