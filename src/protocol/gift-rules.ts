import type { GiftCatalogue, Gifter } from './gifts.ts';

/* Apart from the schemas, which no client carries. */

/** How a gift comes into the picture: small ones rise, larger ones burst, fly across or take the stage. */
export const GIFT_ANIMATIONS = ['rise', 'burst', 'fly', 'banner'] as const;
export type GiftAnimation = (typeof GIFT_ANIMATIONS)[number];

/** Most of a gift in one request ([G2]). */
export const GIFTS_PER_REQUEST = 100;
/** The highest price of one gift, in the unit of the catalogue; with {@link GIFTS_PER_REQUEST} far within what is counted exactly. */
export const HIGHEST_GIFT_PRICE = 1_000_000_000;
/** The same gift of the same sender to the same recipient within this time goes on with the combo ([G5]). Milliseconds. */
export const COMBO_MS = 5_000;
/** Those who gave most, as many as everybody is told of ([G6]). */
export const TOP_GIFTERS = 10;
/** Gifts of the past that one is given with the whole ([G6]). */
export const LATEST_GIFTS = 30;

/** The gifts of a room whose template names none. */
export const DEFAULT_GIFTS: GiftCatalogue = {
  unit: 'coins',
  items: [
    { id: 'heart', name: 'Heart', price: 1, art: 'heart', animation: 'rise' },
    { id: 'rose', name: 'Rose', price: 5, art: 'rose', animation: 'rise' },
    { id: 'coffee', name: 'Coffee', price: 10, art: 'coffee', animation: 'rise' },
    { id: 'star', name: 'Star', price: 50, art: 'star', animation: 'burst' },
    { id: 'balloon', name: 'Balloon', price: 100, art: 'balloon', animation: 'burst' },
    { id: 'rocket', name: 'Rocket', price: 500, art: 'rocket', animation: 'fly' },
    { id: 'diamond', name: 'Diamond', price: 1_000, art: 'diamond', animation: 'banner' },
    { id: 'crown', name: 'Crown', price: 5_000, art: 'crown', animation: 'banner' },
  ],
};

/** Puts a gifter's new sum into the list of the most generous. Who gave as much before stays ahead. */
export function rankGifter(top: readonly Gifter[], changed: Gifter): Gifter[] {
  const others = top.filter(({ id }) => id !== changed.id);
  const place = others.findIndex((other) => other.amount < changed.amount);
  return others.toSpliced(place < 0 ? others.length : place, 0, changed).slice(0, TOP_GIFTERS);
}
