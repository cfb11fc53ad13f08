import * as v from 'valibot';
import { broadcastEvents, broadcastRequests } from './broadcast.ts';
import { chatEvents, chatRequests } from './chat.ts';
import type { WireError } from './errors.ts';
import { FEATURE_PERMISSIONS, featureEvents, featureRequests, featureSignals } from './features.ts';
import { roomId, type ParticipantId } from './identifiers.ts';
import { LIMITS } from './limits.ts';
import { mediaRequests, mediaSignals } from './media.ts';
import { participantEvents, participantRequests, participantSignals } from './participants.ts';
import { roomEvents, roomRequests, roomSignals, type RoomSnapshot } from './room.ts';
import { stageEvents, stageRequests, stageSignals } from './stage.ts';
import type { Permission } from './roles.ts';

/** Every request, by name: what it carries and what answers it. */
export const REQUESTS = {
  ...roomRequests,
  ...participantRequests,
  ...stageRequests,
  ...chatRequests,
  ...broadcastRequests,
  ...featureRequests,
  ...mediaRequests,
} as const;

/** Every room event, by name: sequenced, the same for everyone in the room ([N1]). */
export const EVENTS = {
  ...roomEvents,
  ...participantEvents,
  ...stageEvents,
  ...chatEvents,
  ...broadcastEvents,
  ...featureEvents,
} as const;

/** Every signal, by name: fleeting or for one participant, not sequenced, never replayed ([N2]). */
export const SIGNALS = {
  ...roomSignals,
  ...participantSignals,
  ...stageSignals,
  ...featureSignals,
  ...mediaSignals,
} as const;

/** What a request needs beyond having joined. `null`: open to every role; the handler may still look closer ([P1]). */
export const REQUEST_PERMISSIONS = {
  leave: null,
  refreshToken: null,
  endRoom: 'room.end',
  listParticipants: 'participant.list',
  changeRole: 'participant.changeRole',
  answerRoleOffer: null,
  withdrawRoleOffer: 'participant.changeRole',
  removeParticipant: 'participant.remove',
  muteParticipant: 'participant.mute',
  spotlight: 'stage.arrange',
  sendChat: 'chat.send',
  loadChat: null,
  deleteChat: 'chat.moderate',
  startBroadcast: 'broadcast.control',
  stopBroadcast: 'broadcast.control',
  startRecording: 'broadcast.control',
  stopRecording: 'broadcast.control',
  renewBroadcastUrls: null,
  changeBroadcastLayout: 'broadcast.control',
  ...FEATURE_PERMISSIONS,
  getMediaCapabilities: null,
  openTransport: null,
  connectTransport: null,
  restartTransport: null,
  publish: null,
  unpublish: null,
  muteStream: null,
  subscribe: null,
  setSubscription: null,
  unsubscribe: null,
} as const satisfies Record<RequestName, Permission | null>;

export type RequestName = keyof typeof REQUESTS;
export type RequestData<N extends RequestName> = v.InferOutput<(typeof REQUESTS)[N]['data']>;
export type ReplyData<N extends RequestName> = v.InferOutput<(typeof REQUESTS)[N]['reply']>;

export type EventName = keyof typeof EVENTS;
export type EventData<N extends EventName> = v.InferOutput<(typeof EVENTS)[N]>;

export type SignalName = keyof typeof SIGNALS;
export type SignalData<N extends SignalName> = v.InferOutput<(typeof SIGNALS)[N]>;

const sessionKey = v.pipe(v.string(), v.maxLength(128));

export const helloFrame = v.object({
  type: v.literal('hello'),
  room: roomId,
  versions: v.pipe(v.array(v.pipe(v.number(), v.integer())), v.maxLength(16)),
  token: v.pipe(v.string(), v.maxLength(LIMITS.tokenLength)),
  /** Shown where the token names nobody. */
  name: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(LIMITS.nameLength))),
  /** Given when coming back ([R1]). */
  resume: v.optional(v.object({ sessionKey, lastSeq: v.pipe(v.number(), v.integer(), v.minValue(0)) })),
});

export const requestFrame = v.object({
  type: v.literal('request'),
  id: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER)),
  /** Idempotency key ([Q2]): the same key has one effect and one answer. */
  key: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{8,64}$/)),
  name: v.pipe(v.string(), v.maxLength(64)),
  data: v.unknown(),
  /** The room that it is meant for ([F2]). */
  room: v.optional(roomId),
});

export const pingFrame = v.object({ type: v.literal('ping'), at: v.number() });

/** What a client may send. Anything else is `badFrame`. */
export const clientFrame = v.variant('type', [helloFrame, requestFrame, pingFrame]);
export type ClientFrame = v.InferOutput<typeof clientFrame>;
export type HelloFrame = v.InferOutput<typeof helloFrame>;
export type RequestFrame = v.InferOutput<typeof requestFrame>;

/** The answer to hello ([R1]–[R4]). */
export interface WelcomeFrame {
  readonly type: 'welcome';
  readonly version: number;
  /** Secret of this client's place in the room; shown again to resume it. */
  readonly sessionKey: string;
  readonly participantId: ParticipantId;
  /** Server time. Milliseconds since the epoch. */
  readonly at: number;
  /** The last event that `snapshot` includes, or the one the client said it had seen. */
  readonly seq: number;
  /** The place was kept: same transports, same memory of idempotency keys. */
  readonly resumed: boolean;
  /** The whole truth at `seq`; `null` when the missed events follow one by one. */
  readonly snapshot: RoomSnapshot | null;
  readonly tokenExpiresAt: number | null;
}

export interface ReplyFrame {
  readonly type: 'reply';
  readonly id: number;
  readonly data?: unknown;
  readonly error?: WireError;
}

export interface EventFrame<N extends EventName = EventName> {
  readonly type: 'event';
  readonly seq: number;
  /** Server time. Milliseconds since the epoch. */
  readonly at: number;
  readonly name: N;
  readonly data: EventData<N>;
}

export interface SignalFrame<N extends SignalName = SignalName> {
  readonly type: 'signal';
  readonly at: number;
  readonly name: N;
  readonly data: SignalData<N>;
}

export interface PongFrame {
  readonly type: 'pong';
  /** The `at` of the ping, for the round trip. */
  readonly echo: number;
  /** Server time. Milliseconds since the epoch. */
  readonly at: number;
}

/** The last frame before the server closes the socket on purpose. */
export interface ByeFrame {
  readonly type: 'bye';
  readonly error: WireError;
}

export type ServerFrame = WelcomeFrame | ReplyFrame | EventFrame | SignalFrame | PongFrame | ByeFrame;
