import assert from 'node:assert/strict';
import { it } from 'node:test';
import { runAudienceStorm } from './audience-storm.ts';

it('[Q2] [R3] [R4] [G3] [V4] leave every client with what the server has, whatever is cut, doubled or killed', async () => {
  const storm = { clients: 20, gifts: 12, votes: 12, kills: 2, cuts: 4 };
  const { given, refused, doubled, returns } = await runAudienceStorm(storm);
  assert.equal(given + refused, storm.clients * storm.gifts);
  assert.ok(refused > 0);
  assert.ok(doubled > 0);
  assert.ok(returns >= storm.clients * storm.kills, `${returns} came back`);
});
