import { expect } from '@open-wc/testing';
import { StallMargin } from '../../../src/media/hls/stall-margin.ts';

describe('StallMargin', () => {
  it('is nothing without a stall, and a second at most', () => {
    const margin = new StallMargin();
    expect(margin.at(0)).to.equal(0);
    margin.stalled(1_000);
    expect(margin.at(1_000)).to.equal(0.2);
    for (let stalls = 0; stalls < 10; stalls += 1) margin.stalled(2_000);
    expect(margin.at(2_000)).to.equal(1);
  });

  it('goes back, step by step, while nothing stalls', () => {
    const margin = new StallMargin();
    margin.stalled(0);
    margin.stalled(100);
    expect(margin.at(8_099)).to.equal(0.4);
    expect(margin.at(8_100)).to.equal(0.2);
    expect(margin.at(16_099)).to.equal(0.2);
    expect(margin.at(16_100)).to.equal(0);
  });

  it('tries less and less often what did not hold', () => {
    const margin = new StallMargin();
    margin.stalled(0);
    expect(margin.at(8_000)).to.equal(0);
    margin.stalled(9_000);
    expect(margin.at(24_999)).to.equal(0.2);
    expect(margin.at(25_000)).to.equal(0);
    margin.stalled(26_000);
    expect(margin.at(57_999)).to.equal(0.2);
    expect(margin.at(58_000)).to.equal(0);
  });
});
