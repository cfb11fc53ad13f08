import { ProtocolError, type RoomId } from '../../../src/protocol/index.ts';
import type { TokenClaims, TokenVerifier } from '../auth/token.ts';
import { TokenBucket } from '../handlers/token-bucket.ts';
import { HttpError } from '../http/http-error.ts';
import { Lane } from '../rooms/lane.ts';
import type { Room } from '../rooms/room.ts';
import type { Rooms } from '../rooms/rooms.ts';
import { AddressLimit } from '../ws/address-limit.ts';
import { PlaybackPlan } from './playback.ts';
import { PublishingPlan } from './publishing.ts';
import { Session, type IceRestart, type SessionAnswer } from './session.ts';

export type SessionKind = 'whip' | 'whep';

const PLANS = { whip: PublishingPlan, whep: PlaybackPlan } as const;

/** Sessions that one participant may begin: the whole of a client that lost its way, not a flood. */
const OPENINGS = { burst: 10, perSecond: 0.5 };
/** Restarts and trickled candidates of one session. */
const PATCHES = { burst: 30, perSecond: 5 };
const SWEEP_INTERVAL_MS = 1_000;

export interface SessionsOptions {
  readonly rooms: Rooms;
  readonly tokens: TokenVerifier;
  /** How long a session may be without a connection. */
  readonly timeoutMs: number;
}

export interface OpenedSession extends SessionAnswer {
  readonly id: string;
  readonly tag: string;
}

export interface PatchedSession {
  readonly tag: string;
  readonly restart: IceRestart | null;
}

/** All WHIP and WHEP sessions of this server: opens them, finds them, ends what has come to nothing. */
export class Sessions {
  readonly #rooms: Rooms;
  readonly #tokens: TokenVerifier;
  readonly #timeoutMs: number;
  readonly #sessions = new Map<
    string,
    { readonly kind: SessionKind; readonly session: Session; readonly patches: TokenBucket }
  >();
  readonly #openings = new Map<string, { readonly budget: TokenBucket; usedAt: number }>();
  /** Two sessions of one participant begin one after the other. */
  readonly #lanes = new WeakMap<Room, Lane>();
  readonly #addresses: AddressLimit;
  readonly #stopSweeping: () => void;

  constructor({ rooms, tokens, timeoutMs }: SessionsOptions) {
    this.#rooms = rooms;
    this.#tokens = tokens;
    this.#timeoutMs = timeoutMs;
    this.#addresses = new AddressLimit(rooms.limits.socketsPerAddressPerSecond);
    this.#stopSweeping = rooms.clock.every(SWEEP_INTERVAL_MS, () => this.#sweep());
  }

  /** Sessions open now. */
  get size(): number {
    return this.#sessions.size;
  }

  /** Counts a request; throws `rateLimited` where the address sends too many, as it would for sockets ([L4]). */
  admit(address: string): void {
    if (this.#addresses.admit(address)) return;
    throw new ProtocolError('rateLimited', 'Too many requests from this address.', SWEEP_INTERVAL_MS);
  }

  /** Joins the bearer and sets the media up; an older client of the same participant lets go. */
  async open(kind: SessionKind, roomId: RoomId, token: string, sdp: string): Promise<OpenedSession> {
    try {
      const opened = await this.#open(kind, roomId, token, sdp);
      this.#rooms.metrics.helloAnswered('joined');
      return opened;
    } catch (error) {
      if (error instanceof ProtocolError) this.#rooms.metrics.helloAnswered(error.code);
      throw error;
    }
  }

  /** Takes a PATCH; a fresher token of the same participant counts from then on ([T3]). */
  async patch(
    kind: SessionKind,
    roomId: RoomId,
    id: string,
    token: string,
    body: string,
    ifMatch: string | undefined,
  ): Promise<PatchedSession> {
    const { session, patches, claims } = await this.#find(kind, roomId, id, token);
    take(patches);
    if (claims.expiresAt > session.participant.tokenExpiresAt) session.room.refreshClaims(session.participant, claims);
    if (!session.isOpen) throw notFound();
    const restart = await session.patch(body, ifMatch);
    return { tag: session.tag, restart };
  }

  async end(kind: SessionKind, roomId: RoomId, id: string, token: string): Promise<void> {
    const { session } = await this.#find(kind, roomId, id, token);
    session.leave('left');
  }

  /** Stops looking after sessions; they end with their rooms. */
  close(): void {
    this.#stopSweeping();
  }

  async #open(kind: SessionKind, roomId: RoomId, token: string, sdp: string): Promise<OpenedSession> {
    const claims = await this.#verify(roomId, token);
    take(this.#openingsOf(claims));
    const room = await this.#rooms.open(roomId);
    const role = room.door.admit(claims);
    const media = await room.streams.media();
    const plan = PLANS[kind].make(sdp, role, media.capabilities());
    return this.#laneOf(room).run(async () => {
      const { clock } = this.#rooms;
      const session = new Session({
        room,
        plan,
        claims,
        clock,
        timeoutMs: this.#timeoutMs,
        onClosed: (closed) => this.#sessions.delete(closed.id),
      });
      this.#sessions.set(session.id, { kind, session, patches: new TokenBucket(PATCHES, clock) });
      const answer = await session.start();
      return { ...answer, id: session.id, tag: session.tag };
    });
  }

  async #find(kind: SessionKind, roomId: RoomId, id: string, token: string) {
    const claims = await this.#verify(roomId, token);
    const found = this.#sessions.get(id);
    if (found?.kind !== kind || found.session.room.id !== roomId) throw notFound();
    if (found.session.participant.id !== claims.participantId) {
      throw new HttpError('forbidden', "The session is another participant's.");
    }
    return { ...found, claims };
  }

  /** Throws `forbidden` for a token of another room. */
  async #verify(roomId: RoomId, token: string): Promise<TokenClaims> {
    const claims = await this.#tokens.verify(token);
    if (claims.roomId !== roomId) throw new HttpError('forbidden', 'The token is for another room.');
    return claims;
  }

  #openingsOf({ roomId, participantId }: TokenClaims): TokenBucket {
    const { clock } = this.#rooms;
    const key = `${roomId}/${participantId}`;
    const known = this.#openings.get(key) ?? { budget: new TokenBucket(OPENINGS, clock), usedAt: 0 };
    known.usedAt = clock.now();
    this.#openings.set(key, known);
    return known.budget;
  }

  #laneOf(room: Room): Lane {
    const lane = this.#lanes.get(room) ?? new Lane();
    this.#lanes.set(room, lane);
    return lane;
  }

  #sweep(): void {
    this.#addresses.reset();
    for (const { session } of this.#sessions.values()) session.sweep();
    const fullAgainMs = (OPENINGS.burst / OPENINGS.perSecond) * 1_000;
    for (const [key, { usedAt }] of this.#openings) {
      if (this.#rooms.clock.now() - usedAt > fullAgainMs) this.#openings.delete(key);
    }
  }
}

function take(budget: TokenBucket): void {
  const retryAfterMs = budget.take();
  if (retryAfterMs > 0) throw new ProtocolError('rateLimited', 'Too many requests.', retryAfterMs);
}

function notFound(): HttpError {
  return new HttpError('notFound', 'There is no such session.');
}
