import { gridCapacity, packGrid, type Box } from './grid-layout.ts';

export type StageLayout = 'auto' | 'grid' | 'spotlight' | 'sidebar';
export type ArrangedLayout = Exclude<StageLayout, 'auto'>;

export interface ArrangeOptions {
  readonly layout: ArrangedLayout;
  /** Keys of all tiles, in order. */
  readonly keys: readonly string[];
  /** The tile in the main place; unused in a grid. */
  readonly main: string | undefined;
  /** Lies over the main tile in a corner, where there is only the main tile. */
  readonly floating: string | undefined;
  readonly width: number;
  readonly height: number;
  readonly page: number;
  /** Most tiles on a page. */
  readonly most?: number;
  /** `false`: one page alone, with tiles as small as it takes. */
  readonly paged?: boolean;
  /** Around several tiles, where they do not go from edge to edge. Pixels. */
  readonly inset?: number;
}

export interface Arrangement {
  /** Where each tile of this page stands; who is absent is on another page. */
  readonly boxes: ReadonlyMap<string, Box>;
  readonly page: number;
  readonly pages: number;
  /** Where the paging buttons stand, if there is more than one page. */
  readonly pager: Box | undefined;
  /** Edge to edge, without gaps and corners, as on a phone. */
  readonly bleed: boolean;
}

const NARROW = 600;
const PAGER_HEIGHT = 44;
const NO_PAGES = { page: 0, pages: 1, pager: undefined } as const;

/** Places everything on a stage of this size. */
export function arrange(options: ArrangeOptions): Arrangement {
  const { keys, layout, width, height, inset = 0 } = options;
  const bleed = width < NARROW;
  if (inset === 0 || bleed || keys.length < 2 || layout === 'spotlight') return arrangeWithin(options, bleed);
  const arranged = arrangeWithin({ ...options, width: width - 2 * inset, height: height - 2 * inset }, bleed);
  const shift = (box: Box): Box => ({ ...box, x: box.x + inset, y: box.y + inset });
  return {
    ...arranged,
    boxes: new Map([...arranged.boxes].map(([key, box]) => [key, shift(box)])),
    pager: arranged.pager && shift(arranged.pager),
  };
}

function arrangeWithin(options: ArrangeOptions, bleed: boolean): Arrangement {
  const { layout, keys, main, width, height } = options;
  if (width <= 0 || height <= 0 || keys.length === 0) return { boxes: new Map(), ...NO_PAGES, bleed };
  if (layout === 'grid' || main === undefined || keys.length === 1) return arrangeGrid(options, bleed);
  if (layout === 'spotlight') return arrangeSpotlight(options, main, bleed);
  return height > width ? arrangeStacked(options, main, bleed) : arrangeBeside(options, main, bleed);
}

function arrangeGrid(options: ArrangeOptions, bleed: boolean): Arrangement {
  const { keys, width, height, page: wanted, most = Number.POSITIVE_INFINITY } = options;
  const gap = gapOf(bleed);
  const alone = keys.length === 1;
  const form = bleed
    ? // A picture that nobody touches has no bars beside its tiles, though a camera loses a little more of its height.
      { minAspect: alone ? 0.4 : 0.5, maxAspect: options.paged === false ? 2.3 : 2 }
    : { minAspect: alone ? 1 : 4 / 3, maxAspect: alone ? 2 : 16 / 9 };
  const smallest = bleed ? { minWidth: 112, minHeight: 112, most: 12 } : { minWidth: 164, minHeight: 110, most: 36 };
  const capacity = (usable: number) =>
    options.paged === false ? keys.length : Math.min(most, gridCapacity({ width, height: usable, gap, ...smallest }));
  const paged = keys.length > capacity(height);
  const usable = paged ? height - PAGER_HEIGHT : height;
  const { page, pages, shown } = paginate(keys, paged ? capacity(usable) : keys.length, wanted);
  // Every page has tiles of one size, the last one too.
  const first = paginate(keys, paged ? capacity(usable) : keys.length, 0).shown.length;
  const places = packGrid({ width, height: usable, count: pages > 1 ? first : shown.length, gap, ...form });
  const boxes = new Map(shown.flatMap((key, index) => (places[index] ? [[key, places[index]] as const] : [])));
  const pager = pages > 1 ? { x: 0, y: height - PAGER_HEIGHT, width, height: PAGER_HEIGHT } : undefined;
  return { boxes, page, pages, pager, bleed };
}

