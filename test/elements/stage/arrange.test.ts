import { expect } from '@open-wc/testing';
import { arrange, type ArrangedLayout, type ArrangeOptions } from '../../../src/elements/stage/arrange.ts';
import { gridCapacity, packGrid, type Box } from '../../../src/elements/stage/grid-layout.ts';

const keysOf = (count: number) => Array.from({ length: count }, (_, index) => `p${index}`);

const place = (options: Partial<ArrangeOptions> & { readonly count: number }) =>
  arrange({
    layout: 'grid',
    keys: keysOf(options.count),
    main: undefined,
    floating: undefined,
    width: 1280,
    height: 720,
    page: 0,
    ...options,
  });

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width - 0.01 &&
  b.x < a.x + a.width - 0.01 &&
  a.y < b.y + b.height - 0.01 &&
  b.y < a.y + a.height - 0.01;

const containers: readonly (readonly [number, number])[] = [
  [390, 844],
  [844, 390],
  [1280, 720],
  [320, 320],
  [1920, 1080],
  [700, 1200],
];

describe('packGrid', () => {
  it('places nothing where there is nothing, or no room', () => {
    const form = { gap: 8, minAspect: 1, maxAspect: 2 };
    expect(packGrid({ width: 100, height: 100, count: 0, ...form })).to.deep.equal([]);
    expect(packGrid({ width: 0, height: 100, count: 3, ...form })).to.deep.equal([]);
  });

  it('takes the number of columns that makes the tiles largest', () => {
    const columnsOf = (count: number, width: number, height: number) =>
      new Set(
        packGrid({ width, height, count, gap: 0, minAspect: 4 / 3, maxAspect: 16 / 9 }).map(({ y }) => Math.round(y)),
      ).size;
    expect(columnsOf(2, 1280, 720), 'two side by side').to.equal(1);
    expect(columnsOf(2, 400, 700), 'two above each other').to.equal(2);
    expect(columnsOf(4, 1280, 720)).to.equal(2);
    expect(columnsOf(9, 1280, 720)).to.equal(3);
  });

  it('is never beaten by another number of columns', () => {
    const form = { gap: 8, minAspect: 4 / 3, maxAspect: 16 / 9 };
    for (let count = 1; count <= 49; count++) {
      const [box] = packGrid({ width: 1280, height: 720, count, ...form });
      const best = box!.width * box!.height;
      for (let columns = 1; columns <= count; columns++) {
        const rows = Math.ceil(count / columns);
        const roomWidth = (1280 - 8 * (columns - 1)) / columns;
        const roomHeight = (720 - 8 * (rows - 1)) / rows;
        const area =
          Math.min(roomWidth, roomHeight * form.maxAspect) * Math.min(roomHeight, roomWidth / form.minAspect);
        expect(best, `${count} tiles in ${columns} columns`).to.be.at.least(Math.max(0, area) / 1.002);
      }
    }
  });

  it('puts the last row in the middle', () => {
    const boxes = packGrid({ width: 1280, height: 720, count: 3, gap: 0, minAspect: 16 / 9, maxAspect: 16 / 9 });
    expect(boxes[2]!.x + boxes[2]!.width / 2).to.be.closeTo(640, 0.01);
  });
});

describe('gridCapacity', () => {
  it('is at least one and at most what is told', () => {
    const smallest = { gap: 8, minWidth: 160, minHeight: 90, most: 36 };
    expect(gridCapacity({ width: 10, height: 10, ...smallest })).to.equal(1);
    expect(gridCapacity({ width: 10_000, height: 10_000, ...smallest })).to.equal(36);
    expect(gridCapacity({ width: 328, height: 188, ...smallest })).to.equal(4);
  });
});

