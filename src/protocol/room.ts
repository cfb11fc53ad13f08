import * as v from 'valibot';
import { broadcastView } from './broadcast.ts';
import { chatMessage } from './chat.ts';
import { participantId, roleName, roomId } from './identifiers.ts';
import { LIMITS } from './limits.ts';
import { participantView, roleOffer } from './participants.ts';
import { PERMISSIONS, SOURCES, WATCH_MODES } from './roles.ts';
import { streamView } from './stage.ts';

export const roleDefinition = v.object({
  name: roleName,
  publish: v.array(v.picklist(SOURCES)),
  watch: v.picklist(WATCH_MODES),
  permissions: v.array(v.picklist(PERMISSIONS)),
});

/** Everything a participant needs to draw the room, at one point of the event sequence ([R3]). */
export const roomSnapshot = v.object({
  room: v.object({ id: roomId, title: v.string(), createdAt: v.number() }),
  roles: v.record(v.string(), roleDefinition),
  self: v.object({
    participant: participantView,
    /** The role's permissions and those the token adds. */
    permissions: v.array(v.picklist(PERMISSIONS)),
  }),
  /** Only those announced ([N3]), and oneself. */
  participants: v.array(participantView),
  counts: v.record(v.string(), v.number()),
  roleOffers: v.array(roleOffer),
  streams: v.array(streamView),
  spotlight: v.nullable(participantId),
  activeSpeaker: v.nullable(participantId),
  /** The latest messages, oldest first; `total` counts the whole history. */
  chat: v.object({ total: v.number(), messages: v.array(chatMessage) }),
  /** The broadcast that is on, or the last one; `null` before the first. */
  broadcast: v.nullable(broadcastView),
});
export type RoomSnapshot = v.InferOutput<typeof roomSnapshot>;

export const roomRequests = {
  /** Leaves for good: the place is not kept. */
  leave: { data: v.object({}), reply: v.object({}) },
  /** A fresh token for the same participant and room; no rejoin ([T3]). */
  refreshToken: {
    data: v.object({ token: v.pipe(v.string(), v.maxLength(LIMITS.tokenLength)) }),
    reply: v.object({ expiresAt: v.nullable(v.number()) }),
  },
  /** Ends the room for everyone. */
  endRoom: { data: v.object({}), reply: v.object({}) },
} as const;

export const roomEvents = {
  roomEnded: v.object({ endedBy: v.nullable(participantId) }),
} as const;

export const roomSignals = {
  /** The token ends soon: refresh it or be sent away when it does ([T3]). */
  tokenExpiring: v.object({ expiresAt: v.number() }),
  /** All that oneself may do from now on, by role and token ([P9]). */
  permissionsChanged: v.object({ permissions: v.array(v.picklist(PERMISSIONS)) }),
} as const;
