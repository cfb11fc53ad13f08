import { expect } from '@open-wc/testing';
import { FakeClock, FakeNetwork } from '../../src/testing/index.ts';

function openPair() {
  const network = new FakeNetwork();
  const heard: string[] = [];
  const served: string[] = [];
  const socket = network.openSocket('ws://fake', {
    opened: () => heard.push('opened'),
    received: (text) => heard.push(text),
    closed: () => heard.push('closed'),
  });
  const pair = network.latest;
  pair.server.onMessage = (text) => served.push(text);
  pair.server.onClose = () => served.push('closed');
  return { network, heard, served, socket, pair };
}

describe('socket pair', () => {
  it('moves nothing before the test says so', () => {
    const { heard, served, socket, pair } = openPair();
    socket.send('too early');
    pair.open();
    socket.send('a');
    socket.send('b');
    pair.server.send('c');
    expect([heard, served]).to.deep.equal([['opened'], []]);
    expect(pair.queued('toServer')).to.deep.equal(['a', 'b']);
    pair.deliver('toServer');
    expect(served).to.deep.equal(['a']);
    pair.deliverAll();
    expect([heard, served]).to.deep.equal([
      ['opened', 'c'],
      ['a', 'b'],
    ]);
  });

  it('drops, doubles and reorders', () => {
    const { heard, pair } = openPair();
    pair.open();
    for (const text of ['a', 'b', 'c']) pair.server.send(text);
    pair.reorder('toClient', 2, 0);
    pair.double('toClient', 1);
    pair.drop('toClient', 3);
    pair.deliverAll();
    expect(heard).to.deep.equal(['opened', 'c', 'a', 'a']);
  });

  it('delivers what was sent before a close, and says nothing to who closed', () => {
    const { network, heard, served, socket, pair } = openPair();
    pair.open();
    socket.send('last');
    socket.close();
    socket.send('too late');
    pair.server.send('to nobody');
    expect(network.openCount).to.equal(0);
    pair.deliverAll();
    expect([heard, served]).to.deep.equal([['opened'], ['last', 'closed']]);
  });

  for (const [told, heardBy] of [
    ['both', [['closed'], ['closed']]],
    ['client', [['closed'], []]],
    ['server', [[], ['closed']]],
    ['nobody', [[], []]],
  ] as const)
    it(`loses what is on its way when it is cut and ${told} notice`, () => {
      const { heard, served, socket, pair } = openPair();
      pair.open();
      socket.send('lost');
      pair.server.send('lost');
      pair.cut(told);
      socket.send('lost too');
      pair.deliverAll();
      expect([heard.slice(1), served]).to.deep.equal(heardBy);
    });
});

describe('fake clock', () => {
  it('lets timers go off in their order, those that follow included', async () => {
    const clock = new FakeClock(1_000);
    const seen: string[] = [];
    clock.after(20, () => seen.push(`b ${clock.now()}`));
    clock.after(10, () => {
      seen.push(`a ${clock.epoch()}`);
      clock.after(5, () => seen.push(`c ${clock.now()}`));
    });
    const cancel = clock.after(12, () => seen.push('never'));
    cancel();
    await clock.advance(20);
    expect(seen).to.deep.equal(['a 1010', 'c 15', 'b 20']);
    expect(clock.timerCount).to.equal(0);
  });
});
