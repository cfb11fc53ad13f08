import { expect } from '@open-wc/testing';
import { createRoom } from '../../src/create-room.ts';
import { FakeClock } from '../../src/testing/index.ts';
import { openRoom } from './open-room.ts';
import { ScriptedServer } from './scripted-server.ts';

/** Listeners on window and document that are still held. */
function countListeners() {
  const held = new Set<AbortSignal | object>();
  const targets: EventTarget[] = [window, document];
  for (const target of targets) {
    const add = target.addEventListener;
    target.addEventListener = (
      type: string,
      listener: EventListenerOrEventListenerObject | null,
      options?: AddEventListenerOptions | boolean,
    ) => {
      const token = {};
      const signal = typeof options === 'object' ? options.signal : undefined;
      if (!signal?.aborted) held.add(token);
      signal?.addEventListener('abort', () => held.delete(token));
      add.call(target, type, listener, options);
    };
  }
  return {
    get count() {
      return held.size;
    },
    restore() {
      for (const target of targets) Reflect.deleteProperty(target, 'addEventListener');
    },
  };
}

describe('closing a room', () => {
  const states = {
    idle: async () => {},
    'waiting for a token': async ({ room }: ReturnType<typeof openRoom>) => void room.actions.join().catch(() => {}),
    connecting: async ({ room, clock }: ReturnType<typeof openRoom>) => {
      room.actions.join().catch(() => {});
      await clock.advance(0);
    },
    joined: ({ join }: ReturnType<typeof openRoom>) => join(),
    'joined, with requests and a token on their way': async (scene: ReturnType<typeof openRoom>) => {
      await scene.join();
      scene.server.signal('tokenExpiring', { expiresAt: 0 });
      scene.server.network.latest.deliverAll();
      scene.room.actions.sendChat('hello').catch(() => {});
      scene.room.actions.loadChat(9).catch(() => {});
    },
    reconnecting: async (scene: ReturnType<typeof openRoom>) => {
      await scene.join();
      scene.room.actions.sendChat('hello').catch(() => {});
      scene.server.network.latest.cut();
    },
    'after an end': async (scene: ReturnType<typeof openRoom>) => {
      await scene.join();
      scene.server.bye('removed');
      await scene.flush();
    },
  };

  for (const [name, reach] of Object.entries(states))
    it(`leaves nothing behind: ${name}`, async () => {
      const listeners = countListeners();
      let tokens = 0;
      const scene = openRoom({ tokenProvider: () => (tokens++ === 0 ? 'me' : new Promise(() => {})) });
      await reach(scene);
      scene.room.close();
      scene.room.close();
      await scene.clock.advance(0);
      listeners.restore();
      expect(listeners.count, 'listeners').to.equal(0);
      expect(scene.clock.timerCount, 'timers').to.equal(0);
      expect(scene.server.network.openCount, 'sockets').to.equal(0);
      expect(scene.media.calls.filter(([call]) => call === 'close')).to.have.length(1);
      expect(await scene.room.actions.join().catch((error: unknown) => error)).to.include({ code: 'disconnected' });
      await scene.clock.advance(60_000);
      expect(scene.server.network.openCount).to.equal(0);
    });

  it('leaves nothing behind with real sockets', async () => {
    const listeners = countListeners();
    const room = createRoom({ server: 'http://127.0.0.1:9', room: 'room', tokenProvider: () => 'me' });
    room.actions.join().catch(() => {});
    await new Promise<void>((resolve) => {
      const stop = room.store.connection.error.subscribe((error) => {
        if (error === null) return;
        queueMicrotask(() => stop());
        resolve();
      });
    });
    expect(room.store.connection.state.value).to.equal('connecting');
    room.close();
    listeners.restore();
    expect(room.store.connection.state.value).to.equal('left');
    expect(listeners.count).to.equal(0);
  });

  it('tells the server when the page goes', async () => {
    const { room, server, join, flush } = openRoom();
    await join();
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect(room.store.connection.state.value).to.equal('joined');
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: false }));
    await flush();
    expect(server.requests.map(({ name }) => name)).to.deep.equal(['leave']);
    expect(room.store.connection.state.value).to.equal('left');
    room.close();
  });
});

describe('two rooms in one page', () => {
  it('know nothing of each other', async () => {
    const clock = new FakeClock();
    const first = openRoom({ clock, server: new ScriptedServer(() => clock.epoch()) });
    const second = openRoom({ clock, server: new ScriptedServer(() => clock.epoch()), tokenProvider: () => 'you' });
    await first.join();
    await second.join();
    first.server.say('ada', 'only here');
    second.server.network.latest.cut();
    await first.flush();
    expect(first.room.store.chat.log.total).to.equal(1);
    expect(second.room.store.chat.log.total).to.equal(0);
    expect(first.room.store.connection.state.value).to.equal('joined');
    expect(second.room.store.connection.state.value).to.equal('reconnecting');
    first.room.close();
    await clock.advance(250);
    await second.flush();
    expect(second.room.store.connection.state.value).to.equal('joined');
    expect(second.room.store.participants.selfId.value).to.equal('you');
    second.room.close();
    expect(clock.timerCount).to.equal(0);
  });
});
