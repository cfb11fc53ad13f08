import { expect } from '@open-wc/testing';
import { PROTOCOL_VERSIONS, ProtocolError } from '../../src/protocol/index.ts';
import { openRoom } from './open-room.ts';
import { participant } from './scripted-server.ts';

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'resolved',
    (error: unknown) => (error instanceof ProtocolError ? error.code : error),
  );

describe('room connection', () => {
  describe('hello', () => {
    it('[H1] [H2] says hello first, with room, token, name and the versions it speaks', async () => {
      const { room, server, join } = openRoom({ name: 'Ada' });
      await join();
      expect(server.hellos).to.deep.equal([
        { type: 'hello', room: 'room', versions: [...PROTOCOL_VERSIONS], token: 'me', name: 'Ada' },
      ]);
      expect(server.network.latest.url).to.equal('wss://live.example/ws');
      room.close();
    });

    it('goes from idle over connecting to joined', async () => {
      const { room, flush } = openRoom();
      const { state } = room.store.connection;
      expect(state.value).to.equal('idle');
      const joined = room.actions.join();
      expect(state.value).to.equal('connecting');
      await flush();
      await joined;
      expect(state.value).to.equal('joined');
      expect(room.store.connection.title.value).to.equal('Room');
      room.close();
    });

    it('[H3] fails for good on a fatal bye, and may join again', async () => {
      const { room, server, flush, clock } = openRoom();
      server.refusedTokens.set('me', { code: 'versionUnsupported', message: 'too old' });
      const joined = codeOf(room.actions.join());
      await flush();
      expect(await joined).to.equal('versionUnsupported');
      expect(room.store.connection.state.value).to.equal('failed');
      expect(room.store.connection.error.value?.code).to.equal('versionUnsupported');
      await clock.advance(60_000);
      expect(server.network.pairs).to.have.length(1);
      server.refusedTokens.clear();
      const again = room.actions.join({ name: 'Grace' });
      await flush();
      await again;
      expect(server.hellos.at(-1)?.name).to.equal('Grace');
      expect(room.store.connection.error.value).to.equal(null);
      room.close();
    });

    it('joins once however often it is asked', async () => {
      const { room, server, flush } = openRoom();
      const all = [room.actions.join(), room.actions.join()];
      await flush();
      await Promise.all([...all, room.actions.join()]);
      expect(server.hellos).to.have.length(1);
      room.close();
    });

    it('fails with words where the address is none', async () => {
      const { room } = openRoom();
      room.close();
      expect(await codeOf(room.actions.join())).to.equal('disconnected');
    });
  });

  describe('events', () => {
    it('[N4] drops an event at or below the last it applied', async () => {
      const { room, server, join, flush } = openRoom();
      await join();
      server.say('ada', 'one');
      server.network.latest.double('toClient');
      await flush();
      server.sendRaw({
        type: 'event',
        seq: 1,
        at: 0,
        name: 'participantJoined',
        data: { participant: participant('x') },
      });
      await flush();
      expect(room.store.chat.log.total).to.equal(1);
      expect([...room.store.participants.byId.value.keys()]).to.deep.equal(['me']);
      room.close();
    });

    it('[N4] on a gap closes the socket and resumes', async () => {
      const { room, server, clock, join, flush } = openRoom();
      await join();
      const pair = server.network.latest;
      server.say('ada', 'one');
      server.say('ada', 'two');
      pair.drop('toClient');
      await flush();
      expect(pair.clientOpen).to.equal(false);
      expect(room.store.connection.state.value).to.equal('reconnecting');
      expect(room.store.chat.log.total).to.equal(0);
      await clock.advance(250);
      await flush();
      expect(server.hellos.at(-1)?.resume).to.deep.equal({ sessionKey: 'session-1', lastSeq: 0 });
      expect([0, 1].map((index) => room.store.chat.log.at(index)?.text)).to.deep.equal(['one', 'two']);
      room.close();
    });

    it('[N5] ignores frames, events, signals and keys it does not know, and counts the event', async () => {
      const { room, server, join, flush } = openRoom();
      await join();
      server.sendRaw('not json');
      server.sendRaw('null');
      server.sendRaw('[1,2]');
      server.sendRaw({ type: 'hologram', data: 1 });
      server.sendRaw({ type: 'signal', at: 0, name: 'constructor', data: {} });
      server.sendRaw({ type: 'signal', at: 0, name: '__proto__', data: {} });
      server.sendRaw({ type: 'event', seq: 1, at: 0, name: 'hologramShown', data: { more: true } });
      server.sendRaw({ type: 'event', seq: 2, at: 0, name: 'toString', data: {} });
      server.sendRaw({
        type: 'event',
        seq: 3,
        at: 0,
        name: 'spotlightChanged',
        data: { participantId: 'me', more: 1 },
      });
      await flush();
      expect(room.store.connection.state.value).to.equal('joined');
      expect(room.store.stage.spotlight.value).to.equal('me');
      room.close();
    });

    it('survives an event that is malformed', async () => {
      const { room, server, join, flush } = openRoom();
      await join();
      const errors: unknown[] = [];
      const { reportError } = window;
      window.reportError = (error: unknown) => errors.push(error);
      server.sendRaw({ type: 'event', seq: 1, at: 0, name: 'chatSent', data: null });
      server.sendRaw({ type: 'event', seq: 2, at: 0, name: 'spotlightChanged', data: { participantId: 'me' } });
      await flush();
      window.reportError = reportError;
      expect(errors).to.have.length(1);
      expect(room.store.stage.spotlight.value).to.equal('me');
      room.close();
    });
  });

  describe('leaving', () => {
    it('tells the server, closes, and may come back anew', async () => {
      const { room, server, clock, join, flush } = openRoom();
      await join();
      const pair = server.network.latest;
      await room.actions.leave();
      expect(room.store.connection.state.value).to.equal('left');
      expect(pair.clientOpen).to.equal(false);
      pair.deliverAll();
      expect(server.requests.map(({ name }) => name)).to.deep.equal(['leave']);
      expect(clock.timerCount).to.equal(0);
      const again = room.actions.join();
      await flush();
      await again;
      expect(server.hellos.at(-1)).to.not.have.property('resume');
      room.close();
    });

    it('rejects a join that was left', async () => {
      const { room, flush } = openRoom();
      const joined = codeOf(room.actions.join());
      await room.actions.leave();
      expect(await joined).to.equal('disconnected');
      await flush();
      expect(room.store.connection.state.value).to.equal('left');
      room.close();
    });

    it('ends when the room does', async () => {
      const { room, server, clock, join, flush } = openRoom({ tokenProvider: () => 'me:host' });
      await join();
      server.answers.set('endRoom', () => {
        server.emit('roomEnded', { endedBy: null });
        return {};
      });
      const ended = room.actions.endRoom();
      await flush();
      await ended;
      expect(room.store.connection.state.value).to.equal('ended');
      expect(clock.timerCount).to.equal(0);
    });
  });
});
