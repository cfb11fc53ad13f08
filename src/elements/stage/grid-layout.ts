/** A place on the stage. Pixels from its top left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface GridOptions {
  readonly width: number;
  readonly height: number;
  readonly count: number;
  /** Between tiles. Pixels. */
  readonly gap: number;
  /** The narrowest and the widest form of a tile, width by height. */
  readonly minAspect: number;
  readonly maxAspect: number;
}

/** A face in the middle of 16:9 keeps its surroundings down to about this form. */
const UNCUT_ASPECT = 4 / 3;

interface Cell {
  readonly columns: number;
  readonly width: number;
  readonly height: number;
}

/** The tile that `columns` of them side by side leave room for. */
function cellFor({ width, height, count, gap, minAspect, maxAspect }: GridOptions, columns: number): Cell {
  const rows = Math.ceil(count / columns);
  const room = { width: (width - gap * (columns - 1)) / columns, height: (height - gap * (rows - 1)) / rows };
  return {
    columns,
    width: Math.max(0, Math.min(room.width, room.height * maxAspect)),
    height: Math.max(0, Math.min(room.height, room.width / minAspect)),
  };
}

/** How much of a camera a tile shows: its area, less where it cuts the sides of a picture away. */
function worthOf({ width, height }: Cell): number {
  if (height === 0) return 0;
  return width * height * Math.sqrt(Math.min(1, width / height / UNCUT_ASPECT));
}

/** Places `count` equal tiles so that they are as large as can be; the last row stands in the middle. */
export function packGrid(options: GridOptions): readonly Box[] {
  const { width, height, count, gap } = options;
  if (count <= 0 || width <= 0 || height <= 0) return [];
  let best = cellFor(options, 1);
  for (let columns = 2; columns <= count; columns++) {
    const cell = cellFor(options, columns);
    // A tie goes to fewer columns, whose tiles are wider.
    if (worthOf(cell) > worthOf(best) * 1.001) best = cell;
  }
  const { columns } = best;
  const rows = Math.ceil(count / columns);
  const top = (height - rows * best.height - (rows - 1) * gap) / 2;
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = row === rows - 1 ? count - row * columns : columns;
    const left = (width - inRow * best.width - (inRow - 1) * gap) / 2;
    return {
      x: left + (index % columns) * (best.width + gap),
      y: top + row * (best.height + gap),
      width: best.width,
      height: best.height,
    };
  });
}

export interface CapacityOptions {
  readonly width: number;
  readonly height: number;
  readonly gap: number;
  /** The smallest tile that still shows a face. Pixels. */
  readonly minWidth: number;
  readonly minHeight: number;
  readonly most: number;
}

/** How many tiles fit before they become too small; at least one. */
export function gridCapacity({ width, height, gap, minWidth, minHeight, most }: CapacityOptions): number {
  const columns = Math.floor((width + gap) / (minWidth + gap));
  const rows = Math.floor((height + gap) / (minHeight + gap));
  return Math.max(1, Math.min(most, Math.max(1, columns) * Math.max(1, rows)));
}
