import type { ParticipantId } from '../../../src/protocol/index.ts';
import type { Participant } from './participant.ts';
import type { Room } from './room.ts';

export interface BanOptions {
  /** Without it for good. Milliseconds. */
  readonly durationMs: number | undefined;
  readonly reason: string;
  /** `null`: the site's back end. */
  readonly bannedBy: Participant | null;
}

/** Removes a participant, who need not be there, and keeps them out ([D5]). */
export async function banParticipant(
  room: Room,
  participantId: ParticipantId,
  { durationMs, reason, bannedBy }: BanOptions,
): Promise<void> {
  await room.features.moderation.ban(bannedBy, participantId, durationMs, reason);
  if (room.roster.get(participantId)) await room.remove(participantId, bannedBy);
  else await room.features.lobby.forget(participantId);
}
