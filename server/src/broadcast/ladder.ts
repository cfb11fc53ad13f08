import { availableParallelism } from 'node:os';

/** Smaller renditions of the picture, from large to small; each has half the width and height of the one before. */
export const RUNG_NAMES = ['half', 'quarter'] as const;
export type RungName = (typeof RUNG_NAMES)[number];

/** Renditions of the picture at most, the largest among them. */
export const MOST_RENDITIONS = RUNG_NAMES.length + 1;

/** A picture to be encoded. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
  /** Bits a second. */
  readonly bitrate: number;
}

export interface Rung extends PictureSize {
  readonly name: RungName;
  /** As in RFC 6381. */
  readonly codec: string;
}

/** Of the largest: half the size wants more bits for each pixel. */
const BITRATE_SHARES = { half: 0.3, quarter: 0.1 } as const satisfies Record<RungName, number>;
/** Smaller than this nobody can see who speaks. */
const LEAST_SIDE = 180;
/** Constrained baseline at the level that holds half of 1080p (H.264, table A-1). */
const CODEC = 'avc1.42E01F';

/** All renditions of a picture. */
export interface Ladder {
  /** What the largest is encoded with. Bits a second. */
  readonly bitrate: number;
  readonly rungs: readonly Rung[];
}

/** What is encoded beside the largest picture where there are so many renditions in all. */
export function planRungs(renditions: number, { width, height, bitrate }: PictureSize): readonly Rung[] {
  return RUNG_NAMES.slice(0, Math.max(0, renditions - 1))
    .map((name) => ({
      name,
      codec: CODEC,
      ...rungSize(name, { width, height }),
      bitrate: Math.round(bitrate * BITRATE_SHARES[name]),
    }))
    .filter((rung) => Math.min(rung.width, rung.height) >= LEAST_SIDE);
}

/** How large it is beside the largest. */
export function rungSize(name: RungName, { width, height }: Pick<PictureSize, 'width' | 'height'>) {
  const divisor = 2 ** (RUNG_NAMES.indexOf(name) + 1);
  return { width: toEven(width / divisor), height: toEven(height / divisor) };
}

/** How many this machine can well encode: drawing and encoding one takes a core. */
export function affordableRenditions(cores = availableParallelism()): number {
  if (cores <= 2) return 1;
  return cores < 8 ? 2 : MOST_RENDITIONS;
}

const toEven = (length: number): number => Math.round(length / 2) * 2;
