import { box, fullBox, letters, uint16, uint32, uint64, uint8, zeros } from './box.ts';
import type { Track } from './track.ts';

const IDENTITY_MATRIX = uint32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);
const UNDETERMINED_LANGUAGE = 0x55c4;

export function movieHeader(timescale: number, duration: number, nextTrackId: number): Buffer {
  return fullBox(
    'mvhd',
    1,
    0,
    uint64(0),
    uint64(0),
    uint32(timescale),
    uint64(duration),
    uint32(0x10000),
    uint16(0x100, 0),
    zeros(8),
    IDENTITY_MATRIX,
    zeros(24),
    uint32(nextTrackId),
  );
}

interface TrackBoxOptions {
  readonly trackId: number;
  readonly track: Track;
  /** In ticks of the movie. */
  readonly movieDuration: number;
  /** In ticks of the track. */
  readonly duration: number;
  readonly edits?: Uint8Array;
  readonly sampleTable: Uint8Array;
}

/** `trak`, around a sample table. */
export function trackBox({ trackId, track, movieDuration, duration, edits, sampleTable }: TrackBoxOptions): Buffer {
  const isVideo = track.kind === 'video';
  const size = isVideo ? [track.width * 0x10000, track.height * 0x10000] : [0, 0];
  const header = fullBox(
    'tkhd',
    1,
    // Enabled, in the movie.
    3,
    uint64(0),
    uint64(0),
    uint32(trackId, 0),
    uint64(movieDuration),
    zeros(8),
    uint16(0, isVideo ? 0 : 1, isVideo ? 0 : 0x100, 0),
    IDENTITY_MATRIX,
    uint32(...size),
  );
  const mediaHeader = fullBox(
    'mdhd',
    1,
    0,
    uint64(0),
    uint64(0),
    uint32(track.timescale),
    uint64(duration),
    uint16(UNDETERMINED_LANGUAGE, 0),
  );
  const handler = fullBox(
    'hdlr',
    0,
    0,
    uint32(0),
    letters(isVideo ? 'vide' : 'soun'),
    zeros(12),
    letters(isVideo ? 'Video\0' : 'Sound\0'),
  );
  const kindHeader = isVideo ? fullBox('vmhd', 0, 1, zeros(8)) : fullBox('smhd', 0, 0, zeros(4));
  const dataInformation = box('dinf', fullBox('dref', 0, 0, uint32(1), fullBox('url ', 0, 1)));
  return box(
    'trak',
    header,
    ...(edits === undefined ? [] : [edits]),
    box('mdia', mediaHeader, handler, box('minf', kindHeader, dataInformation, sampleTable)),
  );
}

export function fileType(major: string, ...compatible: readonly string[]): Buffer {
  return box('ftyp', letters(major), uint32(0), ...compatible.map(letters), uint8());
}
