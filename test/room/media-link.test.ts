import { expect } from '@open-wc/testing';
import type { StreamId } from '../../src/protocol/index.ts';
import { openRoom } from './open-room.ts';
import { participant } from './scripted-server.ts';

describe('media link', () => {
  it('hears of streams and role before it hears of the connection', async () => {
    const { room, media, join } = openRoom({ tokenProvider: () => 'me:guest' });
    media.take();
    await join();
    const calls = media.take();
    expect(calls.at(-1)).to.deep.equal(['connected', false]);
    expect(calls).to.deep.include(['setPublishable', ['camera', 'microphone']]);
    room.close();
  });

  it('[P4] hears of a role that publishes less, and of streams that come and go', async () => {
    const { room, server, media, join, flush } = openRoom({ tokenProvider: () => 'me:guest' });
    await join();
    media.take();
    server.emit('streamPublished', {
      stream: {
        id: 's1' as StreamId,
        participantId: participant('ada').id,
        source: 'camera',
        kind: 'video',
        muted: false,
        mutedBy: null,
      },
    });
    server.emit('streamUnpublished', {
      streamId: 's1' as StreamId,
      participantId: participant('ada').id,
      reason: 'ended',
    });
    server.emit('roleChanged', {
      participant: participant('me', 'audience'),
      previousRole: participant('me', 'guest').role,
      changedBy: null,
    });
    await flush();
    expect(media.take()).to.have.deep.members([
      ['setStreams', ['s1']],
      ['setStreams', []],
      ['setPublishable', []],
      ['setWatching', false],
    ]);
    room.close();
  });

  it('receives the stage until nothing of it is heard any more', async () => {
    const { room, server, media, program, join, flush } = openRoom();
    await join();
    await room.actions.show('stage');
    let cross = () => {};
    program.crossed = new Promise((resolve) => (cross = resolve));
    server.emit('roleChanged', {
      participant: participant('me', 'audience'),
      previousRole: participant('me').role,
      changedBy: null,
    });
    await flush();
    media.take();
    const shown = room.actions.show('program');
    await flush();
    expect(media.take(), 'while the sounds cross').to.deep.equal([]);
    cross();
    await shown;
    expect(media.take()).to.deep.equal([['setWatching', false]]);
    room.close();
  });

  it('receives the stage on where that was asked for while the sounds crossed', async () => {
    const { room, program, join } = openRoom();
    await join();
    await room.actions.show('stage');
    let cross = () => {};
    program.crossed = new Promise((resolve) => (cross = resolve));
    const shown = [room.actions.show('program'), room.actions.show('stage')];
    cross();
    await Promise.all(shown);
    expect(room.store.playback.showing.value).to.equal('stage');
    room.close();
  });

  it('[M5] passes on what the server says of its own media', async () => {
    const { room, server, media, join, flush } = openRoom();
    await join();
    media.take();
    server.signal('mediaReset', { directions: ['receive'] });
    await flush();
    expect(media.take()).to.deep.equal([['mediaReset', { directions: ['receive'] }]]);
    room.close();
  });

  it('loads early for a token whose role watches by WebRTC, and for no other', async () => {
    const token = (role: string): string => `x.${btoa(JSON.stringify({ role })).replace(/=+$/, '')}.y`;
    for (const [role, early] of [
      ['viewer', true],
      ['audience', false],
      ['own', false],
    ] as const) {
      const { room, media, flush } = openRoom({ tokenProvider: () => token(role) });
      void room.actions.join();
      await flush();
      expect(
        media.take().some(([name]) => name === 'preload'),
        role,
      ).to.equal(early);
      room.close();
    }
  });

  it('loads before the join where the token is in hand by then', () => {
    const { room, media } = openRoom({ token: `x.${btoa(JSON.stringify({ role: 'viewer' }))}.y` });
    expect(media.take()).to.deep.include(['preload']);
    expect(room.store.connection.aboutToWatch.value).to.equal(true);
    expect(room.store.connection.state.value).to.equal('idle');
    room.close();
  });

  it('is not told again for what media read while they are told', async () => {
    const { room, media, join } = openRoom({ tokenProvider: () => 'me:guest' });
    media.setStreams = () => {
      media.calls.push(['setStreams']);
      void room.store.playback.muted.value;
    };
    await join();
    media.take();
    room.actions.setPlaybackMuted(true);
    expect(media.take().filter(([name]) => name === 'setStreams')).to.have.length(0);
    room.close();
  });

  it('measures the microphone only while somebody watches', () => {
    const { room, media } = openRoom();
    media.take();
    const stop = room.store.localMedia.microphoneLevel.subscribe(() => {});
    expect(media.take()).to.deep.equal([['watchLevel']]);
    stop();
    expect(media.take()).to.deep.equal([['unwatchLevel']]);
    room.close();
  });
});
