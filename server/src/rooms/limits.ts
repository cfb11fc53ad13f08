import { HEARTBEAT, LIMITS, RESUME_GRACE_MS, ROLE_OFFER_MS } from '../../../src/protocol/index.ts';

/** What the server allows; the defaults are those of the specification. */
export interface ServerLimits {
  /** More are turned away with `roomFull`. */
  readonly participantsPerRoom: number;
  /** Sockets one address may open in a second ([L4]). */
  readonly socketsPerAddressPerSecond: number;
  /** Requests of one participant, save those of media. */
  readonly requests: RateLimit;
  readonly mediaRequests: RateLimit;
  readonly chatMessages: RateLimit;
  /** What a room's policies begin with: messages a second of which everyone is told each ([C5]); `null`: all of them. */
  readonly chatMostPerSecond: number | null;
  readonly reactions: RateLimit;
  readonly questions: RateLimit;
  /** Requests refused in a second, and pings, above which a socket is closed ([L2]). */
  readonly refusalsPerSecond: number;
  /** Requests of one socket that may wait for their reply ([L3]). */
  readonly pendingRequests: number;
  /** Bytes a slow reader may leave unread ([L5]). */
  readonly unsentBytes: number;
  /** Events kept for those who come back ([R3]). */
  readonly replayedEvents: number;
  /** From the opening of the socket to `hello` ([H1]). */
  readonly helloTimeoutMs: number;
  /** Silence after which a link is taken for dead ([B1]). */
  readonly deadAfterMs: number;
  /** How long the place of a lost participant is kept ([R2]). */
  readonly resumeGraceMs: number;
  readonly roleOfferMs: number;
  /** How long before its end a token is asked for again ([T3]). */
  readonly tokenNoticeMs: number;
  /** How long an empty room stays in memory. */
  readonly emptyRoomMs: number;
}

/** A bucket of `burst` that refills at `perSecond`. */
export interface RateLimit {
  readonly burst: number;
  readonly perSecond: number;
}

export const DEFAULT_LIMITS: ServerLimits = {
  participantsPerRoom: 10_000,
  socketsPerAddressPerSecond: 50,
  requests: { burst: 60, perSecond: 20 },
  mediaRequests: { burst: 300, perSecond: 60 },
  chatMessages: { burst: 10, perSecond: 2 },
  chatMostPerSecond: null,
  reactions: { burst: 30, perSecond: 10 },
  questions: { burst: 5, perSecond: 0.1 },
  refusalsPerSecond: 200,
  pendingRequests: LIMITS.pendingRequests,
  unsentBytes: 4 * 1024 * 1024,
  replayedEvents: LIMITS.replayedEvents,
  helloTimeoutMs: 5_000,
  deadAfterMs: HEARTBEAT.deadAfterMs,
  resumeGraceMs: RESUME_GRACE_MS,
  roleOfferMs: ROLE_OFFER_MS,
  tokenNoticeMs: 60_000,
  emptyRoomMs: 60_000,
};
