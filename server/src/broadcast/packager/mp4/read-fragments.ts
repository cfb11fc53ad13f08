import { uint32 } from './box.ts';
import { KEY_FRAME_FLAGS } from './fragment.ts';

/** One sample of a segment that we wrote. */
export interface StoredSample {
  readonly size: number;
  /** In ticks of the track. */
  readonly duration: number;
  readonly keyFrame: boolean;
}

export interface StoredFragment {
  /** In ticks of the track. */
  readonly decodeTime: number;
  readonly samples: readonly StoredSample[];
  /** Where its samples' bytes stand in the segment. */
  readonly dataStart: number;
  readonly dataEnd: number;
}

interface Box {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** Reads a segment as `fragment()` writes it; it is no reader of other people's files. */
export function readFragments(segment: Buffer): StoredFragment[] {
  const fragments: StoredFragment[] = [];
  let header: Pick<StoredFragment, 'decodeTime' | 'samples'> | null = null;
  for (const box of boxes(segment, 0, segment.length)) {
    if (box.type === 'moof') header = readMovieFragment(segment, box);
    if (box.type !== 'mdat' || header === null) continue;
    fragments.push({ ...header, dataStart: box.start, dataEnd: box.end });
    header = null;
  }
  return fragments;
}

function readMovieFragment(bytes: Buffer, moof: Box): Pick<StoredFragment, 'decodeTime' | 'samples'> {
  const traf = find(bytes, moof, 'traf');
  const tfdt = find(bytes, traf, 'tfdt');
  const trun = find(bytes, traf, 'trun');
  const count = bytes.readUInt32BE(trun.start + 4);
  const samples = Array.from({ length: count }, (_, index) => {
    const entry = trun.start + 12 + index * 12;
    return {
      duration: bytes.readUInt32BE(entry),
      size: bytes.readUInt32BE(entry + 4),
      keyFrame: bytes.readUInt32BE(entry + 8) === KEY_FRAME_FLAGS,
    };
  });
  return { decodeTime: Number(bytes.readBigUInt64BE(tfdt.start + 4)), samples };
}

function find(bytes: Buffer, parent: Box, type: string): Box {
  const found = boxes(bytes, parent.start, parent.end).find((box) => box.type === type);
  if (found === undefined) throw new RangeError(`There is no ${type} in ${parent.type}`);
  return found;
}

function boxes(bytes: Buffer, from: number, to: number): Box[] {
  const found: Box[] = [];
  for (let offset = from; offset + 8 <= to;) {
    const size = bytes.readUInt32BE(offset);
    if (size < 8 || offset + size > to) throw new RangeError(`A box is cut short at ${offset}`);
    found.push({ type: bytes.toString('latin1', offset + 4, offset + 8), start: offset + 8, end: offset + size });
    offset += size;
  }
  return found;
}

/** From the beginning of an `avc1` to the boxes in it (ISO/IEC 14496-12, 12.1.3). */
const VISUAL_ENTRY_BYTES = 86;

/** SPS and PPS of an `avc1` that we wrote, each behind its length in four bytes, as they may stand in a sample. */
export function readParameterSets(entry: Buffer): Buffer {
  const whole: Box = { type: 'avc1', start: VISUAL_ENTRY_BYTES, end: entry.length };
  const { start } = find(entry, whole, 'avcC');
  // Version, profile, compatibility, level, size of lengths, and one SPS; then one PPS: `describeVideo` writes no more.
  const sequence = readUnit(entry, start + 6);
  const picture = readUnit(entry, start + 6 + 2 + sequence.byteLength + 1);
  return Buffer.concat([uint32(sequence.byteLength), sequence, uint32(picture.byteLength), picture]);
}

function readUnit(bytes: Buffer, offset: number): Buffer {
  return bytes.subarray(offset + 2, offset + 2 + bytes.readUInt16BE(offset));
}

/** The same entry for samples that hold their parameter sets themselves (ISO/IEC 14496-15, 5.3.3). */
export function withSetsInSamples(entry: Buffer): Buffer {
  const changed = Buffer.from(entry);
  changed.write('avc3', 4, 'latin1');
  return changed;
}

/** The sample entry of an init segment that we wrote: the one box in its `stsd`. */
export function readSampleEntry(initSegment: Buffer): Buffer {
  const whole: Box = { type: 'file', start: 0, end: initSegment.length };
  const path = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd'];
  const stsd = path.reduce((parent, type) => find(initSegment, parent, type), whole);
  return initSegment.subarray(stsd.start + 8, stsd.end);
}
