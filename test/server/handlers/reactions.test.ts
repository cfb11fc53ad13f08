import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { TestServer } from '../ws/test-server.ts';

const INTERVAL_MS = 250;

describe('reactions', () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await TestServer.start({
      templates: [{ name: 'calm', roles: [], reactions: ['👏'] }],
    });
  });

  afterEach(async () => {
    assert.deepEqual(server.errors, []);
    await server.stop();
  });

  it('[X1] are counted together and told at most every 250 ms', async () => {
    const [ada, bob] = await Promise.all([server.join('ada'), server.join('bob')]);
    const asked = [
      ada.ask('sendReaction', { emoji: '👏', count: 3 }),
      bob.ask('sendReaction', { emoji: '🎉', count: 1 }),
      bob.ask('sendReaction', { emoji: '👏', count: 2 }),
    ];
    assert.deepEqual(await Promise.all(asked), [{ counted: 3 }, { counted: 1 }, { counted: 2 }]);
    await ada.settle();
    assert.deepEqual(ada.signals('reactionsCounted'), []);
    server.clock.advance(INTERVAL_MS);
    for (const client of [ada, bob]) {
      await client.until(() => client.signals('reactionsCounted').length === 1, 'the counts');
      const [told] = client.signals('reactionsCounted');
      assert.deepEqual(
        new Map(told?.counts),
        new Map([
          ['👏', 5],
          ['🎉', 1],
        ]),
      );
    }
    server.clock.advance(10 * INTERVAL_MS);
    await ada.settle();
    assert.equal(ada.signals('reactionsCounted').length, 1);
    assert.equal(ada.events.length, 0);
  });

  it('[X2] count up to the budget of whoever sends them', async () => {
    const ada = await server.join('ada');
    assert.deepEqual(await ada.ask('sendReaction', { emoji: '🔥', count: 20 }), { counted: 20 });
    assert.deepEqual(await ada.ask('sendReaction', { emoji: '🔥', count: 20 }), { counted: 10 });
    const { error } = await ada.reply(ada.sendRequest('sendReaction', { emoji: '🔥', count: 1 }));
    assert.equal(error?.code, 'rateLimited');
    assert.equal(error?.retryAfterMs, 100);
    server.clock.advance(1_000);
    assert.deepEqual(await ada.ask('sendReaction', { emoji: '🔥', count: 20 }), { counted: 10 });
  });

  it('[X2] are those of the room and no others', async () => {
    await server.rooms.create({ id: 'quiet' as never, template: 'calm' });
    const ada = await server.join('ada', { room: 'quiet' });
    assert.deepEqual(await ada.ask('getReactions', {}), { available: ['👏'] });
    assert.deepEqual(await ada.ask('sendReaction', { emoji: '👏', count: 1 }), { counted: 1 });
    for (const data of [
      { emoji: '🎉', count: 1 },
      { emoji: '<img>', count: 1 },
      { emoji: '👏', count: 0 },
      { emoji: '👏', count: 21 },
      { emoji: '👏', count: 1.5 },
      { emoji: '👏', count: '1' },
    ]) {
      const { error } = await ada.reply(ada.sendRequest('sendReaction', data));
      assert.equal(error?.code, 'badRequest', JSON.stringify(data));
    }
  });
});
