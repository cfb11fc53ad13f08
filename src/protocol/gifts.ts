import * as v from 'valibot';
import { GIFT_ANIMATIONS, GIFTS_PER_REQUEST, HIGHEST_GIFT_PRICE } from './gift-rules.ts';
import { participantId, roleName } from './identifiers.ts';

/** Whole and exact: what JavaScript, JSON and the ledger count alike. */
const amount = v.pipe(v.number(), v.safeInteger());

const catalogueId = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,31}$/));

export const giftItem = v.object({
  id: catalogueId,
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(40)),
  price: v.pipe(amount, v.minValue(1), v.maxValue(HIGHEST_GIFT_PRICE)),
  /** Name of a built-in drawing, or else an emoji. */
  art: v.pipe(v.string(), v.minLength(1), v.maxLength(32)),
  /** A picture in place of `art`: `https:`, or a path on the page's own server. */
  image: v.optional(v.pipe(v.string(), v.maxLength(2_048), v.regex(/^(https:\/\/[^\s/?#]+|\/(?![/\\]))\S*$/i))),
  animation: v.picklist(GIFT_ANIMATIONS),
});
export type GiftItem = v.InferOutput<typeof giftItem>;

export const giftCatalogue = v.object({
  /** What prices are counted in, in the site's own words: `coins`. */
  unit: v.pipe(v.string(), v.minLength(1), v.maxLength(20)),
  /** In the order to show them. */
  items: v.pipe(
    v.array(giftItem),
    v.maxLength(48),
    v.check((items) => new Set(items.map(({ id }) => id)).size === items.length, 'an id stands twice'),
  ),
});
export type GiftCatalogue = v.InferOutput<typeof giftCatalogue>;

/** One gift, or several of a kind at once. It carries its item, so that a later catalogue does not change what was given. */
export const gift = v.object({
  id: v.string(),
  /** Counts the room's gifts from 0 without a gap, across restarts ([G4]). */
  index: v.number(),
  item: giftItem,
  count: v.number(),
  /** Price times count, as it was charged. */
  amount,
  /** How many of it in a row, these included ([G5]). */
  combo: v.number(),
  from: v.object({ id: participantId, name: v.string(), role: roleName }),
  /** `null`: to the room. */
  to: v.nullable(v.object({ id: participantId, name: v.string() })),
  /** Server time. Milliseconds since the epoch. */
  sentAt: v.number(),
});
export type Gift = v.InferOutput<typeof gift>;

/** What a participant gave in this room. */
export const gifter = v.object({ id: participantId, name: v.string(), amount, gifts: v.number() });
export type Gifter = v.InferOutput<typeof gifter>;

const goalTitle = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80));
const goalTarget = v.pipe(amount, v.minValue(1));

/** Something the room gives towards. It is reached once the room's total stands `target` above `since`. */
export const giftGoal = v.object({
  title: goalTitle,
  target: goalTarget,
  /** The room's total when the goal was set. */
  since: amount,
});
export type GiftGoal = v.InferOutput<typeof giftGoal>;

export const giftGoalInput = v.object({ title: goalTitle, target: goalTarget });
export type GiftGoalInput = v.InferOutput<typeof giftGoalInput>;

const giftTotals = v.object({ gifts: v.number(), amount });
export type GiftTotals = v.InferOutput<typeof giftTotals>;

/** What one has to spend. Of two, the one of the higher `version` is the later ([G7]). */
export const giftBalance = v.object({ amount, version: v.number() });
export type GiftBalance = v.InferOutput<typeof giftBalance>;

export const giftRequests = {
  /** The whole of it, as of the last event ([G6]). */
  getGifts: {
    data: v.object({}),
    reply: v.object({
      catalogue: giftCatalogue,
      /** One's own balance; `null` where the site keeps the wallets and has not told it ([G7]). */
      balance: v.nullable(giftBalance),
      totals: giftTotals,
      goal: v.nullable(giftGoal),
      /** Those who gave most, the most generous first. */
      top: v.array(gifter),
      /** The latest gifts, oldest first. */
      latest: v.array(gift),
    }),
  },
  /** Gives, and pays. `price` is what the sender was shown ([G2]). */
  sendGift: {
    data: v.object({
      giftId: catalogueId,
      price: v.pipe(amount, v.minValue(1), v.maxValue(HIGHEST_GIFT_PRICE)),
      count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(GIFTS_PER_REQUEST)),
      /** `null`: to the room. */
      to: v.nullable(participantId),
    }),
    reply: v.object({ gift }),
  },
  /** What the room gives towards from now on; `null` for nothing. */
  setGiftGoal: { data: v.object({ goal: v.nullable(giftGoalInput) }), reply: v.object({}) },
} as const;

export const giftEvents = {
  giftSent: v.object({
    gift,
    /** Of the room, this gift included. */
    totals: giftTotals,
    /** The sender, this gift included. */
    gifter,
  }),
  giftGoalChanged: v.object({ goal: v.nullable(giftGoal) }),
  giftCatalogueChanged: v.object({ catalogue: giftCatalogue }),
} as const;

/** To one participant, about their own wallet. */
export const giftSignals = {
  giftBalanceChanged: v.object({ balance: giftBalance }),
} as const;
