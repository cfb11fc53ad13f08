import { expect } from '@open-wc/testing';
import type { RequestFrame, RoomId, RoomSnapshot } from '../../src/protocol/index.ts';
import { ProtocolError } from '../../src/protocol/index.ts';
import { settle } from '../../src/testing/index.ts';
import { openRoom } from './open-room.ts';

const BREAKOUT = 'room.x.1' as RoomId;

/** The welcome of another room, on the socket that one has. */
const moved = (snapshot: RoomSnapshot, room: RoomId = BREAKOUT) => ({
  type: 'welcome',
  version: 1,
  sessionKey: `key of ${room}`,
  participantId: 'me',
  at: 0,
  seq: 7,
  resumed: false,
  snapshot: { ...snapshot, room: { id: room, title: 'Left', createdAt: 0 }, chat: { total: 0, messages: [] } },
  tokenExpiresAt: null,
});

describe('a move to another room', () => {
  it('[F2] goes on there on the same socket, and media is set up anew', async () => {
    const { room, server, media, join, flush } = openRoom({ tokenProvider: () => 'me:guest' });
    await join();
    server.say('ada', 'at home');
    await flush();
    media.take();
    server.sendRaw(moved(server.snapshot('me' as never, 'guest')));
    await flush();
    const { connection, chat } = room.store;
    expect([connection.roomId.value, connection.title.value, connection.state.value]).to.deep.equal([
      BREAKOUT,
      'Left',
      'joined',
    ]);
    expect(chat.log.total).to.equal(0);
    expect(media.take().filter(([name]) => /connected/.test(name))).to.deep.equal([['connected', false]]);
    expect(server.network.pairs).to.have.length(1);
    // Events are numbered as that room numbers them.
    server.sendRaw({ type: 'event', seq: 8, at: 0, name: 'spotlightChanged', data: { participantId: 'ada' } });
    await flush();
    expect(room.store.stage.spotlight.value).to.equal('ada');
    room.close();
  });

  it('[F2] [F3] names the room that a request is meant for, also of those that were held up', async () => {
    const { room, server, clock, join, flush } = openRoom();
    await join();
    const roomsOf = (name: string): unknown[] =>
      server.requests.filter((frame) => frame.name === name).map((frame: RequestFrame) => frame.room);
    room.actions.spotlight(null).catch(() => {});
    await flush();
    server.network.latest.cut();
    const held = room.actions.endRoom();
    held.catch(() => {});
    server.answers.set('endRoom', ({ room: meant }: RequestFrame) => {
      if (meant !== BREAKOUT) throw new Error('conflict');
    });
    await clock.advance(250);
    server.sendRaw(moved(server.snapshot('me' as never, 'viewer')));
    await flush();
    room.actions.spotlight(null).catch(() => {});
    await flush();
    expect(roomsOf('spotlight')).to.deep.equal(['room', BREAKOUT]);
    expect(roomsOf('endRoom')).to.deep.equal(['room']);
    expect(await held.catch((error: unknown) => error)).to.be.instanceOf(ProtocolError);
    room.close();
  });

  it('[F3] comes back with the key of the place there', async () => {
    const { room, server, clock, join, flush } = openRoom();
    await join();
    server.sendRaw(moved(server.snapshot('me' as never, 'viewer')));
    await flush();
    server.network.latest.cut();
    await clock.advance(250);
    await flush();
    expect(server.hellos.at(-1)).to.deep.include({ room: 'room' });
    expect(server.hellos.at(-1)?.resume).to.deep.equal({ sessionKey: `key of ${BREAKOUT}`, lastSeq: 7 });
    await settle();
    room.close();
  });
});
