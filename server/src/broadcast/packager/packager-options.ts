/** How a stream is cut. */
export interface PackagerOptions {
  /** Usual length of a part: 200 to 333. Milliseconds. */
  readonly partMs: number;
  /** Usual length of a segment; it is cut at the key frame nearest to it. Milliseconds. */
  readonly segmentMs: number;
}

export const DEFAULT_PACKAGER_OPTIONS: PackagerOptions = { partMs: 333, segmentMs: 2_000 };

/** Frames do not come on the dot: what a part may be longer than usual. */
const PART_TOLERANCE = 1.1;
/** Shorter than this a part may be when no frame fits any more; RFC 8216bis asks for 85 % of the target. */
const FULL_PART = 0.96;
/** A key frame ends a segment that has reached this share of its usual length. */
const FULL_SEGMENT = 0.7;

/** The limits that follow. Seconds. */
export interface CuttingLimits {
  /** EXT-X-PART-INF: no part is longer. */
  readonly partTarget: number;
  /** A part that has reached this is done. */
  readonly fullPart: number;
  /** EXT-X-TARGETDURATION: no segment, rounded to whole seconds, is longer. */
  readonly targetDuration: number;
  /** From here on the next key frame ends the segment. */
  readonly fullSegment: number;
  /** Without any key frame the segment ends before this. */
  readonly longestSegment: number;
}

export function cuttingLimits({ partMs, segmentMs }: PackagerOptions): CuttingLimits {
  const targetDuration = Math.max(1, Math.round(segmentMs / 1_000));
  return {
    partTarget: Math.round(partMs * PART_TOLERANCE) / 1_000,
    fullPart: (partMs * FULL_PART) / 1_000,
    targetDuration,
    fullSegment: (segmentMs * FULL_SEGMENT) / 1_000,
    longestSegment: targetDuration + 0.45,
  };
}
