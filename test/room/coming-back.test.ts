import { expect } from '@open-wc/testing';
import { settle } from '../../src/testing/index.ts';
import { openRoom } from './open-room.ts';

describe('coming back', () => {
  it('[R1] [R3] resumes with its session and the last event, and gets what it missed', async () => {
    const { room, server, clock, join, flush } = openRoom();
    await join();
    server.say('ada', 'one');
    await flush();
    server.network.latest.cut();
    expect(room.store.connection.state.value).to.equal('reconnecting');
    server.say('ada', 'two');
    await clock.advance(250);
    await flush();
    expect(server.hellos.at(-1)?.resume).to.deep.equal({ sessionKey: 'session-1', lastSeq: 1 });
    expect(room.store.connection.state.value).to.equal('joined');
    expect(room.store.chat.log.at(1)?.text).to.equal('two');
    room.close();
  });

  it('[R3] takes a snapshot where too much was missed', async () => {
    const { room, server, clock, media, join, flush } = openRoom();
    await join();
    server.replayLimit = 2;
    server.snapshotMessages = 2;
    server.network.latest.cut();
    for (const text of ['one', 'two', 'three']) server.say('ada', text);
    media.take();
    await clock.advance(250);
    await flush();
    expect(room.store.chat.log.total).to.equal(3);
    expect(room.store.chat.log.at(0)).to.equal(undefined);
    expect(media.take()).to.deep.include(['connected', true]);
    await Promise.all([room.actions.loadChat(1), flush()]);
    expect(room.store.chat.log.at(0)?.text).to.equal('one');
    room.close();
  });

  it('[R3] comes back with a snapshot where the place is gone: join and rejoin are one path', async () => {
    const { room, server, clock, media, join, flush } = openRoom();
    await join();
    server.say('ada', 'one');
    await flush();
    media.take();
    server.forgetPlaces();
    await clock.advance(250);
    await flush();
    expect(room.store.connection.state.value).to.equal('joined');
    expect(room.store.chat.log.at(0)?.text).to.equal('one');
    expect(media.take().filter(([name]) => name === 'connected')).to.deep.equal([['connected', false]]);
    room.close();
  });

  it('[R6] tries again at once, then after 0.25 s doubling to 2 s, for ever', async () => {
    const { room, server, clock, join } = openRoom();
    await join();
    await clock.advance(1_000);
    const starts: number[] = [];
    let last = clock.now();
    server.network.onLink = (pair) => {
      starts.push(clock.now() - last);
      last = clock.now();
      // Refused at once, as by a server that is down.
      queueMicrotask(() => pair.cut());
    };
    server.network.latest.cut();
    await clock.advance(60_000);
    expect(starts.slice(0, 8)).to.deep.equal([0, 250, 500, 1_000, 2_000, 2_000, 2_000, 2_000]);
    expect(room.store.connection.state.value).to.equal('reconnecting');
    expect(room.store.connection.retryAt.value).to.be.greaterThan(clock.epoch());
    room.close();
  });

  it('[R6] waits as long as the server says', async () => {
    const { room, server, clock, join, flush } = openRoom();
    await join();
    server.bye('unavailable', { retryAfterMs: 3_000 });
    await flush();
    await clock.advance(2_999);
    expect(server.network.pairs).to.have.length(1);
    await clock.advance(1);
    await flush();
    expect(room.store.connection.state.value).to.equal('joined');
    room.close();
  });

  it('[R6] tries again at once when the browser says it is online', async () => {
    const { room, server, clock, join, flush } = openRoom();
    await join();
    server.network.onLink = (pair) => queueMicrotask(() => pair.cut());
    server.network.latest.cut();
    await clock.advance(10_000);
    const before = server.network.pairs.length;
    window.dispatchEvent(new Event('online'));
    await settle();
    expect(server.network.pairs).to.have.length(before + 1);
    room.close();
    await flush();
  });

  it('gives an attempt up that hangs', async () => {
    const { room, server, clock } = openRoom();
    void room.actions.join();
    await clock.advance(4_499);
    expect(server.network.pairs).to.have.length(1);
    expect(room.store.connection.error.value).to.equal(null);
    await clock.advance(1);
    expect(room.store.connection.state.value).to.equal('connecting');
    expect(room.store.connection.error.value?.code).to.equal('disconnected');
    await clock.advance(250);
    expect(server.network.pairs).to.have.length(2);
    expect(server.network.openCount).to.equal(1);
    room.close();
  });

  it('[R5] stops when it joined elsewhere', async () => {
    const { room, server, clock, join, flush } = openRoom();
    await join();
    server.bye('joinedElsewhere');
    await flush();
    await clock.advance(60_000);
    expect(room.store.connection.state.value).to.equal('failed');
    expect(room.store.connection.error.value?.code).to.equal('joinedElsewhere');
    expect(server.network.pairs).to.have.length(1);
  });

  it('[R5] is not driven out by a hello of its own that arrives late', async () => {
    const { room, server, clock, join, flush } = openRoom();
    await join();
    server.network.latest.cut();
    await clock.advance(250);
    const late = server.network.latest;
    late.open();
    await clock.advance(6_250);
    await flush();
    expect(room.store.connection.state.value).to.equal('joined');
    late.deliverAll();
    await flush();
    expect(room.store.connection.state.value).to.equal('reconnecting');
    await clock.advance(250);
    await flush();
    expect(room.store.connection.state.value).to.equal('joined');
    server.bye('joinedElsewhere');
    await flush();
    expect(room.store.connection.state.value).to.equal('failed');
  });

  for (const [code, state] of [
    ['removed', 'removed'],
    ['roomEnded', 'ended'],
    ['roomFull', 'failed'],
    ['badFrame', 'failed'],
  ] as const)
    it(`[R6] is ${state} after bye ${code}`, async () => {
      const { room, server, clock, join, flush } = openRoom();
      await join();
      server.bye(code);
      await flush();
      expect(room.store.connection.state.value).to.equal(state);
      expect(room.store.connection.error.value?.code).to.equal(code);
      expect(clock.timerCount).to.equal(0);
      expect(server.network.openCount).to.equal(0);
    });
});

