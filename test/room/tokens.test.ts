import { expect } from '@open-wc/testing';
import { ProtocolError } from '../../src/protocol/index.ts';
import type { TokenReason } from '../../src/room/room.ts';
import { openRoom } from './open-room.ts';

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'resolved',
    (error: unknown) => (error instanceof ProtocolError ? error.code : error),
  );

/** Gives `me`, `me:viewer`, `me:viewer:2` … and writes down why. */
function countingProvider() {
  const reasons: TokenReason[] = [];
  return {
    reasons,
    tokenProvider: (reason: TokenReason): string => {
      reasons.push(reason);
      return reasons.length === 1 ? 'me' : `me:viewer:${reasons.length}`;
    },
  };
}

describe('tokens', () => {
  it('asks once and comes back with the same', async () => {
    const { reasons, tokenProvider } = countingProvider();
    const { room, server, clock, join, flush } = openRoom({ tokenProvider });
    await join();
    server.network.latest.cut();
    await clock.advance(250);
    await flush();
    expect(reasons).to.deep.equal(['join']);
    expect(server.hellos.map(({ token }) => token)).to.deep.equal(['me', 'me']);
    room.close();
  });

  it('[T3] gives a fresh token when the server asks, with no rejoin', async () => {
    const { reasons, tokenProvider } = countingProvider();
    const { room, server, clock, join, flush } = openRoom({ tokenProvider });
    await join();
    server.answers.set('refreshToken', () => ({ expiresAt: clock.epoch() + 3_600_000 }));
    server.signal('tokenExpiring', { expiresAt: clock.epoch() + 60_000 });
    server.signal('tokenExpiring', { expiresAt: clock.epoch() + 60_000 });
    await flush();
    expect(reasons).to.deep.equal(['join', 'expiring']);
    expect(server.requests.map(({ name, data }) => [name, data])).to.deep.equal([
      ['refreshToken', { token: 'me:viewer:2' }],
    ]);
    expect(server.hellos).to.have.length(1);
    server.network.latest.cut();
    await clock.advance(250);
    await flush();
    expect(server.hellos.at(-1)?.token).to.equal('me:viewer:2');
    expect(reasons).to.have.length(2);
    room.close();
  });

  it('[T3] lets a token that lives less than the notice serve half its time', async () => {
    const { reasons, tokenProvider } = countingProvider();
    const { room, server, clock, join, pass } = openRoom({ tokenProvider });
    await join();
    server.answers.set('refreshToken', () => {
      const expiresAt = clock.epoch() + 20_000;
      queueMicrotask(() => server.signal('tokenExpiring', { expiresAt }));
      return { expiresAt };
    });
    server.signal('tokenExpiring', { expiresAt: clock.epoch() + 20_000 });
    await pass(9_900);
    expect(reasons).to.deep.equal(['join', 'expiring']);
    await pass(20_200);
    expect(reasons).to.have.length.within(4, 5);
    expect(server.hellos).to.have.length(1);
    room.close();
  });

  it('[T3] tries again when a fresh token cannot be had or is refused', async () => {
    const reasons: TokenReason[] = [];
    const { room, server, clock, join, pass } = openRoom({
      tokenProvider(reason) {
        reasons.push(reason);
        if (reasons.length === 2) throw new Error('the site is down');
        return `me:viewer:${reasons.length}`;
      },
    });
    await join();
    server.answers.set('refreshToken', ({ data }) => {
      if ((data as { token: string }).token === 'me:viewer:3') throw 'tokenInvalid';
      return { expiresAt: null };
    });
    server.signal('tokenExpiring', { expiresAt: clock.epoch() + 60_000 });
    await pass(11_000);
    expect(reasons).to.deep.equal(['join', 'expiring', 'expiring', 'refused']);
    expect(room.store.connection.state.value).to.equal('joined');
    room.close();
  });

  it('[T3] asks once more after bye tokenExpired and resumes', async () => {
    const { reasons, tokenProvider } = countingProvider();
    const { room, server, clock, join, flush } = openRoom({ tokenProvider });
    await join();
    server.bye('tokenExpired');
    await flush();
    expect(room.store.connection.state.value).to.equal('reconnecting');
    await clock.advance(250);
    await flush();
    expect(reasons).to.deep.equal(['join', 'refused']);
    expect(server.hellos.at(-1)).to.deep.include({ token: 'me:viewer:2' });
    expect(server.hellos.at(-1)).to.have.property('resume');
    expect(room.store.connection.state.value).to.equal('joined');
    room.close();
  });

  it('[T1] is denied when the second token is refused too', async () => {
    const { reasons, tokenProvider } = countingProvider();
    const { room, server, clock, flush } = openRoom({ tokenProvider });
    for (const token of ['me', 'me:viewer:2'])
      server.refusedTokens.set(token, { code: 'tokenInvalid', message: 'wrong room' });
    const joined = codeOf(room.actions.join());
    await flush();
    await clock.advance(250);
    await flush();
    expect(await joined).to.equal('tokenInvalid');
    expect(reasons).to.deep.equal(['join', 'refused']);
    expect(room.store.connection.state.value).to.equal('denied');
    expect(room.store.connection.error.value?.code).to.equal('tokenInvalid');
    expect(clock.timerCount).to.equal(0);
  });

  it('is denied without another attempt where the provider only has the refused token', async () => {
    const { room, server, clock, flush } = openRoom({ tokenProvider: () => 'me' });
    server.refusedTokens.set('me', { code: 'tokenExpired', message: 'expired' });
    const joined = codeOf(room.actions.join());
    await flush();
    await clock.advance(250);
    expect(await joined).to.equal('tokenExpired');
    expect(server.network.pairs).to.have.length(1);
    expect(room.store.connection.state.value).to.equal('denied');
  });

  it('goes on trying while the provider fails, and says so', async () => {
    let failures = 2;
    const { room, clock, flush } = openRoom({
      tokenProvider() {
        if (failures-- > 0) throw new Error('offline');
        return 'me';
      },
    });
    const joined = room.actions.join();
    await flush();
    expect(room.store.connection.state.value).to.equal('connecting');
    expect(room.store.connection.error.value?.code).to.equal('unavailable');
    await clock.advance(1_000);
    await flush();
    await joined;
    expect(room.store.connection.error.value).to.equal(null);
    room.close();
  });

  it('is denied at once where the provider says it is over', async () => {
    const { room, server, flush } = openRoom({
      tokenProvider() {
        throw new ProtocolError('tokenInvalid', 'not invited');
      },
    });
    const joined = codeOf(room.actions.join());
    await flush();
    expect(await joined).to.equal('tokenInvalid');
    expect(room.store.connection.state.value).to.equal('denied');
    expect(server.hellos).to.have.length(0);
    expect(server.network.openCount).to.equal(0);
  });

  it('gives up on a provider that never answers, and does not hear it late', async () => {
    const answers: ((token: string) => void)[] = [];
    const { room, server, clock, flush } = openRoom({
      tokenProvider: () => new Promise((resolve) => answers.push(resolve)),
    });
    void room.actions.join();
    await clock.advance(65_000);
    expect(room.store.connection.error.value?.code).to.equal('unavailable');
    await room.actions.leave();
    answers[0]?.('me');
    await flush();
    expect(server.hellos).to.have.length(0);
    expect(server.network.openCount).to.equal(0);
    expect(room.store.connection.state.value).to.equal('left');
    expect(clock.timerCount).to.equal(0);
  });

  it('opens the socket while the token is on its way, and says hello over it', async () => {
    let answer = (_token: string): void => {};
    const { room, server, flush } = openRoom({
      tokenProvider: () => new Promise((resolve) => (answer = resolve)),
    });
    const joined = room.actions.join();
    await flush();
    expect(server.network.openCount).to.equal(1);
    expect(server.hellos).to.have.length(0);
    answer('me');
    await flush();
    await joined;
    expect(server.network.pairs).to.have.length(1);
    expect(server.hellos).to.have.length(1);
    room.close();
  });

  it('takes another socket where that one broke before the token came', async () => {
    let answer = (_token: string): void => {};
    const { room, server, flush } = openRoom({
      tokenProvider: () => new Promise((resolve) => (answer = resolve)),
    });
    const joined = room.actions.join();
    await flush();
    server.network.latest.cut();
    answer('me');
    await flush();
    await joined;
    expect(server.network.pairs).to.have.length(2);
    expect(server.hellos).to.have.length(1);
    room.close();
  });

  it('asks for another before it shows one that has run out', async () => {
    const { reasons, tokenProvider } = countingProvider();
    const { room, server, clock, join, flush } = openRoom({ tokenProvider });
    server.tokenExpiresAt = clock.epoch() + 10_000;
    await join();
    server.network.latest.cut('nobody');
    await clock.advance(12_000);
    await flush();
    expect(reasons[1]).to.equal('expiring');
    expect(server.hellos.at(-1)?.token).to.equal('me:viewer:2');
    room.close();
  });
});
