import * as v from 'valibot';
import { participantId, roleName, streamId } from './identifiers.ts';
import { streamView, type StreamView } from './stage.ts';
import type { Permission, TALKBACK } from './roles.ts';

/** Longest note with a raised hand, in UTF-16 code units. */
export const HAND_NOTE_LENGTH = 140;

/** How many are backstage at one time ([Z5]). */
export const BACKSTAGE_PLACES = 12;

/** How often hands are told ([Z2]). Milliseconds. */
export const HANDS_INTERVAL_MS = 250;

const note = v.pipe(v.string(), v.maxLength(HAND_NOTE_LENGTH));

/** A raised hand as those see it who call people up. */
export const handView = v.object({
  participantId,
  name: v.string(),
  note: v.string(),
  /** Server time. Milliseconds since the epoch. */
  raisedAt: v.number(),
  /** They are not in the room now; their hand is kept. */
  isAway: v.boolean(),
});
export type HandView = v.InferOutput<typeof handView>;

/** One's own raised hand; `place` counts from 1. */
export const ownHand = v.object({ note: v.string(), raisedAt: v.number(), place: v.number() });
export type OwnHand = v.InferOutput<typeof ownHand>;

/** Somebody who is not on stage yet or any more, with what they publish behind it ([Z4]). */
export const backstageView = v.object({
  participantId,
  name: v.string(),
  isAway: v.boolean(),
  streams: v.array(streamView),
});
export type BackstageView = v.InferOutput<typeof backstageView>;

/** Somebody who talks to oneself backstage, by a stream that few may receive ([Z6]). */
export const talkbackVoice = v.object({ streamId, participantId, name: v.string() });
export type TalkbackVoice = v.InferOutput<typeof talkbackVoice>;

/** Such a voice among the streams; one's own stands for the wish to be heard. */
export type TalkbackStream = Omit<StreamView, 'source'> & { readonly source: typeof TALKBACK };

export const handRequests = {
  /** All of it that the one who asks may know: the queue and the backstage are for those who call people up ([Z1], [Z4]). */
  getHands: {
    data: v.object({}),
    reply: v.object({
      count: v.number(),
      own: v.nullable(ownHand),
      isBackstage: v.boolean(),
      queue: v.array(handView),
      backstage: v.array(backstageView),
      /** Who talks to oneself, and whom one talks to oneself ([Z6]). */
      talkback: v.array(talkbackVoice),
      talkingTo: v.array(participantId),
    }),
  },
  /** Raises one's hand, or changes the note of a raised one, which keeps its place. */
  raiseHand: { data: v.object({ note: v.optional(note) }), reply: v.object({}) },
  /** Lowers one's own hand, or another's. */
  lowerHand: { data: v.object({ participantId: v.optional(participantId) }), reply: v.object({}) },
  lowerAllHands: { data: v.object({}), reply: v.object({}) },
  /** Shows everyone what somebody publishes backstage. */
  bringOnStage: { data: v.object({ participantId }), reply: v.object({}) },
  /** Takes somebody off stage, without ending what they publish. */
  bringBackstage: { data: v.object({ participantId }), reply: v.object({}) },
  /** Moves who publishes to the role that they came from ([Z7]); `role` is the one that they have then. */
  sendBack: { data: v.object({ participantId }), reply: v.object({ role: roleName }) },
  /** Whom backstage one's talkback is for from now on; nobody ends it ([Z6]). */
  talkBack: {
    data: v.object({ participantIds: v.pipe(v.array(participantId), v.maxLength(BACKSTAGE_PLACES)) }),
    reply: v.object({}),
  },
} as const;

export const handSignals = {
  handsCounted: v.object({ count: v.number() }),
  /** To whose hand it is. */
  ownHandChanged: v.object({ own: v.nullable(ownHand) }),
  /** To those who call people up: what has changed in the queue, the new and changed ones in their order. */
  handQueueChanged: v.object({ raised: v.array(handView), lowered: v.array(participantId) }),
  /** To those who call people up. */
  backstageChanged: v.object({ backstage: v.array(backstageView) }),
  /** To whom it concerns. */
  ownBackstageChanged: v.object({ isBackstage: v.boolean() }),
  /** To one backstage: who talks to them ([Z6]). */
  talkbackChanged: v.object({ talkback: v.array(talkbackVoice) }),
  /** To one who talks back: who hears it ([Z6]). */
  ownTalkbackChanged: v.object({ participantIds: v.array(participantId) }),
} as const;

export const HAND_PERMISSIONS = {
  getHands: null,
  raiseHand: 'hand.raise',
  lowerHand: 'hand.raise',
  lowerAllHands: 'hand.manage',
  bringOnStage: 'hand.manage',
  bringBackstage: 'hand.manage',
  sendBack: 'participant.changeRole',
  talkBack: 'hand.manage',
} as const satisfies Record<keyof typeof handRequests, Permission | null>;
