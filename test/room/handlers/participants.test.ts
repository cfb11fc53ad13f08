import { expect } from '@open-wc/testing';
import type { OfferId, ParticipantId } from '../../../src/protocol/index.ts';
import { may, onStage, ownOffer, self, selfRole } from '../../../src/store/selectors.ts';
import { openRoom } from '../open-room.ts';
import { participant } from '../scripted-server.ts';

const ada = participant('ada', 'host');

describe('participant handlers', () => {
  it('[N3] follow those announced, and count the others', async () => {
    const { room, server, join, flush } = openRoom();
    await join();
    server.emit('participantJoined', { participant: ada });
    server.emit('participantLost', { participantId: ada.id });
    server.signal('participantsCounted', { counts: { viewer: 41 }, total: 42 });
    await flush();
    const { byId, counts } = room.store.participants;
    expect(byId.value.get(ada.id)?.lost).to.equal(true);
    expect(counts.value).to.deep.equal({ viewer: 41 });
    server.emit('participantReturned', { participantId: ada.id });
    await flush();
    expect(byId.value.get(ada.id)?.lost).to.equal(false);
    expect(onStage(room.store).map(({ id }) => id)).to.deep.equal(['ada']);
    server.emit('participantLeft', { participantId: ada.id, reason: 'left' });
    await flush();
    expect([...byId.value.keys()]).to.deep.equal(['me']);
    room.close();
  });

  it('forget what was shown of one who left', async () => {
    const { room, server, join, flush } = openRoom();
    await join();
    server.emit('participantJoined', { participant: ada });
    server.signal('activeSpeakerChanged', { participantId: ada.id });
    server.signal('levelsMeasured', { levels: [[ada.id, -20]] });
    server.signal('qualityMeasured', { qualities: [[ada.id, 4]] });
    room.actions.pin(ada.id);
    await flush();
    const { stage } = room.store;
    expect([
      stage.activeSpeaker.value,
      stage.levels.value.get(ada.id),
      stage.qualities.value.get(ada.id),
    ]).to.deep.equal(['ada', -20, 4]);
    server.emit('participantLeft', { participantId: ada.id, reason: 'removed' });
    await flush();
    expect([stage.activeSpeaker.value, stage.levels.value.size, stage.qualities.value.size]).to.deep.equal([
      null,
      0,
      0,
    ]);
    expect(stage.pinned.value).to.equal(null);
    room.close();
  });

  it('[N3] keep oneself in the list when no more announced', async () => {
    const { room, server, join, flush } = openRoom({ tokenProvider: () => 'me:guest' });
    await join();
    const me = 'me' as ParticipantId;
    server.emit('roleChanged', { participant: participant('me'), previousRole: ada.role, changedBy: ada.id });
    server.emit('participantLeft', { participantId: me, reason: 'hidden' });
    await flush();
    expect(self(room.store)?.role).to.equal('viewer');
    expect(selfRole(room.store)?.watch).to.equal('webrtc');
    room.close();
  });

  it('[P2] [P3] hold an offer until it ends', async () => {
    const { room, server, join, flush } = openRoom();
    await join();
    const offer = {
      id: 'o1' as OfferId,
      participantId: 'me' as ParticipantId,
      role: participant('x', 'guest').role,
      offeredBy: ada.id,
      expiresAt: 1,
    };
    server.emit('roleOffered', { offer });
    await flush();
    expect(ownOffer(room.store)).to.deep.equal(offer);
    server.emit('roleOfferEnded', { offerId: offer.id, participantId: offer.participantId, outcome: 'expired' });
    await flush();
    expect(ownOffer(room.store)).to.equal(null);
    room.close();
  });

  it('[P9] take the permissions from the server, and guess none from a role', async () => {
    const { room, server, join, flush } = openRoom();
    await join();
    const { permissions } = room.store.connection;
    const before = permissions.value;
    const { role } = participant('me');
    server.emit('roleChanged', { participant: participant('me', 'host'), previousRole: role, changedBy: null });
    await flush();
    expect(permissions.value).to.deep.equal(before);
    server.signal('permissionsChanged', { permissions: ['chat.send', 'room.end'] });
    await flush();
    expect(permissions.value).to.deep.equal(['chat.send', 'room.end']);
    expect([may(room.store, 'room.end'), may(room.store, 'participant.list')]).to.deep.equal([true, false]);
    server.signal('permissionsChanged', { permissions: [] });
    await flush();
    expect(may(room.store, 'chat.send')).to.equal(false);
    room.close();
  });
});
