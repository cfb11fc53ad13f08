import { isAnnounced, ProtocolError, type ParticipantId, type ParticipantView } from '../../../src/protocol/index.ts';
import type { AnnouncedParticipant, RoomAnnounce } from './announcer.ts';
import type { Channel } from './channel.ts';
import type { Clock } from './clock.ts';
import type { Participant } from './participant.ts';
import { pageParticipants, type ParticipantPage, type ParticipantQuery } from './participant-page.ts';
import type { Role } from './templates.ts';

const COUNT_INTERVAL_MS = 1_000;

/** Who is in the room: some announced one by one, the others counted ([N3]). */
export class Roster {
  readonly #channel: Channel;
  readonly #clock: Clock;
  readonly #announce: RoomAnnounce;
  readonly #participants = new Map<ParticipantId, Participant>();
  readonly #announced = new Set<Participant>();
  readonly #counts = new Map<string, number>();
  #size = 0;
  #handleCounts: (counts: Readonly<Record<string, number>>) => void = () => {};
  #countedAt = -Infinity;
  #cancelCount: (() => void) | null = null;

  constructor(channel: Channel, clock: Clock, announce: RoomAnnounce) {
    this.#channel = channel;
    this.#clock = clock;
    this.#announce = announce;
  }

  /** How many there are, the hidden one left out. */
  get size(): number {
    return this.#size;
  }

  get(id: ParticipantId): Participant | undefined {
    return this.#participants.get(id);
  }

  /** Throws `notFound`. */
  assertPresent(id: ParticipantId): Participant {
    const participant = this.get(id);
    if (!participant || participant.isHidden) throw new ProtocolError('notFound', 'There is no such participant.');
    return participant;
  }

  has(participant: Participant): boolean {
    return this.#participants.get(participant.id) === participant;
  }

  /** Those whom everybody is told of. */
  get announced(): Iterable<Participant> {
    return this.#announced;
  }

  [Symbol.iterator](): IterableIterator<Participant> {
    return this.#participants.values();
  }

  /** Participants by role. */
  get counts(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }

  /** Those announced, and `self`. */
  viewsFor(self: Participant): ParticipantView[] {
    const views = Array.from(this.#announced, (participant) => participant.toView());
    return this.#announced.has(self) ? views : [...views, self.toView()];
  }

  /** `asking`: who is told what relates them to others; `null` for the site's own back end. */
  page(query: ParticipantQuery, asking: Participant | null): ParticipantPage {
    const visible = [...this].filter(({ isHidden }) => !isHidden);
    return pageParticipants(visible, query, asking);
  }

  /** Calls back whenever the counts have changed. */
  watchCounts(handleCounts: (counts: Readonly<Record<string, number>>) => void): void {
    this.#handleCounts = handleCounts;
  }

  add(participant: Participant): void {
    this.#participants.set(participant.id, participant);
    if (participant.isHidden) return;
    this.#size += 1;
    this.#count(participant.role, 1);
    this.#announceIfDue(participant);
    this.#announce('participant.joined', { participant: describe(participant) });
  }

  remove(participant: Participant, reason: 'left' | 'lost' | 'removed'): void {
    this.#participants.delete(participant.id);
    if (participant.isHidden) return;
    this.#size -= 1;
    this.#count(participant.role, -1);
    if (this.#announced.delete(participant)) {
      this.#channel.publish('participantLeft', { participantId: participant.id, reason });
    }
    this.#announce('participant.left', { participant: describe(participant), reason });
  }

  /** Keeps the place of one whose link broke, until `onGraceEnd` after `graceMs` ([R2]). */
  markLost(participant: Participant, graceMs: number, onGraceEnd: () => void): void {
    participant.cancelGrace = this.#clock.after(graceMs, onGraceEnd);
    if (this.#announced.has(participant)) {
      this.#channel.publish('participantLost', { participantId: participant.id });
    }
  }

  markReturned(participant: Participant): void {
    if (!participant.cancelGrace) return;
    participant.cancelGrace();
    participant.cancelGrace = null;
    if (this.#announced.has(participant)) {
      this.#channel.publish('participantReturned', { participantId: participant.id });
    }
  }

  rename(participant: Participant, name: string): void {
    if (participant.name === name) return;
    participant.name = name;
    this.#announceIfDue(participant);
  }

  /** Everyone is told, also of a participant who is only counted: it is how that participant learns of it. */
  changeRole(participant: Participant, role: Role, changedBy: ParticipantId | null): void {
    const previousRole = participant.role.name;
    this.#count(participant.role, -1);
    participant.role = role;
    this.#count(role, 1);
    this.#channel.publish('roleChanged', { participant: participant.toView(), previousRole, changedBy });
    this.#announce('participant.roleChanged', { participant: describe(participant), previousRole, changedBy });
    if (isAnnounced(role)) {
      this.#announced.add(participant);
    } else {
      this.#announced.delete(participant);
      this.#channel.publish('participantLeft', { participantId: participant.id, reason: 'hidden' });
    }
  }

  close(): void {
    this.#cancelCount?.();
    for (const participant of this.#participants.values()) participant.cancelGrace?.();
  }

  #announceIfDue(participant: Participant): void {
    if (!isAnnounced(participant.role)) return;
    this.#announced.add(participant);
    this.#channel.publish('participantJoined', { participant: participant.toView() });
  }

  #count(role: Role, change: 1 | -1): void {
    const count = (this.#counts.get(role.name) ?? 0) + change;
    if (count > 0) this.#counts.set(role.name, count);
    else this.#counts.delete(role.name);
    this.#handleCounts(this.counts);
    this.#scheduleCount();
  }

  #scheduleCount(): void {
    if (this.#cancelCount) return;
    const dueInMs = Math.max(0, this.#countedAt + COUNT_INTERVAL_MS - this.#clock.now());
    this.#cancelCount = this.#clock.after(dueInMs, () => {
      this.#cancelCount = null;
      this.#countedAt = this.#clock.now();
      this.#channel.signal('participantsCounted', { counts: this.counts, total: this.size });
    });
  }
}

function describe({ id, name, role }: Participant): AnnouncedParticipant {
  return { id, name, role: role.name };
}
