import { fragment } from './mp4/fragment.ts';
import type { Sample } from './mp4/track.ts';
import type { CuttingLimits } from './packager-options.ts';
import { Segment, type Section, type SegmentOutput, type RenditionName } from './segment.ts';

interface TrackPackagerOptions {
  readonly track: RenditionName;
  /** Where the track's files stand, below the room's address. */
  readonly folder: string;
  readonly limits: CuttingLimits;
  readonly output: SegmentOutput;
}

/** Puts the samples of one track into parts and those into segments. When a segment ends, others decide. */
export class TrackPackager {
  readonly #options: TrackPackagerOptions;
  #section: Section | null = null;
  #segment: Segment | null = null;
  #segments = 0;
  #parts = 0;
  #samples: Sample[] = [];
  #partStart = 0;
  #partDuration = 0;

  constructor(options: TrackPackagerOptions) {
    this.#options = options;
  }

  /** Where the open segment has got to, with what is not yet in a part. Seconds. */
  get segmentDuration(): number {
    return (this.#segment?.duration ?? 0) + this.#partDuration / this.#timescale;
  }

  /** What follows belongs to another section. */
  begin(section: Section): void {
    this.endSegment();
    this.#section = section;
  }

  /** `time`: in ticks of the track; `startsAt`: the same in milliseconds since the epoch. */
  add(sample: Sample, time: number, startsAt: number): void {
    const { track, folder, limits, output } = this.#options;
    if (this.#section === null) throw new Error('A sample came before its section');
    const { partTarget, fullPart } = limits;
    const timescale = this.#timescale;
    if ((this.#partDuration + sample.duration) / timescale > partTarget) this.endPart();
    if (this.#segment === null) {
      this.#segment = new Segment(track, `${folder}/${this.#segments}.m4s`, this.#section, startsAt, time / timescale);
      this.#segments += 1;
      output.segmentBegan(this.#segment);
    }
    if (this.#samples.length === 0) this.#partStart = time;
    this.#samples.push(sample);
    this.#partDuration += sample.duration;
    if (this.#partDuration >= Math.floor(fullPart * timescale)) this.endPart();
  }

  endPart(): void {
    if (this.#segment === null || this.#samples.length === 0) return;
    const part = {
      path: this.nextPartPath,
      duration: this.#partDuration / this.#timescale,
      independent: this.#samples.some(({ keyFrame }) => keyFrame),
      data: fragment(this.#parts + 1, this.#partStart, this.#samples),
    };
    this.#parts += 1;
    this.#samples = [];
    this.#partDuration = 0;
    this.#segment.add(part);
    this.#options.output.partAdded(this.#segment, part);
  }

  /** Parts are counted through all segments, so that the name of the next is known before its segment is. */
  get nextPartPath(): string {
    return `${this.#options.folder}/part-${this.#parts}.m4s`;
  }

  endSegment(): void {
    this.endPart();
    const segment = this.#segment;
    if (segment === null) return;
    this.#segment = null;
    segment.complete();
    this.#options.output.segmentCompleted(segment);
  }

  get #timescale(): number {
    return this.#section?.tracks[this.#options.track]?.timescale ?? 1;
  }
}
