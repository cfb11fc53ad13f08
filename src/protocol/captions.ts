import * as v from 'valibot';
import { participantId } from './identifiers.ts';
import { LIMITS } from './limits.ts';

/** How often what is being said is told ([K1]). Milliseconds. */
export const CAPTIONS_INTERVAL_MS = 250;

/** Final captions that everyone who comes is given ([K3]). */
export const LATEST_CAPTIONS = 6;

/** As in BCP 47. */
export const captionLanguage = v.pipe(v.string(), v.maxLength(35), v.regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/));

const words = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(500));
const segmentId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_.:-]{1,64}$/));

/** Whose words they are; `participantId` is `null` where the site's back end gives a name alone. */
const speaker = v.object({ participantId: v.nullable(participantId), name: v.string() });

/** What somebody says, so far: it may change until it is final. */
export const captionDraft = v.object({
  /** The same for all drafts of a segment in one language, and for what becomes of them. */
  id: v.string(),
  language: v.string(),
  speaker: v.nullable(speaker),
  text: v.string(),
  /** Server time. Milliseconds since the epoch. */
  startedAt: v.number(),
});
export type CaptionDraft = v.InferOutput<typeof captionDraft>;

/** What was said. `index` counts the room's captions from 0 without a gap, across restarts ([K2]). */
export const caption = v.object({
  ...captionDraft.entries,
  index: v.number(),
  endedAt: v.number(),
});
export type Caption = v.InferOutput<typeof caption>;

/** A piece of recognised speech, as any recogniser gives it. */
export const captionInput = v.object({
  /** The recogniser's own name of it, unique within its source: the same for all drafts and the final. */
  segmentId,
  text: words,
  /** Nothing of it changes any more. */
  final: v.boolean(),
  language: captionLanguage,
});
export type CaptionInput = v.InferOutput<typeof captionInput>;

export const captionRequests = {
  sendCaption: { data: captionInput, reply: v.object({}) },
  /** The latest captions, oldest first, and what is being said. */
  getCaptions: { data: v.object({}), reply: v.object({ captions: v.array(caption), drafts: v.array(captionDraft) }) },
  /** The `limit` captions before index `before` (exclusive), oldest first. */
  loadCaptions: {
    data: v.object({
      before: v.pipe(v.number(), v.integer(), v.minValue(0)),
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LIMITS.pageSize)),
    }),
    reply: v.object({ captions: v.array(caption) }),
  },
} as const;

export const captionEvents = {
  captionSpoken: v.object({ caption }),
} as const;

export const captionSignals = {
  /** All that is being said, drafts that came since the last one and those that go on ([K1]). */
  captionsHeard: v.object({ drafts: v.array(captionDraft) }),
} as const;
