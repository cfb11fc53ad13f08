import { readWhole, type SegmentStorage } from '../../storage/segment-storage.ts';
import { box, fullBox, letters, uint16, uint32, uint64 } from '../mp4/box.ts';
import { fileType, movieHeader, trackBox } from '../mp4/movie.ts';
import {
  readFragments,
  readParameterSets,
  readSampleEntry,
  withSetsInSamples,
  type StoredSample,
} from '../mp4/read-fragments.ts';
import { SampleTable } from '../mp4/sample-table.ts';
import { VIDEO_TIMESCALE, type Track } from '../mp4/track.ts';
import { TRACK_NAMES, type TrackName } from '../segment.ts';
import type { SegmentRecord } from './journal.ts';
import type { RecordedStream } from './recorded-playlists.ts';

const MOVIE_TIMESCALE = 1_000;
const LARGE_BOX_HEADER = 16;

type Piece = Pick<SegmentRecord, 'track' | 'file' | 'section'>;

/** What stands in front of each key frame of a piece; nothing where the track has one encoder all along. */
type ReadPrefix = (piece: Piece) => Buffer | null;

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
  const entries = await readEntries(storage, folder, stream, pieces);
  const prefixOf = chooseParameterSets(entries.video);
  const tables = await readTables(storage, folder, stream, { pieces, entries, prefixOf });
  const shown = TRACK_NAMES.filter((track) => !tables[track].table.isEmpty);
  const ordered = pieces.filter(({ track }) => shown.includes(track));
  const chunkSizes = { video: [...tables.video.table.chunks], audio: [...tables.audio.table.chunks] };
  const dataSize = TRACK_NAMES.flatMap((track) => chunkSizes[track]).reduce((sum, { bytes }) => sum + bytes, 0);
  const start = fileType('isom', 'isom', 'iso6', 'mp41');

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
  await storage.writeStream(`${folder}/${name}`, size, copy({ storage, folder, header, pieces: ordered, prefixOf }));
  return size;
}

type Entries = Readonly<Record<TrackName, ReadonlyMap<number, Buffer>>>;

/** How each track is coded, by section. */
async function readEntries(
  storage: SegmentStorage,
  folder: string,
  { sections }: RecordedStream,
  pieces: readonly Piece[],
): Promise<Entries> {
  const entries = { video: new Map<number, Buffer>(), audio: new Map<number, Buffer>() };
  for (const { track, section } of pieces) {
    if (entries[track].has(section)) continue;
    const init = sections.get(section)?.[track].init ?? '';
    entries[track].set(section, readSampleEntry(await load(storage, `${folder}/${init}`)));
  }
  return entries;
}

/**
 * Where the encoder changed, browsers go by the first description of the track alone: the parameter sets then stand in
 * the samples, in front of every key frame, so that one may seek past the change as well.
 */
function chooseParameterSets(entries: ReadonlyMap<number, Buffer>): ReadPrefix {
  const isChanged = new Set(Array.from(entries.values(), (entry) => entry.toString('base64'))).size > 1;
  const sets = new Map(Array.from(entries, ([section, entry]) => [section, readParameterSets(entry)]));
  return ({ track, section }) => (isChanged && track === 'video' ? (sets.get(section) ?? null) : null);
}

const lengthen = (sample: StoredSample, prefix: Buffer | null): StoredSample =>
  prefix !== null && sample.keyFrame ? { ...sample, size: sample.size + prefix.byteLength } : sample;

async function readTables(
  storage: SegmentStorage,
  folder: string,
  { sections }: RecordedStream,
  { pieces, entries, prefixOf }: { pieces: readonly Piece[]; entries: Entries; prefixOf: ReadPrefix },
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
  const [firstVideo] = entries.video.values();
  for (const piece of pieces) {
    const { track, file, section } = piece;
    const prefix = prefixOf(piece);
    const own = entries[track].get(section) ?? Buffer.alloc(0);
    const entry = prefix === null ? own : withSetsInSamples(firstVideo ?? own);
    const fragments = readFragments(await load(storage, `${folder}/${file}`));
    const samples = fragments.flatMap((fragment) => fragment.samples).map((sample) => lengthen(sample, prefix));
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

interface Copy {
  readonly storage: SegmentStorage;
  readonly folder: string;
  readonly header: Buffer;
  readonly pieces: readonly Piece[];
  readonly prefixOf: ReadPrefix;
}

async function* copy({ storage, folder, header, pieces, prefixOf }: Copy): AsyncGenerator<Uint8Array> {
  yield header;
  for (const piece of pieces) {
    const segment = await load(storage, `${folder}/${piece.file}`);
    const prefix = prefixOf(piece);
    for (const { dataStart, dataEnd, samples } of readFragments(segment)) {
      if (prefix === null) {
        yield segment.subarray(dataStart, dataEnd);
        continue;
      }
      let offset = dataStart;
      for (const { size, keyFrame } of samples) {
        if (keyFrame) yield prefix;
        yield segment.subarray(offset, offset + size);
        offset += size;
      }
    }
  }
}

async function load(storage: SegmentStorage, key: string): Promise<Buffer> {
  const bytes = await readWhole(storage, key);
  if (bytes === null) throw new Error(`${key} is not in the storage`);
  return bytes;
}
