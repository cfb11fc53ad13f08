import { batch } from '@preact/signals-core';
import type { ParticipantId } from '../../protocol/index.ts';
import type { WritableStore } from '../../store/store.ts';
import type { EventHandlers, SignalHandlers } from './handlers.ts';
import { changed, without } from './map-changes.ts';

type ParticipantEvents = Pick<
  EventHandlers,
  | 'participantJoined'
  | 'participantLeft'
  | 'participantLost'
  | 'participantReturned'
  | 'roleOffered'
  | 'roleOfferEnded'
  | 'roleChanged'
>;

export function createParticipantEvents(store: WritableStore): ParticipantEvents {
  const { byId, offers, selfId } = store.participants;
  const setLost = (id: ParticipantId, lost: boolean): void => {
    const participant = byId.value.get(id);
    if (participant) byId.value = changed(byId.value, id, { ...participant, lost });
  };

  return {
    participantJoined({ participant }) {
      byId.value = changed(byId.value, participant.id, participant);
    },

    participantLeft({ participantId, reason }) {
      // One stays in one's own list, announced or not.
      if (participantId === selfId.value && reason === 'hidden') return;
      batch(() => {
        const { levels, qualities, pinned, activeSpeaker } = store.stage;
        byId.value = without(byId.value, participantId);
        levels.value = without(levels.value, participantId);
        qualities.value = without(qualities.value, participantId);
        if (pinned.value === participantId) pinned.value = null;
        if (activeSpeaker.value === participantId) activeSpeaker.value = null;
      });
    },

    participantLost({ participantId }) {
      setLost(participantId, true);
    },

    participantReturned({ participantId }) {
      setLost(participantId, false);
    },

    roleOffered({ offer }) {
      offers.value = changed(offers.value, offer.id, offer);
    },

    roleOfferEnded({ offerId }) {
      offers.value = without(offers.value, offerId);
    },

    roleChanged({ participant }) {
      byId.value = changed(byId.value, participant.id, participant);
    },
  };
}

type ParticipantSignals = Pick<SignalHandlers, 'participantsCounted' | 'permissionsChanged'>;

export function createParticipantSignals(store: WritableStore): ParticipantSignals {
  return {
    participantsCounted({ counts }) {
      store.participants.counts.value = counts;
    },

    permissionsChanged({ permissions }) {
      store.connection.permissions.value = permissions;
      // Told on every return: what was signalled in between was missed.
      store.chat.isModerated.value = true;
    },
  };
}
