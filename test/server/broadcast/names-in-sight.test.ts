import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { liftOf } from '../../../templates/default/names-in-sight.ts';

const name = { width: 160, height: 40 };
const tile = (left: number, top: number, width: number, height: number) => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});
/** As wide and as high as that, in the lower left corner of 1280×720. */
const lowerThird = (width: number, height: number) => tile(29, 720 - 34 - height, width, height);

describe('names of tiles under what lies over a broadcast', () => {
  it('stay where nothing covers them', () => {
    assert.equal(liftOf(tile(0, 0, 1_280, 720), name, []), 0);
    assert.equal(liftOf(tile(644, 364, 628, 348), name, [lowerThird(400, 110)]), 0);
    assert.equal(liftOf(tile(8, 8, 628, 348), name, [lowerThird(400, 110)]), 0);
  });

  it('step up by no more than they must, and past one card under another', () => {
    const whole = tile(0, 0, 1_280, 720);
    assert.equal(liftOf(whole, name, [lowerThird(400, 110)]), 144);
    assert.equal(liftOf(whole, name, [tile(29, 546, 400, 20), lowerThird(400, 110)]), 174);
  });

  it('go to the top of a tile whose face they would lie over', () => {
    assert.equal(liftOf(tile(8, 364, 628, 348), name, [lowerThird(400, 110)]), 348 - 40 - 20);
  });

  it('are not seen where there is no room for them', () => {
    const covered = liftOf(tile(8, 600, 200, 112), name, [lowerThird(400, 200)]);
    assert.ok(covered > 112);
  });
});
