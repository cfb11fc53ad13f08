import { randomUUID } from 'node:crypto';
import { ProtocolError, type OfferId, type ParticipantId, type RoleOffer } from '../../../src/protocol/index.ts';
import type { Channel } from './channel.ts';
import type { Clock } from './clock.ts';
import type { Participant } from './participant.ts';
import type { Role } from './templates.ts';

interface PendingOffer {
  readonly offer: RoleOffer;
  readonly role: Role;
  readonly cancelExpiry: () => void;
}

/** What an offer is for. */
interface Accepted {
  readonly role: Role;
  readonly offeredBy: ParticipantId;
  /** At first not on stage ([Z5]). */
  readonly backstage: boolean;
}

/** Invitations to publish, waiting for consent: one at a time for each participant ([P2], [P3]). */
export class RoleOffers {
  readonly #channel: Channel;
  readonly #clock: Clock;
  readonly #validForMs: number;
  readonly #pending = new Map<ParticipantId, PendingOffer>();

  constructor(channel: Channel, clock: Clock, validForMs: number) {
    this.#channel = channel;
    this.#clock = clock;
    this.#validForMs = validForMs;
  }

  get views(): RoleOffer[] {
    return Array.from(this.#pending.values(), ({ offer }) => offer);
  }

  /** Offers a role; an earlier offer to the same participant ends. */
  make(participant: Participant, role: Role, offeredBy: Participant, backstage: boolean): OfferId {
    this.endFor(participant);
    const offer: RoleOffer = {
      id: randomUUID() as OfferId,
      participantId: participant.id,
      role: role.name,
      offeredBy: offeredBy.id,
      expiresAt: this.#clock.now() + this.#validForMs,
      ...(backstage ? { backstage } : {}),
    };
    const cancelExpiry = this.#clock.after(this.#validForMs, () => this.#end(offer.participantId, 'expired'));
    this.#pending.set(participant.id, { offer, role, cancelExpiry });
    this.#channel.publish('roleOffered', { offer });
    return offer.id;
  }

  /** The offered role, for the one it was offered to. Throws `expired` for an ended offer, `forbidden` for another's. */
  assertOfferedTo(participant: Participant, offerId: OfferId): Accepted {
    const pending = this.#pending.get(participant.id);
    if (pending?.offer.id === offerId) {
      const { offeredBy, backstage = false } = pending.offer;
      return { role: pending.role, offeredBy, backstage };
    }
    if (this.#find(offerId)) throw new ProtocolError('forbidden', 'The offer was made to another participant.');
    throw new ProtocolError('expired', 'The offer has ended.');
  }

  accept(participant: Participant): void {
    this.#end(participant.id, 'accepted');
  }

  decline(participant: Participant): void {
    this.#end(participant.id, 'declined');
  }

  /** Throws `expired` for an offer that has ended. */
  withdraw(offerId: OfferId): void {
    const pending = this.#find(offerId);
    if (!pending) throw new ProtocolError('expired', 'The offer has ended.');
    this.#end(pending.offer.participantId, 'withdrawn');
  }

  endFor(participant: Participant): void {
    this.#end(participant.id, 'withdrawn');
  }

  close(): void {
    for (const { cancelExpiry } of this.#pending.values()) cancelExpiry();
    this.#pending.clear();
  }

  #find(offerId: OfferId): PendingOffer | undefined {
    return [...this.#pending.values()].find(({ offer }) => offer.id === offerId);
  }

  #end(participantId: ParticipantId, outcome: 'accepted' | 'declined' | 'expired' | 'withdrawn'): void {
    const pending = this.#pending.get(participantId);
    if (!pending) return;
    this.#pending.delete(participantId);
    pending.cancelExpiry();
    this.#channel.publish('roleOfferEnded', { offerId: pending.offer.id, participantId, outcome });
  }
}
