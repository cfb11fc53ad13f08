import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runGiftStorm } from './gift-storm.ts';

describe('gifts that are broken off', () => {
  it('[G1] [G3] [G4] are charged once and told once, whatever is cut, doubled or killed', async () => {
    const { given, refused, repeated } = await runGiftStorm({
      rooms: 20,
      clientsInRoom: 10,
      gifts: 50,
      kills: 3,
      cuts: 12,
    });
    assert.equal(given + refused, 200 * 50);
    assert.ok(refused > 0);
    assert.ok(repeated > 0, 'some replies were lost');
  });
});
