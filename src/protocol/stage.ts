import * as v from 'valibot';
import { participantId, streamId } from './identifiers.ts';
import { SOURCES } from './roles.ts';

/** What everyone may know of a stream. */
export const streamView = v.object({
  id: streamId,
  participantId,
  source: v.picklist(SOURCES),
  kind: v.picklist(['audio', 'video']),
  muted: v.boolean(),
  mutedBy: v.nullable(v.picklist(['self', 'host'])),
});
export type StreamView = v.InferOutput<typeof streamView>;

export const stageRequests = {
  /** Puts one participant in the main place for everyone, or with `null` nobody. */
  spotlight: { data: v.object({ participantId: v.nullable(participantId) }), reply: v.object({}) },
} as const;

export const stageEvents = {
  streamPublished: v.object({ stream: streamView }),
  streamUnpublished: v.object({
    streamId,
    participantId,
    /** `backstage`: it goes on behind the stage ([Z4]). */
    reason: v.picklist(['ended', 'left', 'roleChanged', 'removed', 'mediaFailed', 'backstage']),
  }),
  streamMuted: v.object({ streamId, muted: v.boolean(), mutedBy: v.nullable(v.picklist(['self', 'host'])) }),
  spotlightChanged: v.object({ participantId: v.nullable(participantId) }),
} as const;

export const stageSignals = {
  activeSpeakerChanged: v.object({ participantId: v.nullable(participantId) }),
  /** Loudness of who speaks, decibels relative to full scale (−127 to 0); who is absent is silent. */
  levelsMeasured: v.object({ levels: v.array(v.tuple([participantId, v.number()])) }),
  /** Publishing quality, 0 (no media arrives) to 4 (good). */
  qualityMeasured: v.object({ qualities: v.array(v.tuple([participantId, v.number()])) }),
} as const;
