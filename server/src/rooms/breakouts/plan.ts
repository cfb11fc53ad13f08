import { randomInt } from 'node:crypto';
import {
  ProtocolError,
  type BreakoutPerson,
  type BreakoutsView,
  type ParticipantId,
  type RoomId,
} from '../../../../src/protocol/index.ts';
import type { StoredBreakouts, StoredDesk } from '../../store/breakout-store.ts';
import type { Participant } from '../participant.ts';

/** The rooms of a room and who belongs where, as they are stored. */
export class Plan {
  readonly #people: Map<ParticipantId, BreakoutPerson>;
  #desk: StoredDesk | null;

  constructor({ desk, people }: StoredBreakouts) {
    this.#desk = desk;
    this.#people = new Map(people.map((person) => [person.participantId, person]));
  }

  get desk(): StoredDesk | null {
    return this.#desk;
  }

  get isOpen(): boolean {
    return this.#desk?.isOpen ?? false;
  }

  get roomIds(): RoomId[] {
    return (this.#desk?.rooms ?? []).map(({ id }) => id);
  }

  get people(): BreakoutPerson[] {
    return [...this.#people.values()];
  }

  person(participantId: ParticipantId): BreakoutPerson | undefined {
    return this.#people.get(participantId);
  }

  /** Throws `conflict` where there are none, or, if that is asked, where they are not open. */
  assert(mustBeOpen = false): StoredDesk {
    if (this.#desk === null) throw new ProtocolError('conflict', 'There are no rooms.');
    if (mustBeOpen && !this.#desk.isOpen) throw new ProtocolError('conflict', 'The rooms are not open.');
    return this.#desk;
  }

  /** Throws `notFound` for a room that is none of these, `conflict` for one that is full. */
  assertPlace(participantId: ParticipantId, roomId: RoomId | null): void {
    if (roomId === null) return;
    const room = this.#desk?.rooms.find(({ id }) => id === roomId);
    if (!room) throw new ProtocolError('notFound', 'There is no such room.');
    const others = this.people.filter((person) => person.roomId === roomId && person.participantId !== participantId);
    if (room.size !== null && others.length >= room.size) throw new ProtocolError('conflict', 'The room is full.');
  }

  /** What is stored by now. */
  apply(desk: StoredDesk, people: readonly BreakoutPerson[]): void {
    this.#desk = desk;
    for (const person of people) this.#people.set(person.participantId, person);
  }

  clear(): void {
    this.#desk = null;
    this.#people.clear();
  }

  /** Who of them would be sent there, `count` at most, by chance. Throws `notFound` for a room that is none of these. */
  draw(roomId: RoomId, count: number, free: Iterable<Pick<Participant, 'id' | 'name'>>): BreakoutPerson[] {
    const room = this.#desk?.rooms.find(({ id }) => id === roomId);
    if (!room) throw new ProtocolError('notFound', 'There is no such room.');
    const places = room.size === null ? count : Math.max(0, room.size - (this.#counts().get(roomId) ?? 0));
    return shuffle([...free].filter(({ id }) => !this.#people.has(id)))
      .slice(0, Math.min(count, places))
      .map(({ id, name }) => ({ participantId: id, name, roomId }));
  }

  /** Where `chosen` would go by chance: each to where there are fewest. Nobody, unless chance decides. */
  drawLots(desk: StoredDesk, chosen: Iterable<Pick<Participant, 'id' | 'name'>>): BreakoutPerson[] {
    if (desk.assignment !== 'atRandom') return [];
    const counts = this.#counts();
    return shuffle([...chosen].filter(({ id }) => !this.#people.has(id))).flatMap(({ id, name }) => {
      const roomId = emptiest(desk, counts);
      if (roomId === null) return [];
      counts.set(roomId, (counts.get(roomId) ?? 0) + 1);
      return [{ participantId: id, name, roomId }];
    });
  }

  view(homeId: RoomId, countPresent: (roomId: RoomId) => number): BreakoutsView | null {
    if (this.#desk === null) return null;
    const { isOpen, assignment, role, rooms, closesAt, announcement } = this.#desk;
    const counts = this.#counts();
    return {
      homeId,
      isOpen,
      assignment,
      role,
      rooms: rooms.map(({ id, name, size }) => ({
        roomId: id,
        name,
        size,
        assigned: counts.get(id) ?? 0,
        present: countPresent(id),
      })),
      closesAt,
      announcement,
    };
  }

  #counts(): Map<RoomId | null, number> {
    const counts = new Map<RoomId | null, number>();
    for (const { roomId } of this.#people.values()) counts.set(roomId, (counts.get(roomId) ?? 0) + 1);
    return counts;
  }
}

function shuffle<T>(items: readonly T[]): T[] {
  const drawn: T[] = [];
  for (const item of items) drawn.splice(randomInt(drawn.length + 1), 0, item);
  return drawn;
}

/** The room with the fewest that takes one more. */
function emptiest({ rooms }: StoredDesk, counts: ReadonlyMap<RoomId | null, number>): RoomId | null {
  let best: RoomId | null = null;
  for (const { id, size } of rooms) {
    const count = counts.get(id) ?? 0;
    if (size !== null && count >= size) continue;
    if (best === null || count < (counts.get(best) ?? 0)) best = id;
  }
  return best;
}
