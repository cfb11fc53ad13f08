import { randomBytes, randomUUID } from 'node:crypto';
import {
  ProtocolError,
  PROTOCOL_VERSIONS,
  type IceServerView,
  type TransportView,
} from '../../../src/protocol/index.ts';
import type { TokenClaims } from '../auth/token.ts';
import { HttpError } from '../http/http-error.ts';
import type { TransportState } from '../media/media.ts';
import type { Clock } from '../rooms/clock.ts';
import type { Link } from '../rooms/link.ts';
import type { Participant } from '../rooms/participant.ts';
import type { LeaveReason, Room } from '../rooms/room.ts';
import { writeRestart } from './sdp/answer.ts';
import { parseFragment } from './sdp/description.ts';
import { readIce, refuse, type IceCredentials } from './sdp/offer.ts';
import type { SessionPlan } from './session-plan.ts';

/**
 * Silence after which a far end is taken for lost. Who sends is heard all the time; who receives may have nothing to
 * report of an empty stage, save what keeps a path through NAT open: libnice sends that every 25 seconds.
 */
const SILENCE_SECONDS = { send: 12, receive: 60 } as const;

export interface SessionOptions {
  readonly room: Room;
  readonly plan: SessionPlan;
  readonly claims: TokenClaims;
  readonly clock: Clock;
  /** How long it may be without a connection. */
  readonly timeoutMs: number;
  readonly onClosed: (session: Session) => void;
}

export interface SessionAnswer {
  readonly sdp: string;
  readonly iceServers: readonly IceServerView[];
}

export interface IceRestart {
  /** An `application/trickle-ice-sdpfrag`. */
  readonly fragment: string;
}

/**
 * A participant whose client speaks WHIP or WHEP: joined through the same door as by a socket, there for as long as
 * its media flows. It reads no frames.
 */
export class Session implements Link {
  readonly isDeaf = true;
  readonly id = randomBytes(24).toString('base64url');
  readonly room: Room;
  readonly plan: SessionPlan;
  readonly participant: Participant;
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  readonly #onClosed: (session: Session) => void;
  #transport: TransportView | null = null;
  #remoteIce: IceCredentials;
  #tag = createTag();
  /** Since when there is no connection; `null` while there is one. */
  #lostAt: number | null;
  #closed = false;

  /** Joins. Throws what a join throws. */
  constructor({ room, plan, claims, clock, timeoutMs, onClosed }: SessionOptions) {
    this.room = room;
    this.plan = plan;
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
    this.#onClosed = onClosed;
    this.#remoteIce = plan.offer.ice;
    this.#lostAt = clock.now();
    const { participant } = room.join({
      claims,
      name: undefined,
      link: this,
      version: PROTOCOL_VERSIONS[0],
      resume: undefined,
    });
    this.participant = participant;
  }

  get isOpen(): boolean {
    return !this.#closed;
  }

  /** The strong entity tag of the present ICE session. */
  get tag(): string {
    return this.#tag;
  }

  /** Sets the media up. Where that fails, the participant has left. */
  async start(): Promise<SessionAnswer> {
    try {
      const options = { ...this.plan.transportOptions, silenceSeconds: SILENCE_SECONDS[this.plan.direction] };
      const transport = await this.room.streams.openTransport(this.participant, this.plan.direction, options);
      this.#assertOpen();
      this.#transport = transport;
      const sdp = await this.plan.carryOut(this.room, this.participant, transport);
      this.#assertOpen();
      return { sdp, iceServers: transport.iceServers };
    } catch (error) {
      this.leave('left');
      throw error;
    }
  }

  /**
   * Takes candidates, which an ICE-lite server has no use for, or restarts ICE (RFC 9725 sections 4.3.2 and 4.3.3).
   * Throws `preconditionRequired`, `preconditionFailed`, `badRequest` or `unprocessable`; the session goes on.
   */
  async patch(body: string, ifMatch: string | undefined): Promise<IceRestart | null> {
    if (ifMatch === undefined || ifMatch.trim() === '') {
      throw new HttpError('preconditionRequired', 'Send If-Match with the ETag, or with * to restart ICE.');
    }
    const tags = ifMatch.split(',').map((tag) => tag.trim().replace(/^"\*"$/, '*'));
    if (!tags.includes('*') && !tags.includes(this.#tag)) {
      throw new HttpError('preconditionFailed', 'The ETag is not that of the present ICE session.');
    }
    const fragment = parseFragment(body);
    const ice = readIce(fragment.sections[0], fragment);
    if (!ice && tags.includes('*')) throw refuse('To restart ICE, send a=ice-ufrag and a=ice-pwd.');
    // Other credentials are a restart, whatever the tag (RFC 9725 section 4.3.3).
    if (!ice || isSame(ice, this.#remoteIce)) return null;
    return this.#restart(ice);
  }

  /** Ends what has no connection or no valid token any more. */
  sweep(): void {
    if (this.#closed) return;
    const now = this.#clock.now();
    if (this.participant.tokenExpiresAt <= now) this.leave('left');
    else if (this.#lostAt !== null && now - this.#lostAt >= this.#timeoutMs) this.leave('lost');
  }

  /** Ends the session, and the participant's place with it. */
  leave(reason: LeaveReason): void {
    if (this.#closed) return;
    this.#dispose();
    if (this.participant.link === this) this.room.leave(this.participant, reason);
  }

  open(): void {}

  write(): void {}

  end(): void {
    this.#dispose();
  }

  close(): void {
    this.#dispose();
  }

  handleRoleChanged(): void {
    if (!this.plan.fits(this.participant.role)) this.leave('left');
  }

  handleTransport(direction: 'send' | 'receive', state: TransportState): void {
    if (direction !== this.plan.direction || this.#closed) return;
    if (state === 'connected') this.#lostAt = null;
    else if (state === 'lost') this.#lostAt = this.#clock.now();
    else if (this.#transport) this.leave('left');
  }

  async #restart(ice: IceCredentials): Promise<IceRestart> {
    const transport = this.#transport;
    if (!transport) throw ended();
    const media = await this.room.streams.media();
    const iceParameters = await media.restartTransport(this.participant.id, transport.id);
    if (this.#closed) throw ended();
    this.#transport = { ...transport, iceParameters };
    this.#remoteIce = ice;
    this.#tag = createTag();
    return { fragment: writeRestart({ offer: this.plan.offer, transport: this.#transport }) };
  }

  #assertOpen(): void {
    if (this.#closed) throw new ProtocolError('conflict', 'The session ended meanwhile.');
  }

  #dispose(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.plan.close();
    this.#onClosed(this);
  }
}

function ended(): HttpError {
  return new HttpError('notFound', 'The session has ended.');
}

function isSame(one: IceCredentials, other: IceCredentials): boolean {
  return one.usernameFragment === other.usernameFragment && one.password === other.password;
}

function createTag(): string {
  return `"${randomUUID()}"`;
}
