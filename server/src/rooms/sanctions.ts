import { ProtocolError, type ParticipantId, type Permission, type Sanction } from '../../../src/protocol/index.ts';
import type { StoredSanction } from '../store/moderation-store.ts';
import type { Clock } from './clock.ts';

type Kind = Sanction['kind'];

/** Who may not write, or not come in, and until when ([D4], [D5]). */
export class Sanctions {
  readonly #clock: Clock;
  readonly #sanctions = new Map<string, StoredSanction>();

  constructor(clock: Clock, stored: readonly StoredSanction[]) {
    this.#clock = clock;
    for (const sanction of stored) this.add(sanction);
  }

  add(sanction: StoredSanction): void {
    this.#sanctions.set(keyOf(sanction.kind, sanction.participant.id), sanction);
  }

  lift(kind: Kind, participantId: ParticipantId): void {
    this.#sanctions.delete(keyOf(kind, participantId));
  }

  /** The one in force that binds whoever has these permissions ([D9]). */
  find(kind: Kind, participantId: ParticipantId, permissions: readonly Permission[]): StoredSanction | undefined {
    const sanction = this.#sanctions.get(keyOf(kind, participantId));
    if (sanction === undefined || !this.#holds(sanction)) return undefined;
    const { reach } = sanction;
    return reach === null || permissions.every((permission) => reach.includes(permission)) ? sanction : undefined;
  }

  get inForce(): Sanction[] {
    return [...this.#sanctions.values()]
      .filter((sanction) => this.#holds(sanction))
      .map(({ kind, participant, until, reason, givenBy }) => ({ kind, participant, until, reason, givenBy }));
  }

  /** Throws `notFound` where there is none in force. */
  assertFound(kind: Kind, participantId: ParticipantId): StoredSanction {
    const sanction = this.#sanctions.get(keyOf(kind, participantId));
    if (sanction === undefined || !this.#holds(sanction)) throw new ProtocolError('notFound', 'There is none to lift.');
    return sanction;
  }

  #holds({ until }: Sanction): boolean {
    return until === null || until > this.#clock.now();
  }
}

const keyOf = (kind: Kind, participantId: ParticipantId): string => `${kind} ${participantId}`;