describe('arrange', () => {
  for (const layout of ['grid', 'spotlight', 'sidebar'] as const satisfies readonly ArrangedLayout[])
    it(`keeps every tile of a ${layout} inside and apart, for 1 to 100 people in any container`, () => {
      for (const [width, height] of containers)
        for (let count = 1; count <= 100; count++) {
          const { boxes } = place({ layout, count, width, height, main: 'p0', inset: count % 2 === 0 ? 8 : 0 });
          const all = [...boxes.values()];
          for (const [index, box] of all.entries()) {
            const where = `${count} in ${width}×${height}`;
            expect(box.width, where).to.be.greaterThan(20);
            expect(box.height, where).to.be.greaterThan(20);
            expect(box.x, where).to.be.at.least(-0.01);
            expect(box.y, where).to.be.at.least(-0.01);
            expect(box.x + box.width, where).to.be.at.most(width + 0.01);
            expect(box.y + box.height, where).to.be.at.most(height + 0.01);
            for (const other of all.slice(index + 1)) expect(overlap(box, other), where).to.equal(false);
          }
        }
    });

  it('shows each person on one page and one alone', () => {
    for (const layout of ['grid', 'sidebar'] as const)
      for (const [width, height] of containers) {
        const { pages } = place({ layout, count: 100, width, height, main: 'p0' });
        const seen = Array.from({ length: pages }, (_, page) => [
          ...place({ layout, count: 100, width, height, main: 'p0', page }).boxes.keys(),
        ]).flat();
        const others = seen.filter((key) => layout === 'grid' || key !== 'p0');
        expect(others).to.have.length(layout === 'grid' ? 100 : 99);
        expect(new Set(seen)).to.have.property('size', 100);
      }
  });

  it('has tiles of one size on every page', () => {
    const sizes = [0, 1, 2].map((page) => [...place({ count: 100, page }).boxes.values()][0]!.width);
    expect(new Set(sizes.map(Math.round))).to.have.property('size', 1);
  });

  it('stays on the last page when people go', () => {
    expect(place({ count: 100, page: 99 }).page).to.equal(place({ count: 100 }).pages - 1);
    expect(place({ count: 3, page: 2 })).to.include({ page: 0, pages: 1 });
  });

  it('puts the others beside the main tile in landscape and below it in portrait', () => {
    const beside = place({ layout: 'sidebar', count: 3, main: 'p1' }).boxes;
    expect(beside.get('p0')!.x).to.be.at.least(beside.get('p1')!.width);
    const below = place({ layout: 'sidebar', count: 3, main: 'p1', width: 390, height: 844 }).boxes;
    expect(below.get('p0')!.y).to.be.at.least(below.get('p1')!.height);
    expect(below.get('p0')!.y).to.equal(below.get('p2')!.y);
  });

  it('is edge to edge on a phone', () => {
    const [box] = [...place({ count: 1, width: 390, height: 844 }).boxes.values()];
    expect(box).to.deep.equal({ x: 0, y: 0, width: 390, height: 844 });
    expect(place({ count: 1, width: 390, height: 844 }).bleed).to.equal(true);
    expect(place({ count: 1 }).bleed).to.equal(false);
  });

  it("lays one's own tile over the main one in a spotlight", () => {
    const { boxes } = place({ layout: 'spotlight', count: 5, main: 'p0', floating: 'p4' });
    expect([...boxes.keys()]).to.deep.equal(['p0', 'p4']);
    expect(overlap(boxes.get('p0')!, boxes.get('p4')!)).to.equal(true);
  });

  it('turns no pages where nobody is to turn them: tiles as small as it takes in a grid, the first of them at the side', () => {
    const grid = place({ count: 25, width: 640, height: 360, paged: false });
    expect([grid.boxes.size, grid.pages, grid.pager]).to.deep.equal([25, 1, undefined]);
    for (const size of [{}, { width: 450, height: 800 }]) {
      const side = place({ ...size, layout: 'sidebar', count: 25, main: 'p9', paged: false });
      expect([side.pages, side.pager]).to.deep.equal([1, undefined]);
      expect([...side.boxes.keys()].slice(0, 3)).to.deep.equal(['p9', 'p0', 'p1']);
    }
  });

  it('shows no more on a page than is wanted', () => {
    const grid = place({ count: 10, most: 4 });
    expect([grid.boxes.size, grid.pages]).to.deep.equal([4, 3]);
    expect(place({ layout: 'sidebar', count: 10, main: 'p0', most: 3 }).boxes.size).to.equal(3);
  });
});