describe('heartbeat', () => {
  it('[B1] pings every 1.5 s and measures the way', async () => {
    const { room, server, clock, join, flush } = openRoom();
    await join();
    await clock.advance(1_500);
    await clock.advance(20);
    await flush();
    expect(server.pings).to.have.length(1);
    expect(room.store.connection.roundTripMs.value).to.equal(20);
    await clock.advance(1_480);
    await flush();
    expect(server.pings).to.have.length(2);
    room.close();
  });

  it('[B1] takes the link for dead 4.5 s after it last heard something', async () => {
    const { room, server, clock, join, flush } = openRoom();
    await join();
    await clock.advance(1_510);
    await flush();
    const pair = server.network.latest;
    pair.cut('nobody');
    await clock.advance(4_499);
    expect(room.store.connection.state.value).to.equal('joined');
    await clock.advance(1);
    expect(room.store.connection.state.value).to.equal('reconnecting');
    expect(pair.clientOpen).to.equal(false);
    room.close();
  });

  it('[B1] is not fooled by timers that slept', async () => {
    const { room, server, clock, join, flush } = openRoom();
    await join();
    await clock.advance(1_500);
    await flush();
    clock.sleep(60_000);
    await clock.advance(0);
    await flush();
    await clock.advance(3_000);
    await flush();
    expect(room.store.connection.state.value).to.equal('joined');
    expect(server.network.pairs).to.have.length(1);
    room.close();
  });

  it('finds a dead link sooner when the browser goes offline', async () => {
    const { room, server, clock, join } = openRoom();
    await join();
    server.network.latest.cut('nobody');
    window.dispatchEvent(new Event('offline'));
    await clock.advance(2_000);
    expect(room.store.connection.state.value).to.equal('reconnecting');
    room.close();
  });
});
