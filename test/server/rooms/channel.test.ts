import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as endOfTurn } from 'node:timers/promises';
import { Channel } from '../../../server/src/rooms/channel.ts';
import type { Link } from '../../../server/src/rooms/link.ts';
import { ManualClock } from './manual-clock.ts';

/** Remembers what was written, as text. */
class RecordedLink implements Link {
  readonly isOpen = true;
  readonly writes: string[] = [];
  open(): void {}
  write(frames: Buffer): void {
    this.writes.push(frames.toString('latin1'));
  }
  end(): void {}
  close(): void {}
}

const metrics = new Proxy({}, { get: () => () => {} }) as ConstructorParameters<typeof Channel>[0]['metrics'];

function channelOf(size: number) {
  const clock = new ManualClock();
  const channel = new Channel({ clock, metrics, replayedEvents: 10 });
  const links = Array.from({ length: size }, () => new RecordedLink());
  for (const link of links) channel.attach(link, []);
  return { clock, channel, link: links[0]! };
}

const tell = (channel: Channel, total: number) => channel.signal('participantsCounted', { counts: {}, total });
const numbersIn = (text: string | undefined) => [...(text ?? '').matchAll(/"total":(\d+)/g)].map(([, total]) => total);

describe('channel', () => {
  it('[N6] writes to a crowd at once after a quiet time, and then what comes soon after together', async () => {
    const { clock, channel, link } = channelOf(2_000);
    tell(channel, 1);
    await endOfTurn();
    assert.deepEqual(link.writes.map(numbersIn), [['1']]);
    for (const total of [2, 3]) {
      tell(channel, total);
      await endOfTurn();
    }
    clock.advance(49);
    assert.equal(link.writes.length, 1);
    clock.advance(1);
    assert.deepEqual(link.writes.map(numbersIn), [['1'], ['2', '3']]);
    clock.advance(1_000);
    tell(channel, 4);
    await endOfTurn();
    assert.equal(link.writes.length, 3);
    assert.equal(clock.waiting, 0);
  });

  it('[N6] [Q3] keeps a reply behind what was said before it, and holds none back for itself', async () => {
    const { clock, channel, link } = channelOf(2_000);
    tell(channel, 1);
    channel.reply(link, { type: 'reply', id: 1, data: {} });
    await endOfTurn();
    assert.match(link.writes[0]!, /"total":1.*"id":1/s);
    channel.reply(link, { type: 'reply', id: 2, data: {} });
    await endOfTurn();
    assert.equal(link.writes.length, 2);
    tell(channel, 2);
    await endOfTurn();
    channel.reply(link, { type: 'reply', id: 3, data: {} });
    await endOfTurn();
    assert.equal(link.writes.length, 2);
    clock.advance(50);
    assert.match(link.writes[2]!, /"total":2.*"id":3/s);
  });

  it('[Q3] keeps what is said after a reply behind it, for the reply does not know of it', async () => {
    const { channel, link } = channelOf(2);
    const [elsewhere, gone] = [new RecordedLink(), new RecordedLink()];
    channel.attach(elsewhere, []);
    tell(channel, 1);
    channel.reply(link, { type: 'reply', id: 1, data: {} });
    tell(channel, 2);
    channel.reply(link, { type: 'reply', id: 2, data: {} });
    channel.reply(gone, { type: 'reply', id: 3, data: {} });
    tell(channel, 3);
    await endOfTurn();
    assert.match(link.writes.join(''), /"total":1.*"id":1.*"total":2.*"id":2.*"total":3/s);
    assert.deepEqual(elsewhere.writes.map(numbersIn), [['1', '2', '3']]);
    assert.doesNotMatch(gone.writes.join(''), /total/);
  });

  it('[N6] writes what waits before somebody comes in, and before it closes a link', async () => {
    const { clock, channel, link } = channelOf(2_000);
    tell(channel, 1);
    await endOfTurn();
    tell(channel, 2);
    await endOfTurn();
    channel.attach(new RecordedLink(), []);
    assert.equal(link.writes.length, 2);
    assert.equal(clock.waiting, 0);
    tell(channel, 3);
    let written = 0;
    channel.afterTurn(() => (written = link.writes.length));
    await endOfTurn();
    assert.equal(written, 3);
  });

  it('[N6] lets nobody wait in a small room', async () => {
    const { channel, link } = channelOf(200);
    for (const total of [1, 2, 3]) {
      tell(channel, total);
      await endOfTurn();
    }
    assert.deepEqual(link.writes.map(numbersIn), [['1'], ['2'], ['3']]);
  });
});
