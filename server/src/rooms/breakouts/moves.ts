import { setImmediate as nextTurn } from 'node:timers/promises';
import { ProtocolError, type BreakoutPerson, type ParticipantId, type RoomId } from '../../../../src/protocol/index.ts';
import type { TokenClaims } from '../../auth/token.ts';
import type { FeatureParts } from '../features.ts';
import { handOver } from '../hand-over.ts';
import type { Participant } from '../participant.ts';
import type { Room } from '../room.ts';
import type { Plan } from './plan.ts';
import type { RoomDirectory } from './room-directory.ts';

/** People moved in one turn of the event loop: each is sent a whole room. */
const MOVED_AT_ONCE = 25;

type Parts = Pick<FeatureParts, 'roomId' | 'clock' | 'logger' | 'announce'> & {
  readonly plan: Plan;
  readonly rooms: RoomDirectory;
};

export interface Found {
  readonly room: Room;
  readonly participant: Participant;
}

/** Brings people to where they belong. */
export class Moves {
  readonly #parts: Parts;
  /** As what those who are in one of the rooms came to the home. */
  readonly #claims = new Map<ParticipantId, TokenClaims>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Where somebody is now: at home or in one of the rooms. */
  find(participantId: ParticipantId): Found | null {
    for (const room of this.present) {
      const participant = room.roster.get(participantId);
      if (participant && !participant.isHidden) return { room, participant };
    }
    return null;
  }

  /** The home and those of its rooms that are in memory. */
  get present(): Room[] {
    const { rooms, roomId, plan } = this.#parts;
    return [roomId, ...plan.roomIds].flatMap((id) => rooms.peek(id) ?? []);
  }

  /** Where a bearer of a token of the home belongs, and as what. Throws why they are not let in. */
  async route(home: Room, claims: TokenClaims): Promise<{ room: Room; claims: TokenClaims }> {
    const roomId = this.#parts.plan.person(claims.participantId)?.roomId ?? null;
    if (roomId === null) return { room: home, claims };
    const room = await this.#openOr(home, roomId);
    if (room === home) return { room, claims };
    if (!room.roster.get(claims.participantId)) {
      home.features.moderation.assertAdmits(claims, home.door.admit(claims));
    }
    this.#claims.set(claims.participantId, claims);
    return { room, claims: this.#claimsIn(room.id, home, claims) };
  }

  /** Throws why the other room does not let them in. */
  async bring(home: Room, participantId: ParticipantId): Promise<void> {
    const roomId = this.#parts.plan.person(participantId)?.roomId ?? null;
    const to = roomId === null ? home : await this.#openOr(home, roomId);
    const found = this.find(participantId);
    if (found && found.room !== to) this.#handOver(home, found, to);
  }

  /** All of the home who belong elsewhere, or those of them that are told. */
  async bringAll(home: Room, people: readonly BreakoutPerson[] = this.#parts.plan.people): Promise<void> {
    const moved = people.filter(({ roomId }) => roomId !== null);
    await inTurns(moved, async ({ participantId }) => {
      if (!home.roster.get(participantId)) return;
      await this.bring(home, participantId).catch((error: unknown) => {
        this.#parts.logger.warn({ err: error, roomId: home.id }, 'a participant was not moved');
      });
    });
  }

  /** Everybody who is in one of these rooms; who is not let in is sent away. */
  async bringHome(home: Room, rooms: readonly Room[]): Promise<void> {
    const people = rooms.flatMap((room) => [...room.roster].map((participant) => ({ room, participant })));
    await inTurns(people, ({ room, participant }) => {
      if (participant.isHidden || !room.roster.has(participant)) return;
      try {
        this.#handOver(home, { room, participant }, home);
      } catch (error) {
        const reason = error instanceof ProtocolError ? error : new ProtocolError('internal', 'Something went wrong.');
        participant.link?.end(reason);
        room.leave(participant, 'left');
      }
    });
    this.#claims.clear();
  }

  /** One of them that somebody has ended is none any more. */
  async #openOr(home: Room, roomId: RoomId): Promise<Room> {
    try {
      return await this.#parts.rooms.open(roomId);
    } catch (error) {
      if (error instanceof ProtocolError && error.code === 'roomEnded') return home;
      throw error;
    }
  }

  #handOver(home: Room, { room: from, participant }: Found, to: Room): void {
    const { id, name, role, extraPermissions: permissions, tokenExpiresAt: expiresAt } = participant;
    const known = from === home ? undefined : this.#claims.get(id);
    const issuedAt = this.#parts.clock.now();
    const before = known ?? { roomId: home.id, participantId: id, role: role.name, issuedAt };
    // Who was in the room waits for no place in it.
    const claims: TokenClaims = { ...before, name, permissions, expiresAt, admit: true };
    handOver(from, participant, to, to === home ? claims : this.#claimsIn(to.id, home, claims));
    if (to === home) this.#claims.delete(id);
    else this.#claims.set(id, claims);
    this.#parts.announce('breakouts.moved', { participant: { id, name }, from: from.id, to: to.id });
  }

  /** What the bearer of a token of the home is in one of its rooms ([F4]). Throws `removed`. */
  #claimsIn(roomId: RoomId, home: Room, claims: TokenClaims): TokenClaims {
    const role = home.door.admit(claims);
    const manages = [...role.permissions, ...claims.permissions].includes('breakout.manage');
    const there = manages ? role.name : (this.#parts.plan.desk?.role ?? role.name);
    return { ...claims, roomId, role: there, tokenRoomId: home.id };
  }
}

/** A few at a time, so that others are served in between. */
async function inTurns<T>(items: readonly T[], run: (item: T) => void | Promise<void>): Promise<void> {
  for (const [index, item] of items.entries()) {
    // oxlint-disable-next-line no-await-in-loop -- one after another is the point
    if (index % MOVED_AT_ONCE === MOVED_AT_ONCE - 1) await nextTurn();
    // oxlint-disable-next-line no-await-in-loop -- one after another is the point
    await run(item);
  }
}
