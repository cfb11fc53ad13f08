import type { EncodedVideo } from '../encoded-media.ts';
import type { RungName } from '../ladder.ts';
import { readAnnexB } from './h264/annex-b.ts';
import { describeVideo } from './h264/decoder-configuration.ts';
import { VIDEO_TIMESCALE, type VideoTrack } from './mp4/track.ts';
import type { Section } from './segment.ts';
import type { TrackPackager } from './track-packager.ts';

/** No part is longer. Microseconds. */
const LONGEST_STILL_US = 200_000;

/** Between the clock of a run, in microseconds, and those that files are stamped by. */
export interface RunTimes {
  /** Ticks of the stream's timeline. */
  toTicks(timestampUs: number, timescale: number): number;
  /** Milliseconds since the epoch. */
  toEpoch(timestampUs: number): number;
}

interface Frame {
  readonly data: Uint8Array;
  readonly keyFrame: boolean;
  readonly timestampUs: number;
}

/** Packages a smaller rendition of a run; the largest decides where its segments end, so that players may go over there. */
export class RungPackager {
  readonly name: RungName;
  readonly #packager: TrackPackager;
  readonly #times: RunTimes;
  readonly #queue: Frame[] = [];
  /** Where segments end. Microseconds. */
  readonly #boundaries: number[] = [];
  #track: VideoTrack | null = null;
  #originUs: number | null = null;
  /** Held back until the next one tells how long it is shown. */
  #pending: Frame | null = null;

  constructor(name: RungName, packager: TrackPackager, times: RunTimes) {
    this.name = name;
    this.#packager = packager;
    this.#times = times;
  }

  /** What it is, once its first key frame has come. */
  get track(): VideoTrack | null {
    return this.#track;
  }

  add({ data: bytes, timestampUs, keyFrame }: EncodedVideo): void {
    const { data, parameters } = readAnnexB(bytes);
    if (keyFrame && parameters !== null) this.#track ??= describeVideo(parameters);
    if (this.#track !== null) this.#queue.push({ data, keyFrame, timestampUs });
  }

  begin(section: Section, originUs: number): void {
    this.#originUs = originUs;
    this.#packager.begin(section);
  }

  endSegment(atUs: number): void {
    this.#boundaries.push(atUs);
  }

  /** Packages up to a time, itself included, of which is known where segments end. */
  drain(untilUs: number): void {
    const originUs = this.#originUs;
    if (originUs === null) return;
    for (let frame = this.#queue[0]; frame && frame.timestampUs <= untilUs; frame = this.#queue[0]) {
      this.#queue.shift();
      if (frame.timestampUs < originUs) continue;
      this.#flushPending(frame.timestampUs);
      for (
        let atUs = this.#boundaries[0];
        atUs !== undefined && atUs <= frame.timestampUs;
        atUs = this.#boundaries[0]
      ) {
        this.#boundaries.shift();
        this.#packager.endSegment();
      }
      this.#pending = frame;
    }
  }

  end(atUs: number): void {
    this.drain(atUs);
    // What the encoder has not got to is left out: the picture before it stays until there at most.
    const untilUs = this.#boundaries[0] ?? atUs;
    this.#flushPending(Math.min(untilUs, (this.#pending?.timestampUs ?? 0) + LONGEST_STILL_US));
    this.#packager.endSegment();
  }

  #flushPending(untilUs: number): void {
    if (this.#pending === null) return;
    const { data, keyFrame, timestampUs } = this.#pending;
    this.#pending = null;
    const time = this.#times.toTicks(timestampUs, VIDEO_TIMESCALE);
    const duration = this.#times.toTicks(untilUs, VIDEO_TIMESCALE) - time;
    this.#packager.add({ data, duration, keyFrame }, time, this.#times.toEpoch(timestampUs));
  }
}
