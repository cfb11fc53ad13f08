import { box, fullBox, uint32 } from './box.ts';
import { fileType, movieHeader, trackBox } from './movie.ts';
import { sampleEntry } from './sample-entry.ts';
import type { Track } from './track.ts';

export const TRACK_ID = 1;

/** The CMAF header of a track (ISO/IEC 23000-19, 7.3.1): what EXT-X-MAP names. */
export function initSegment(track: Track): Buffer {
  const sampleTable = box(
    'stbl',
    fullBox('stsd', 0, 0, uint32(1), sampleEntry(track)),
    fullBox('stts', 0, 0, uint32(0)),
    fullBox('stsc', 0, 0, uint32(0)),
    fullBox('stsz', 0, 0, uint32(0, 0)),
    fullBox('stco', 0, 0, uint32(0)),
  );
  return Buffer.concat([
    fileType('iso6', 'iso6', 'cmfc', 'mp41', 'hlsf'),
    box(
      'moov',
      movieHeader(track.timescale, 0, TRACK_ID + 1),
      trackBox({ trackId: TRACK_ID, track, movieDuration: 0, duration: 0, sampleTable }),
      box('mvex', fullBox('trex', 0, 0, uint32(TRACK_ID, 1, 0, 0, 0))),
    ),
  ]);
}
