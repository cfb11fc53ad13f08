import { box, fullBox, uint32, uint64 } from './box.ts';
import { TRACK_ID } from './init-segment.ts';
import type { Sample } from './track.ts';

const DEFAULT_BASE_IS_MOOF = 0x020000;
/** Data offset; duration, size and flags of each sample. */
const RUN_FLAGS = 0x000001 | 0x000100 | 0x000200 | 0x000400;
export const KEY_FRAME_FLAGS = 0x02000000;
/** Depends on others, is no key frame. */
export const DELTA_FRAME_FLAGS = 0x01010000;
/** Size and letters of `mdat`. */
const MEDIA_DATA_HEADER = 8;

/** A CMAF chunk: `moof` and `mdat`. `decodeTime` is that of the first sample, in ticks of the track. */
export function fragment(sequenceNumber: number, decodeTime: number, samples: readonly Sample[]): Buffer {
  // The offset to the data follows from the size of the box that holds it: once to measure, once for good.
  const { byteLength } = movieFragment(sequenceNumber, decodeTime, samples, 0);
  const header = movieFragment(sequenceNumber, decodeTime, samples, byteLength + MEDIA_DATA_HEADER);
  return Buffer.concat([header, box('mdat', ...samples.map(({ data }) => data))]);
}

function movieFragment(
  sequenceNumber: number,
  decodeTime: number,
  samples: readonly Sample[],
  dataOffset: number,
): Buffer {
  const entries = samples.flatMap(({ data, duration, keyFrame }) => [
    duration,
    data.byteLength,
    keyFrame ? KEY_FRAME_FLAGS : DELTA_FRAME_FLAGS,
  ]);
  return box(
    'moof',
    fullBox('mfhd', 0, 0, uint32(sequenceNumber)),
    box(
      'traf',
      fullBox('tfhd', 0, DEFAULT_BASE_IS_MOOF, uint32(TRACK_ID)),
      fullBox('tfdt', 1, 0, uint64(decodeTime)),
      fullBox('trun', 0, RUN_FLAGS, uint32(samples.length, dataOffset, ...entries)),
    ),
  );
}
