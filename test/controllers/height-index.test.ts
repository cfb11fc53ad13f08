import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { HeightIndex } from '../../src/controllers/height-index.ts';

/** The same by adding up. */
class PlainHeights {
  readonly heights = new Map<number, number>();
  readonly estimate: number;

  constructor(estimate: number) {
    this.estimate = estimate;
  }

  at(index: number): number {
    return this.heights.get(index) ?? this.estimate;
  }

  offset(index: number): number {
    let sum = 0;
    for (let before = 0; before < index; before++) sum += this.at(before);
    return sum;
  }

  find(offset: number, count: number): number {
    let sum = 0;
    for (let index = 0; index < count; index++) {
      sum += this.at(index);
      if (sum > offset) return index;
    }
    return Math.max(0, count - 1);
  }
}

describe('heights by index', () => {
  it('are what adding them up gives', () => {
    const measure = fc.record({ index: fc.nat(3_000), height: fc.integer({ min: 1, max: 400 }) });
    fc.assert(
      fc.property(
        fc.array(measure, { maxLength: 60 }),
        fc.array(fc.nat(3_200), { maxLength: 20 }),
        (measures, places) => {
          const index = new HeightIndex(40);
          const plain = new PlainHeights(40);
          for (const { index: at, height } of measures) {
            index.set(at, height);
            plain.heights.set(at, height);
          }
          for (const place of places) {
            expect(index.offset(place)).to.be.closeTo(plain.offset(place), 0.001);
            const offset = plain.offset(place) + 0.5;
            expect(index.find(offset, 3_200)).to.equal(plain.find(offset, 3_200));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('find nothing outside the list', () => {
    const index = new HeightIndex(40);
    expect(index.find(-5, 10)).to.equal(0);
    expect(index.find(1e9, 10)).to.equal(9);
    expect(index.find(100, 0)).to.equal(0);
  });

  it('are forgotten at once', () => {
    const index = new HeightIndex(40);
    for (let row = 0; row < 5_000; row++) index.set(row, 90);
    expect(index.offset(5_000)).to.equal(450_000);
    index.clear();
    expect(index.offset(5_000)).to.equal(200_000);
    expect(index.measured(17)).to.equal(0);
  });

  it('say by how much a row has grown', () => {
    const index = new HeightIndex(40);
    expect(index.set(3, 55)).to.equal(15);
    expect(index.set(3, 50)).to.equal(-5);
    expect(index.set(3, 50)).to.equal(0);
  });
});
