import type { RungName } from '../ladder.ts';
import type { Track, VideoTrack } from './mp4/track.ts';

/** What is recorded, and can be rewound to. */
export type TrackName = 'video' | 'audio';
export const TRACK_NAMES: readonly TrackName[] = ['video', 'audio'];
/** What has a playlist of its own: smaller renditions of the picture are live alone. */
export type RenditionName = TrackName | RungName;

/** A file as players ask for it: below the room's address. */
export interface MediaFile {
  readonly path: string;
  readonly data: Uint8Array;
}

/** A stretch of a stream in which nothing about the coding changes; a discontinuity stands before it. */
export interface Section {
  readonly tracks: Readonly<Record<TrackName, Track> & Partial<Record<RungName, VideoTrack>>>;
  /** What EXT-X-MAP names. */
  readonly inits: Readonly<Record<TrackName, MediaFile> & Partial<Record<RungName, MediaFile>>>;
  /** What its encoders aim at, where that is known. Bits a second. */
  readonly bitrates: Readonly<Partial<Record<RenditionName, number>>>;
  /** The picture is no camera's, but stands in for one: the stream is sound alone. */
  readonly audioOnly: boolean;
}

/** A partial segment. */
export interface Part extends MediaFile {
  /** Seconds. */
  readonly duration: number;
  /** Holds a key frame. */
  readonly independent: boolean;
}

/** A segment of one rendition, which grows by parts until it is complete. */
export class Segment {
  readonly track: RenditionName;
  readonly path: string;
  readonly section: Section;
  /** The programme's time at its first sample. Milliseconds since the epoch. */
  readonly startsAt: number;
  /** The same on the clock of the media. Seconds. */
  readonly mediaTime: number;
  #parts: readonly Part[] = [];
  #data: Uint8Array | null = null;

  constructor(track: RenditionName, path: string, section: Section, startsAt: number, mediaTime: number) {
    this.track = track;
    this.path = path;
    this.section = section;
    this.startsAt = startsAt;
    this.mediaTime = mediaTime;
  }

  get parts(): readonly Part[] {
    return this.#parts;
  }

  /** Seconds. */
  get duration(): number {
    return this.#parts.reduce((sum, { duration }) => sum + duration, 0);
  }

  get isComplete(): boolean {
    return this.#data !== null;
  }

  get byteLength(): number {
    return this.#parts.reduce((sum, { data }) => sum + data.byteLength, 0);
  }

  /** The whole file; only of a complete segment. */
  get data(): Uint8Array {
    if (this.#data === null) throw new Error(`${this.path} is not complete`);
    return this.#data;
  }

  add(part: Part): void {
    this.#parts = [...this.#parts, part];
  }

  complete(): void {
    const data = Buffer.concat(this.#parts.map((part) => part.data));
    let offset = 0;
    // Parts become views of the whole, so that memory holds the bytes once.
    this.#parts = this.#parts.map((part) => {
      const start = offset;
      offset += part.data.byteLength;
      return { ...part, data: data.subarray(start, offset) };
    });
    this.#data = data;
  }
}

/** Takes what a packager has cut, in its order. */
export interface SegmentOutput {
  /** Its init segments are needed from now on. */
  sectionBegan(section: Section): void;
  segmentBegan(segment: Segment): void;
  partAdded(segment: Segment, part: Part): void;
  segmentCompleted(segment: Segment): void;
}
