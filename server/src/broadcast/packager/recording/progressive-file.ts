import { readWhole, type SegmentStorage } from '../../storage/segment-storage.ts';
import { box, fullBox, letters, uint16, uint32, uint64 } from '../mp4/box.ts';
import { fileType, movieHeader, trackBox } from '../mp4/movie.ts';
import { readFragments, readSampleEntry } from '../mp4/read-fragments.ts';
import { SampleTable } from '../mp4/sample-table.ts';
import { VIDEO_TIMESCALE, type Track } from '../mp4/track.ts';
import { TRACK_NAMES, type TrackName } from '../segment.ts';
import type { SegmentRecord } from './journal.ts';
import type { RecordedStream } from './recorded-playlists.ts';

const MOVIE_TIMESCALE = 1_000;
const LARGE_BOX_HEADER = 16;

type Piece = Pick<SegmentRecord, 'track' | 'file' | 'section'>;

interface TrackTable {
  readonly track: Track;
  readonly table: SampleTable;
}

/**
 * Writes one MP4 that plays while it loads: the same samples, none encoded again, their table in front of them. Segments
 * are read twice, once for the table and once to copy, so that memory never holds more than one.
 */
export async function writeProgressiveFile(
  storage: SegmentStorage,
  folder: string,
  stream: RecordedStream,
  name: string,
): Promise<number> {
  const pieces = stream.inOrder.filter(({ isLost }) => !isLost);
  const tables = await readTables(storage, folder, stream, pieces);
  const shown = TRACK_NAMES.filter((track) => !tables[track].table.isEmpty);
  const ordered = pieces.filter(({ track }) => shown.includes(track));
  const chunkSizes = { video: [...tables.video.table.chunks], audio: [...tables.audio.table.chunks] };
  const dataSize = TRACK_NAMES.flatMap((track) => chunkSizes[track]).reduce((sum, { bytes }) => sum + bytes, 0);
  const start = fileType('isom', 'isom', 'iso6', 'mp41', 'avc1');

  const layOut = (from: number): Buffer => {
    const offsets: Record<TrackName, number[]> = { video: [], audio: [] };
    const next = { video: 0, audio: 0 };
    let offset = from;
    for (const { track } of ordered) {
      offsets[track].push(offset);
      offset += chunkSizes[track][next[track]]?.bytes ?? 0;
      next[track] += 1;
    }
    return movie(shown.map((track) => ({ ...tables[track], offsets: offsets[track] })));
  };
  const headerSize = start.byteLength + layOut(0).byteLength + LARGE_BOX_HEADER;
  const header = Buffer.concat([
    start,
    layOut(headerSize),
    // A size of eight bytes: an evening has more than four gigabytes.
    uint32(1),
    letters('mdat'),
    uint64(dataSize + LARGE_BOX_HEADER),
  ]);

  const size = header.byteLength + dataSize;
  await storage.writeStream(`${folder}/${name}`, size, copy(storage, folder, header, ordered));
  return size;
}

async function readTables(
  storage: SegmentStorage,
  folder: string,
  { sections }: RecordedStream,
  pieces: readonly Piece[],
): Promise<Record<TrackName, TrackTable>> {
  const first = [...sections.values()][0];
  if (first === undefined) throw new RangeError('Nothing was recorded');
  const { width, height, codec } = first.video;
  const { sampleRate, channels } = first.audio;
  const tables: Record<TrackName, TrackTable> = {
    video: {
      track: { kind: 'video', timescale: VIDEO_TIMESCALE, codec, width, height, configuration: new Uint8Array() },
      table: new SampleTable(),
    },
    audio: {
      track: { kind: 'audio', timescale: sampleRate, codec: 'mp4a.40.2', channels },
      table: new SampleTable(),
    },
  };
  const entries = new Map<string, Buffer>();
  for (const { track, file, section } of pieces) {
    const init = sections.get(section)?.[track].init ?? '';
    const entry = entries.get(init) ?? readSampleEntry(await load(storage, `${folder}/${init}`));
    entries.set(init, entry);
    const fragments = readFragments(await load(storage, `${folder}/${file}`));
    const samples = fragments.flatMap((fragment) => fragment.samples);
    tables[track].table.add(entry, fragments[0]?.decodeTime ?? 0, samples);
  }
  return tables;
}

function movie(tracks: readonly (TrackTable & { readonly offsets: readonly number[] })[]): Buffer {
  const startOf = ({ track, table }: TrackTable) => table.start / track.timescale;
  const begin = Math.min(...tracks.map(startOf));
  const boxes = tracks.map(({ track, table, offsets }, index) => {
    const delay = Math.round((startOf({ track, table }) - begin) * MOVIE_TIMESCALE);
    const length = Math.round((table.duration / track.timescale) * MOVIE_TIMESCALE);
    return {
      end: delay + length,
      box: trackBox({
        trackId: index + 1,
        track,
        movieDuration: delay + length,
        duration: table.duration,
        ...(delay > 0 ? { edits: edits(delay, length) } : {}),
        sampleTable: table.toBox(offsets, track.kind === 'video'),
      }),
    };
  });
  const duration = Math.max(...boxes.map(({ end }) => end));
  return box('moov', movieHeader(MOVIE_TIMESCALE, duration, tracks.length + 1), ...boxes.map((one) => one.box));
}

/** The track begins later than the other one: an empty edit, then all of it. */
function edits(delay: number, length: number): Buffer {
  const nothing = Buffer.concat([uint64(delay), Buffer.alloc(8, 0xff), uint16(1, 0)]);
  const everything = Buffer.concat([uint64(length), uint64(0), uint16(1, 0)]);
  return box('edts', fullBox('elst', 1, 0, uint32(2), nothing, everything));
}

async function* copy(
  storage: SegmentStorage,
  folder: string,
  header: Buffer,
  pieces: readonly Piece[],
): AsyncGenerator<Uint8Array> {
  yield header;
  for (const { file } of pieces) {
    const segment = await load(storage, `${folder}/${file}`);
    for (const { dataStart, dataEnd } of readFragments(segment)) yield segment.subarray(dataStart, dataEnd);
  }
}

async function load(storage: SegmentStorage, key: string): Promise<Buffer> {
  const bytes = await readWhole(storage, key);
  if (bytes === null) throw new Error(`${key} is not in the storage`);
  return bytes;
}
