import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChatMessage, MessageId, ParticipantId, RoleName } from '../../../src/protocol/index.ts';
import { CrowdSample, GATHERED_MS, type SampledChat } from '../../../server/src/rooms/chat/crowd-sample.ts';
import { ManualClock } from './manual-clock.ts';

const message = (index: number, author: string): ChatMessage => ({
  id: `m${index}` as MessageId,
  index,
  author: { id: author as ParticipantId, name: author, role: 'viewer' as RoleName },
  text: 'Hello',
  sentAt: 0,
  deleted: false,
});

describe('a sample of a crowd', () => {
  const open = () => {
    const clock = new ManualClock();
    const told: SampledChat[] = [];
    const sample = new CrowdSample(clock, (sampled) => told.push(sampled));
    const indices = (which: keyof SampledChat) => told.flatMap((each) => each[which].map(({ index }) => index));
    return { clock, told, sample, indices };
  };

  it('[C5] tells all at once up to the rate, and without one', () => {
    const { sample, indices } = open();
    for (let index = 0; index < 20; index += 1) sample.add(message(index, 'ada'), 20, false);
    assert.equal(indices('told').length, 20);
    const free = open();
    for (let index = 0; index < 500; index += 1) free.sample.add(message(index, 'ada'), null, false);
    assert.deepEqual([free.indices('told').length, free.clock.waiting], [500, 0]);
  });

  it('[C5] tells so many a second of a crowd, in the order of index, and says how many were left out', () => {
    const { clock, sample, indices } = open();
    for (let index = 0; index < 2_000; index += 1) {
      sample.add(message(index, `author-${index % 100}`), 20, false);
      if (index % 2 === 1) clock.advance(10);
    }
    clock.advance(GATHERED_MS);
    const told = indices('told');
    // A burst of a second, then ten seconds at the rate.
    assert.ok(told.length >= 200 && told.length <= 226, `${told.length}`);
    assert.equal(told.length + indices('skipped').length, 2_000);
    assert.deepEqual(
      told,
      told.toSorted((one, other) => one - other),
    );
  });

  it('[C5] lets authors take turns: who writes much is read no more than the others', () => {
    const { clock, sample, told } = open();
    for (let index = 0; index < 8; index += 1) sample.add(message(index, 'first'), 8, false);
    for (let index = 8; index < 108; index += 1) sample.add(message(index, 'loud'), 8, false);
    sample.add(message(108, 'quiet'), 8, false);
    clock.advance(GATHERED_MS);
    const authors = told.at(-1)?.told.map(({ author }) => author.id);
    assert.deepEqual(authors?.toSorted(), ['loud', 'quiet']);
  });

  it('[C5] always tells what it is told to, and never what was deleted meanwhile', () => {
    const { clock, sample, indices } = open();
    for (let index = 0; index < 40; index += 1) sample.add(message(index, 'ada'), 1, index === 39);
    sample.forget('m20' as MessageId);
    clock.advance(GATHERED_MS);
    assert.ok(indices('told').includes(39));
    assert.equal([...indices('told'), ...indices('skipped')].includes(20), false);
  });

  it('does work that grows with the messages alone', () => {
    const { clock, sample, indices } = open();
    let looks = 0;
    for (let index = 0; index < 20_000; index += 1) {
      const counted = message(index, `author-${index % 2_000}`);
      const { author } = counted;
      Object.defineProperty(counted, 'author', { get: () => ((looks += 1), author) });
      sample.add(counted, 20, false);
    }
    clock.advance(GATHERED_MS);
    assert.ok(looks <= 2 * 20_000, `${looks}`);
    assert.equal(indices('told').length + indices('skipped').length, 20_000);
  });
});
