import { expect } from '@open-wc/testing';
import { LIMITS, ProtocolError, type RequestFrame } from '../../src/protocol/index.ts';
import { createKey, Rpc } from '../../src/room/rpc.ts';
import { FakeClock, settle } from '../../src/testing/index.ts';

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'resolved',
    (error: unknown) => (error instanceof ProtocolError ? error.code : error),
  );

function openRpc() {
  const clock = new FakeClock();
  const rpc = new Rpc(clock);
  const sent: RequestFrame[] = [];
  rpc.start();
  const connect = (kept: boolean): void => rpc.connected((frame) => sent.push(frame), kept);
  const answer = (index: number, data: unknown = {}): void =>
    rpc.handleReply({ type: 'reply', id: sent[index]!.id, data });
  return { clock, rpc, sent, connect, answer };
}

describe('rpc', () => {
  it('[Q1] gives each request an id and a key of its own and settles it with its reply', async () => {
    const { rpc, sent, connect, answer } = openRpc();
    connect(false);
    const first = rpc.request('endRoom', {});
    const second = rpc.request('loadChat', { before: 1, limit: 1 });
    expect(new Set(sent.map(({ id }) => id)).size).to.equal(2);
    expect(sent.every(({ key }) => /^[A-Za-z0-9_-]{8,64}$/.test(key))).to.equal(true);
    expect(sent[0]!.key).to.not.equal(sent[1]!.key);
    answer(1, { messages: [] });
    answer(0);
    expect(await second).to.deep.equal({ messages: [] });
    expect(await first).to.deep.equal({});
  });

  it('[H1] hands an answer that was asked for ahead to the first who asks the same', async () => {
    const { rpc, sent, connect, answer } = openRpc();
    rpc.askAhead('openTransport', { direction: 'receive' }, (frame) => sent.push(frame));
    connect(false);
    const other = rpc.request('openTransport', { direction: 'send' });
    const first = rpc.request('openTransport', { direction: 'receive' });
    const second = rpc.request('openTransport', { direction: 'receive' });
    expect(sent).to.have.length(3);
    answer(2, 'second');
    answer(1, 'other');
    answer(0, 'ahead');
    expect(await Promise.all([first, other, second])).to.deep.equal(['ahead', 'other', 'second']);
  });

  it('[H1] forgets what was asked ahead when there is no welcome, or nobody asks', async () => {
    const { clock, rpc, sent, connect } = openRpc();
    const askAhead = (): void => rpc.askAhead('getMediaCapabilities', {}, (frame) => sent.push(frame));
    askAhead();
    const asked = rpc.request('getMediaCapabilities', {});
    rpc.disconnected();
    expect(await codeOf(asked)).to.equal('disconnected');
    askAhead();
    connect(false);
    await clock.advance(5_000);
    void rpc.request('getMediaCapabilities', {});
    expect(sent).to.have.length(3);
  });

  it('rejects with the code of the reply', async () => {
    const { rpc, sent, connect } = openRpc();
    connect(false);
    const asked = rpc.request('endRoom', {}).catch((error: unknown) => error);
    rpc.handleReply({
      type: 'reply',
      id: sent[0]!.id,
      error: { code: 'rateLimited', message: 'slow down', retryAfterMs: 500 },
    });
    const error = await asked;
    expect(error).to.be.instanceOf(ProtocolError);
    expect(error).to.include({ code: 'rateLimited', retriable: true, retryAfterMs: 500 });
  });

  it('ignores a reply that came twice or that nobody asked for', async () => {
    const { rpc, connect, answer } = openRpc();
    connect(false);
    const asked = rpc.request('endRoom', {});
    answer(0, { first: true });
    answer(0, { first: false });
    rpc.handleReply({ type: 'reply', id: 77, data: {} });
    expect(await asked).to.deep.equal({ first: true });
  });

  it('[Q4] gives up waiting after 10 s', async () => {
    const { clock, rpc, connect, answer } = openRpc();
    connect(false);
    const asked = codeOf(rpc.request('endRoom', {}));
    await clock.advance(9_999);
    expect(clock.timerCount).to.equal(1);
    await clock.advance(1);
    expect(await asked).to.equal('timeout');
    answer(0);
    expect(clock.timerCount).to.equal(0);
  });

  it('[Q2] [Q3] [R4] sends what was not answered again: same keys, same order', async () => {
    const { clock, rpc, sent, connect, answer } = openRpc();
    connect(false);
    const requests = ['a', 'b', 'c'].map((text) => rpc.request('sendChat', { text }));
    answer(1, 'b');
    rpc.disconnected();
    await clock.advance(5_000);
    const before = sent.splice(0);
    connect(true);
    expect(sent.map(({ key, data }) => [key, data])).to.deep.equal(
      [before[0]!, before[2]!].map(({ key, data }) => [key, data]),
    );
    // The time before the break does not count.
    await clock.advance(9_000);
    answer(0, 'a');
    answer(1, 'c');
    expect(await Promise.all(requests)).to.deep.equal(['a', 'b', 'c']);
  });

  it('[R4] fails media requests where the place is gone, and sends the others again', async () => {
    const { rpc, sent, connect, answer } = openRpc();
    connect(false);
    const media = codeOf(rpc.request('openTransport', { direction: 'send' }, { ofMedia: true }));
    const chat = rpc.request('sendChat', { text: 'hello' });
    rpc.disconnected();
    sent.length = 0;
    connect(false);
    expect(sent.map(({ name }) => name)).to.deep.equal(['sendChat']);
    expect(await media).to.equal('disconnected');
    answer(0, 'sent');
    expect(await chat).to.equal('sent');
  });

  it('[R4] sends media requests again where the place was kept', async () => {
    const { rpc, sent, connect, answer } = openRpc();
    connect(false);
    const media = rpc.request('openTransport', { direction: 'send' }, { ofMedia: true });
    rpc.disconnected();
    sent.length = 0;
    connect(true);
    answer(0, 'opened');
    expect(await media).to.equal('opened');
  });

  it('[L3] keeps to 64 in flight and sends the rest as replies come', async () => {
    const { rpc, sent, connect, answer } = openRpc();
    connect(false);
    const asked = Array.from({ length: 100 }, () => rpc.request('endRoom', {}));
    expect(sent).to.have.length(LIMITS.pendingRequests);
    answer(0);
    expect(sent).to.have.length(LIMITS.pendingRequests + 1);
    for (let index = 1; index < 100; index++) answer(index);
    await Promise.all(asked);
  });

  it('[L1] sends no frame that is too large', async () => {
    const { rpc, sent, connect } = openRpc();
    connect(false);
    expect(await codeOf(rpc.request('sendChat', { text: '€'.repeat(22_000) }))).to.equal('badRequest');
    expect(sent).to.have.length(0);
  });

  it('waits 30 s for a connection, or as long as it takes', async () => {
    const { clock, rpc, sent, connect, answer } = openRpc();
    const hasty = codeOf(rpc.request('endRoom', {}));
    const patient = rpc.request('sendChat', { text: 'hello' }, { patient: true });
    await clock.advance(30_000);
    expect(await hasty).to.equal('disconnected');
    await clock.advance(600_000);
    connect(false);
    expect(sent.map(({ name }) => name)).to.deep.equal(['sendChat']);
    answer(0, 'sent');
    expect(await patient).to.equal('sent');
  });

  it('fails everything at the end, and what is asked after', async () => {
    const { clock, rpc, connect } = openRpc();
    connect(false);
    const asked = codeOf(rpc.request('endRoom', {}));
    rpc.end(new ProtocolError('removed', 'out'));
    expect(await asked).to.equal('removed');
    expect(await codeOf(rpc.request('endRoom', {}))).to.equal('disconnected');
    await settle();
    expect(clock.timerCount).to.equal(0);
  });

  it('makes keys that differ', () => {
    expect(new Set(Array.from({ length: 100 }, createKey)).size).to.equal(100);
  });
});
