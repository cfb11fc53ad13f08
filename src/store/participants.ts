import { signal } from '@preact/signals-core';
import type { OfferId, ParticipantId, ParticipantView, RoleOffer } from '../protocol/index.ts';

export function createParticipantsSlice() {
  return {
    selfId: signal<ParticipantId | null>(null),
    /** Those announced, oneself among them; the rest are in `counts` and in `actions.listParticipants`. */
    byId: signal<ReadonlyMap<ParticipantId, ParticipantView>>(new Map()),
    /** Everyone, by role. */
    counts: signal<Readonly<Record<string, number>>>({}),
    offers: signal<ReadonlyMap<OfferId, RoleOffer>>(new Map()),
  };
}
export type ParticipantsSlice = ReturnType<typeof createParticipantsSlice>;
