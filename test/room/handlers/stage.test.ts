import { expect } from '@open-wc/testing';
import type { StreamId } from '../../../src/protocol/index.ts';
import { streamOf } from '../../../src/store/selectors.ts';
import { openRoom } from '../open-room.ts';
import { participant } from '../scripted-server.ts';

const ada = participant('ada', 'host');
const camera = {
  id: 's1' as StreamId,
  participantId: ada.id,
  source: 'camera',
  kind: 'video',
  muted: false,
  mutedBy: null,
} as const;

describe('stage handlers', () => {
  it('follow streams from their first to their last', async () => {
    const { room, server, media, join, flush } = openRoom();
    await join();
    server.emit('streamPublished', { stream: camera });
    await flush();
    media.observer?.received(camera.id, 'playing');
    expect(streamOf(room.store, ada.id, 'camera')).to.deep.equal(camera);
    expect(room.store.stage.receptions.value.get(camera.id)).to.equal('playing');
    server.emit('streamMuted', { streamId: camera.id, muted: true, mutedBy: 'host' });
    await flush();
    expect(streamOf(room.store, ada.id, 'camera')).to.include({ muted: true, mutedBy: 'host' });
    server.emit('streamUnpublished', { streamId: camera.id, participantId: ada.id, reason: 'ended' });
    await flush();
    media.observer?.received(camera.id, 'idle');
    expect(streamOf(room.store, ada.id, 'camera')).to.equal(null);
    expect(room.store.stage.receptions.value.size).to.equal(0);
    room.close();
  });

  it('forget in a snapshot what is no more', async () => {
    const { room, server, clock, join, flush } = openRoom();
    await join();
    server.emit('streamPublished', { stream: camera });
    server.emit('spotlightChanged', { participantId: ada.id });
    await flush();
    expect(room.store.stage.spotlight.value).to.equal('ada');
    server.forgetPlaces();
    await clock.advance(250);
    await flush();
    expect(room.store.stage.streams.value.size).to.equal(0);
    expect(room.store.stage.spotlight.value).to.equal(null);
    room.close();
  });

  it('ignore a mute of a stream that is not there', async () => {
    const { room, server, join, flush } = openRoom();
    await join();
    server.emit('streamMuted', { streamId: camera.id, muted: true, mutedBy: 'self' });
    await flush();
    expect(room.store.stage.streams.value.size).to.equal(0);
    room.close();
  });
});
