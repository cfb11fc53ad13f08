import { expect } from '@open-wc/testing';
import type { ChatMessage, MessageId, ParticipantId, RoleName } from '../../src/protocol/index.ts';
import { ChatLedger } from '../../src/room/chat-ledger.ts';
import { createStore } from '../../src/store/store.ts';

function openLedger() {
  const store = createStore();
  store.participants.selfId.value = 'me' as ParticipantId;
  const ledger = new ChatLedger(store);
  const message = (index: number, text: string, author = 'me'): ChatMessage => ({
    id: `m${index}` as MessageId,
    index,
    author: { id: author as ParticipantId, name: author, role: 'viewer' as RoleName },
    text,
    sentAt: 0,
    deleted: false,
  });
  const pending = (): string[] => store.chat.pending.value.map(({ key, state }) => `${key} ${state}`);
  return { ledger, store, message, pending };
}

describe('chat ledger', () => {
  it('shows a message pending, and no more once the reply is there', () => {
    const { ledger, store, message, pending } = openLedger();
    ledger.send('a', 'hello', 7);
    expect(store.chat.pending.value[0]).to.include({ key: 'a', text: 'hello', createdAt: 7, error: null });
    ledger.confirm('a', message(0, 'hello'));
    ledger.receive(message(0, 'hello'));
    expect(pending()).to.deep.equal([]);
    expect(store.chat.log.total).to.equal(1);
  });

  it('shows it once when the event is first', () => {
    const { ledger, message, pending } = openLedger();
    ledger.send('a', 'hello', 0);
    ledger.receive(message(0, 'hello'));
    expect(pending()).to.deep.equal([]);
    ledger.confirm('a', message(0, 'hello'));
    expect(pending()).to.deep.equal([]);
  });

  it('takes the oldest of the same text for it, until the reply says which it was', () => {
    const { ledger, message, pending } = openLedger();
    ledger.send('a', 'hi', 0);
    ledger.send('b', 'hi', 0);
    ledger.receive(message(0, 'hi'));
    expect(pending()).to.deep.equal(['b sending']);
    ledger.confirm('b', message(0, 'hi'));
    expect(pending()).to.deep.equal(['a sending']);
    ledger.receive(message(1, 'hi'));
    expect(pending()).to.deep.equal([]);
  });

  it('does not take an older message, or one of somebody else, for one on its way', () => {
    const { ledger, message, pending } = openLedger();
    ledger.receive(message(0, 'hi'));
    ledger.send('a', 'hi', 0);
    ledger.receive(message(0, 'hi'));
    ledger.receive(message(1, 'hi', 'ada'));
    expect(pending()).to.deep.equal(['a sending']);
  });

  it('hides one that timed out and arrived all the same, not one that was refused', () => {
    const { ledger, message, pending } = openLedger();
    ledger.send('a', 'hi', 0);
    ledger.fail('a', { code: 'rateLimited', message: '' });
    ledger.send('b', 'hi', 0);
    ledger.fail('b', { code: 'timeout', message: '' });
    expect(pending()).to.deep.equal(['a failed', 'b failed']);
    ledger.receive(message(0, 'hi'));
    expect(pending()).to.deep.equal(['a failed']);
  });

  it('sends one that failed again, at the end, and gives it up', () => {
    const { ledger, store, pending } = openLedger();
    ledger.send('a', 'one', 1);
    ledger.send('b', 'two', 2);
    expect(ledger.failed('a')?.text).to.equal(undefined);
    ledger.fail('a', { code: 'forbidden', message: '' });
    expect(ledger.failed('a')?.text).to.equal('one');
    ledger.send('a', 'one', 3);
    expect(pending()).to.deep.equal(['b sending', 'a sending']);
    expect(store.chat.pending.value[1]?.createdAt).to.equal(1);
    ledger.discard('a');
    expect(pending()).to.deep.equal(['b sending']);
  });

  it('[C3] keeps a deleted message deleted, whatever arrives late', () => {
    const { ledger, store, message } = openLedger();
    ledger.receive(message(0, 'secret', 'ada'));
    ledger.remove('m0' as MessageId, 0);
    ledger.remove('m1' as MessageId, 1);
    ledger.fill([message(0, 'secret', 'ada'), message(1, 'worse', 'ada')]);
    for (const index of [0, 1]) expect(store.chat.log.at(index)).to.include({ text: '', deleted: true });
    ledger.restart(1, [{ ...message(0, '', 'ada'), deleted: true }]);
    ledger.fill([message(0, 'secret', 'ada')]);
    expect(store.chat.log.at(0)).to.include({ text: '', deleted: true });
  });

  it('starts again from a snapshot: what it does not hold is a hole', () => {
    const { ledger, store, message, pending } = openLedger();
    for (let index = 0; index < 5; index++) ledger.receive(message(index, `${index}`, 'ada'));
    ledger.send('a', 'mine', 0);
    ledger.restart(9, [message(7, 'mine'), message(8, 'more', 'ada')]);
    expect(store.chat.log.total).to.equal(9);
    expect(store.chat.log.at(4)).to.equal(undefined);
    expect(store.chat.log.at(8)?.text).to.equal('more');
    expect(pending()).to.deep.equal([]);
  });
});
