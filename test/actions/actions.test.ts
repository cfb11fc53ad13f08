import { expect } from '@open-wc/testing';
import type { MessageId, OfferId, ParticipantId, RoleName } from '../../src/protocol/index.ts';
import { openRoom } from '../room/open-room.ts';

const ada = 'ada' as ParticipantId;

describe('actions', () => {
  it('ask the server, in its words', async () => {
    const { room, server, join, flush } = openRoom();
    await join();
    const { actions } = room;
    const all = [
      actions.listParticipants({ search: 'a' }),
      actions.changeRole(ada, 'guest' as RoleName),
      actions.answerRoleOffer('o1' as OfferId, true),
      actions.withdrawRoleOffer('o1' as OfferId),
      actions.removeParticipant(ada),
      actions.muteParticipant(ada),
      actions.muteParticipant(ada, 'camera'),
      actions.spotlight(ada),
      actions.deleteChat('m1' as MessageId),
    ];
    await flush();
    await Promise.all(all);
    expect(server.requests.map(({ name, data }) => [name, data])).to.deep.equal([
      ['listParticipants', { search: 'a' }],
      ['changeRole', { participantId: 'ada', role: 'guest' }],
      ['answerRoleOffer', { offerId: 'o1', accept: true }],
      ['withdrawRoleOffer', { offerId: 'o1' }],
      ['removeParticipant', { participantId: 'ada' }],
      ['muteParticipant', { participantId: 'ada' }],
      ['muteParticipant', { participantId: 'ada', source: 'camera' }],
      ['spotlight', { participantId: 'ada' }],
      ['deleteChat', { messageId: 'm1' }],
    ]);
    room.close();
  });

  it('[P1] change nothing before the server says so, and note what it refuses', async () => {
    const { room, server, join, flush } = openRoom();
    await join();
    server.answers.set('spotlight', () => {
      throw 'forbidden';
    });
    const { latest } = room.store.notices;
    for (let times = 1; times <= 2; times++) {
      const refused = room.actions.spotlight(ada).catch((error: unknown) => error);
      expect(room.store.stage.spotlight.value).to.equal(null);
      await flush();
      expect(await refused).to.include({ code: 'forbidden' });
      expect(latest.value).to.deep.equal({
        id: times,
        request: 'spotlight',
        error: { code: 'forbidden', message: 'refused' },
      });
    }
    room.close();
  });

  it('start only what the role may publish, and anything before the join', async () => {
    const { room, media, join } = openRoom();
    await room.actions.startSource('camera');
    expect(media.take()).to.deep.include(['startSource', 'camera']);
    await join();
    media.take();
    const refused = await room.actions.startSource('camera').catch((error: unknown) => error);
    expect(refused).to.include({ code: 'forbidden' });
    expect(media.take()).to.deep.equal([]);
    room.close();
  });

  it('open what an offered role would publish, to look at oneself before the answer', async () => {
    const { room, server, media, join, flush } = openRoom();
    await join();
    const [id, participantId, role] = ['o1' as OfferId, 'me' as ParticipantId, 'guest' as RoleName];
    const offer = { id, participantId, role, offeredBy: ada, expiresAt: 60_000 };
    server.emit('roleOffered', { offer });
    await flush();
    media.take();
    await room.actions.startSource('camera');
    expect(media.take()).to.deep.equal([['startSource', 'camera']]);
    const refused = await room.actions.startSource('screen').catch((error: unknown) => error);
    expect(refused).to.include({ code: 'forbidden' });
    server.emit('roleOfferEnded', { offerId: id, participantId, outcome: 'withdrawn' });
    await flush();
    expect(await room.actions.startSource('camera').catch((error: unknown) => error)).to.include({ code: 'forbidden' });
    room.close();
  });

  it('set volume and silence here alone', () => {
    const { room, media } = openRoom();
    media.take();
    room.actions.setVolume(7);
    room.actions.setPlaybackMuted(true);
    room.actions.pin(ada);
    expect(room.store.playback.volume.value).to.equal(1);
    expect(room.store.playback.muted.value).to.equal(true);
    expect(room.store.stage.pinned.value).to.equal('ada');
    expect(media.take()).to.deep.equal([
      ['setVolume', 1],
      ['setPlaybackMuted', true],
    ]);
    room.close();
  });

  it('show in the store what the devices do', () => {
    const { room, media } = openRoom();
    const { localMedia, playback } = room.store;
    media.observer?.sourceChanged('camera', { status: 'failed', error: 'inUse', track: null });
    media.observer?.sourceChanged('microphone', { status: 'live', error: null, track: null });
    media.observer?.published('microphone', true);
    media.observer?.playbackBlocked(true);
    media.observer?.levelMeasured(0.5);
    expect(localMedia.sources.value.camera).to.include({ status: 'failed', error: 'inUse', published: false });
    expect(localMedia.sources.value.microphone).to.include({ status: 'live', published: true });
    expect(playback.blocked.value).to.equal(true);
    expect(localMedia.microphoneLevel.value).to.equal(0.5);
    room.close();
  });
});
