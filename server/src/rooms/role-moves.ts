import {
  ProtocolError,
  type OfferId,
  type ParticipantId,
  type ReplyData,
  type RoleName,
  type RoomId,
} from '../../../src/protocol/index.ts';
import type { RoomStore } from '../store/room-store.ts';
import type { Backstage } from './backstage.ts';
import type { Door } from './door.ts';
import type { Participant } from './participant.ts';
import type { RoleOffers } from './role-offers.ts';
import type { Roster } from './roster.ts';
import { isLesser, publishesMore, type Role } from './templates.ts';

export interface RoleMovesParts {
  readonly roomId: RoomId;
  readonly store: Pick<RoomStore, 'saveRole'>;
  readonly door: Door;
  readonly roster: Roster;
  readonly offers: RoleOffers;
  readonly backstage: Backstage;
  /** Runs a change once those before it have taken effect. */
  readonly change: <T>(task: () => T | Promise<T>) => Promise<T>;
  /** Makes a role that is stored take effect. */
  readonly move: (participant: Participant, role: Role, changedBy: ParticipantId | null) => void;
}

/** Who has which role: given, offered and taken back ([P2], [P3], [Z7]). Stored first, then told. */
export class RoleMoves {
  readonly #parts: RoleMovesParts;

  constructor(parts: RoleMovesParts) {
    this.#parts = parts;
  }

  /**
   * Moves anyone within reach ([P8]). A participant who asks for a role that publishes more makes an offer ([P2]);
   * `null`, the site's own back end, moves at once, whomever and whereto it likes, and those who are away too.
   */
  changeRole(
    participantId: ParticipantId,
    roleName: RoleName,
    changedBy: Participant | null,
    backstage = false,
  ): Promise<ReplyData<'changeRole'>> {
    const { door, roster, offers } = this.#parts;
    return this.#parts.change(async () => {
      const role = door.assertRole(roleName);
      const participant = changedBy ? roster.assertPresent(participantId) : roster.get(participantId);
      if (participant) changedBy?.assertReaches(participant);
      changedBy?.assertReaches(role);
      if (participant?.role === role) return { status: 'unchanged' };
      if (backstage) await this.#parts.backstage.assertPlaceFor(participantId);
      if (participant && changedBy && publishesMore(participant.role, role)) {
        return { status: 'offered', offerId: offers.make(participant, role, changedBy, backstage) };
      }
      const before = await this.#save(participantId, role, backstage);
      this.#take(participantId, role, before, changedBy?.id ?? null, backstage);
      return { status: 'changed' };
    });
  }

  /** Whether the participant would only lose by that role. */
  isStepDown(participant: Participant, roleName: RoleName): boolean {
    const role = this.#parts.door.findRole(roleName);
    return role !== undefined && isLesser(participant.role, role);
  }

  answerOffer(participant: Participant, offerId: OfferId, accept: boolean): Promise<void> {
    const { offers } = this.#parts;
    return this.#parts.change(async () => {
      const { role, offeredBy, backstage } = offers.assertOfferedTo(participant, offerId);
      if (!accept) {
        offers.decline(participant);
        return;
      }
      const before = await this.#save(participant.id, role, backstage);
      offers.accept(participant);
      this.#take(participant.id, role, before, offeredBy, backstage);
    });
  }

  withdrawOffer(offerId: OfferId): Promise<void> {
    return this.#parts.change(() => this.#parts.offers.withdraw(offerId));
  }

  /**
   * Moves who publishes to the role that they came from ([Z7]), those who are away too.
   * Throws `forbidden`, `notFound`, or `conflict` where the room has no such role.
   */
  sendBack(participantId: ParticipantId, sentBy: Participant): Promise<RoleName> {
    const { door, roster } = this.#parts;
    return this.#parts.change(async () => {
      const given = door.givenRole(participantId);
      const participant = given ? roster.get(participantId) : roster.assertPresent(participantId);
      const present = participant?.role ?? given;
      if (!present) throw new ProtocolError('notFound', 'There is no such participant.');
      sentBy.assertReaches(participant ?? present);
      if (present.publish.length === 0) return present.name;
      const role = door.roleToReturnTo(participantId);
      sentBy.assertReaches(role);
      const before = await this.#save(participantId, role, false);
      this.#take(participantId, role, before, sentBy.id, false);
      return role.name;
    });
  }

  /** @returns the role to return to from this one */
  async #save(id: ParticipantId, role: Role, backstage: boolean): Promise<RoleName | null> {
    const { door, roster, store, roomId } = this.#parts;
    const present = roster.get(id)?.role ?? door.givenRole(id);
    const isCalledUp = role.publish.length > 0;
    const before = !isCalledUp ? null : present?.publish.length === 0 ? present.name : door.roleBefore(id);
    const save = () => store.saveRole(roomId, id, role.name, before);
    await this.#parts.backstage.keepWith(save, id, backstage && isCalledUp);
    return before;
  }

  #take(
    participantId: ParticipantId,
    role: Role,
    before: RoleName | null,
    changedBy: ParticipantId | null,
    backstage: boolean,
  ): void {
    const { door, roster, move } = this.#parts;
    door.rememberRole(participantId, role, before);
    const participant = roster.get(participantId);
    if (participant && participant.role !== role) move(participant, role, changedBy);
    this.#parts.backstage.enter(participantId, backstage && role.publish.length > 0);
  }
}
