import type { RoomSnapshot, WelcomeFrame } from '../../../src/protocol/index.ts';
import { encodeFrame } from './channel.ts';
import type { Participant } from './participant.ts';
import type { Room } from './room.ts';
import type { Roles } from './templates.ts';

/** What a room tells of itself beside its parts. */
export interface RoomFacts {
  readonly title: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly roles: Roles;
}

export interface Opening {
  readonly facts: RoomFacts;
  readonly version: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The last event the client applied, where it is resumed. */
  readonly lastSeq: number | null;
}

/** What a client hears first: what it missed since `lastSeq`, or a snapshot where that is not known or too much ([R3]). */
export function createOpening(room: Room, participant: Participant, opening: Opening): readonly Buffer[] {
  const { facts, version, at, lastSeq } = opening;
  const missed = lastSeq === null ? null : room.channel.missedSince(lastSeq);
  const welcome: WelcomeFrame = {
    type: 'welcome',
    version,
    sessionKey: participant.sessionKey,
    participantId: participant.id,
    at,
    seq: missed && lastSeq !== null ? lastSeq : room.channel.seq,
    resumed: lastSeq !== null,
    snapshot: missed ? null : createSnapshot(room, participant, facts),
    tokenExpiresAt: participant.tokenExpiresAt,
  };
  return [encodeFrame(welcome), ...(missed ?? [])];
}

function createSnapshot(room: Room, participant: Participant, { title, createdAt, roles }: RoomFacts): RoomSnapshot {
  return {
    room: { id: room.id, title, createdAt },
    // One's own role is among them, even where nobody else may have it ([W5]).
    roles: { ...roles, [participant.role.name]: participant.role },
    self: { participant: participant.toView(), permissions: participant.permissions },
    participants: room.roster.viewsFor(participant),
    counts: room.roster.counts,
    roleOffers: room.offers.views,
    streams: room.stage.streams,
    spotlight: room.stage.spotlight,
    activeSpeaker: room.stage.activeSpeaker,
    chat: room.chat.view,
    broadcast: room.broadcast.view,
  };
}