function arrangeSpotlight({ main, floating, width, height }: ArrangeOptions, key: string, bleed: boolean): Arrangement {
  const boxes = new Map([[key, mainBox({ x: 0, y: 0, width, height }, bleed)]]);
  if (floating !== undefined && floating !== main) {
    const size = Math.max(96, Math.min(width, height * 1.4) * 0.22);
    const form = height > width ? 3 / 4 : 16 / 9;
    const box = { width: form < 1 ? size * 1.05 : size * 1.1, height: (form < 1 ? size * 1.05 : size * 1.1) / form };
    boxes.set(floating, { ...box, x: width - box.width - 12, y: 12 });
  }
  return { boxes, ...NO_PAGES, bleed };
}

/** Landscape: the others in a column at the end. */
function arrangeBeside(
  { keys, width, height, page: wanted, most = Number.POSITIVE_INFINITY, paged: mayPage }: ArrangeOptions,
  main: string,
  bleed: boolean,
): Arrangement {
  const gap = gapOf(bleed);
  const column = Math.round(Math.max(112, Math.min(width * 0.2, 264)));
  const tile = { width: column, height: column / (16 / 9) };
  const capacityIn = (room: number) => Math.max(1, Math.min(most - 1, Math.floor((room + gap) / (tile.height + gap))));
  const others = beside(keys, main, mayPage === false ? capacityIn(height) : undefined);
  const paged = others.length > capacityIn(height);
  const usable = paged ? height - PAGER_HEIGHT : height;
  const { page, pages, shown } = paginate(others, capacityIn(usable), wanted);
  const left = width - column;
  const top = (usable - shown.length * (tile.height + gap) + gap) / 2;
  const boxes = new Map([[main, mainBox({ x: 0, y: 0, width: left - gap, height }, bleed)]]);
  shown.forEach((key, index) => boxes.set(key, { ...tile, x: left, y: top + index * (tile.height + gap) }));
  const pager = paged ? { x: left, y: height - PAGER_HEIGHT, width: column, height: PAGER_HEIGHT } : undefined;
  return { boxes, page, pages, pager, bleed };
}

/** Portrait: the others in a row below. */
function arrangeStacked(
  { keys, width, height, page: wanted, most = Number.POSITIVE_INFINITY, paged: mayPage }: ArrangeOptions,
  main: string,
  bleed: boolean,
): Arrangement {
  const gap = gapOf(bleed);
  const row = Math.round(Math.max(84, Math.min(height * 0.15, 140)));
  const narrowest = row * 0.95;
  const capacity = Math.max(1, Math.min(most - 1, Math.floor((width + gap) / (narrowest + gap))));
  const others = beside(keys, main, mayPage === false ? capacity : undefined);
  const paged = others.length > capacity;
  const { page, pages, shown } = paginate(others, capacity, wanted);
  const tile = Math.min((width - gap * (shown.length - 1)) / shown.length, row * (16 / 9));
  const top = height - row - (paged ? PAGER_HEIGHT : 0);
  const left = (width - shown.length * (tile + gap) + gap) / 2;
  const boxes = new Map([[main, mainBox({ x: 0, y: 0, width, height: top - gap }, bleed)]]);
  shown.forEach((key, index) => boxes.set(key, { x: left + index * (tile + gap), y: top, width: tile, height: row }));
  const pager = paged ? { x: 0, y: height - PAGER_HEIGHT, width, height: PAGER_HEIGHT } : undefined;
  return { boxes, page, pages, pager, bleed };
}

/** All but the main one, or the first so many of them. */
function beside(keys: readonly string[], main: string, most?: number): readonly string[] {
  return keys.filter((key) => key !== main).slice(0, most);
}

/** The main tile fills its room, unless a camera would be cropped to a strip. */
function mainBox(room: Box, bleed: boolean): Box {
  const width = Math.min(room.width, room.height * 2);
  const height = Math.min(room.height, room.width / (bleed ? 0.4 : 1));
  return { x: room.x + (room.width - width) / 2, y: room.y + (room.height - height) / 2, width, height };
}

function paginate(keys: readonly string[], capacity: number, wanted: number) {
  const pages = Math.max(1, Math.ceil(keys.length / capacity));
  const page = Math.min(Math.max(0, wanted), pages - 1);
  // Full pages of one size and not one last face alone.
  const size = Math.ceil(keys.length / pages);
  return { page, pages, shown: keys.slice(page * size, (page + 1) * size) };
}

const gapOf = (bleed: boolean): number => (bleed ? 2 : 8);
