import { box, fullBox, uint32, uint32List, uint64 } from './box.ts';
import type { StoredSample } from './read-fragments.ts';

/** A run of samples that stand together in the file. */
interface Chunk {
  readonly samples: number;
  readonly bytes: number;
  readonly description: number;
}

/** Collects where the samples of one track are, when they are shown and how they are coded (ISO/IEC 14496-12, 8.5). */
export class SampleTable {
  readonly #descriptions: Uint8Array[] = [];
  readonly #chunks: Chunk[] = [];
  readonly #sizes: number[] = [];
  readonly #durations: number[] = [];
  readonly #keyFrames: number[] = [];
  #start: number | null = null;
  #end = 0;

  /** Of the first sample, in ticks of the track. */
  get start(): number {
    return this.#start ?? 0;
  }

  /** In ticks of the track. */
  get duration(): number {
    return this.#end - this.start;
  }

  get isEmpty(): boolean {
    return this.#sizes.length === 0;
  }

  get chunks(): readonly Chunk[] {
    return this.#chunks;
  }

  /** Samples of one segment of the same coding; a hole before them is made part of the sample before. */
  add(entry: Uint8Array, decodeTime: number, samples: readonly StoredSample[]): void {
    if (samples.length === 0) return;
    this.#start ??= decodeTime;
    const last = this.#durations.length - 1;
    const shift = this.#sizes.length === 0 ? 0 : decodeTime - this.#end;
    if (last >= 0) {
      const stretched = Math.max(0, (this.#durations[last] ?? 0) + shift);
      this.#end += stretched - (this.#durations[last] ?? 0);
      this.#durations[last] = stretched;
    }
    for (const { size, duration, keyFrame } of samples) {
      this.#sizes.push(size);
      this.#durations.push(duration);
      if (keyFrame) this.#keyFrames.push(this.#sizes.length);
      this.#end += this.#sizes.length === 1 ? decodeTime + duration : duration;
    }
    const bytes = samples.reduce((sum, { size }) => sum + size, 0);
    this.#chunks.push({ samples: samples.length, bytes, description: this.#describe(entry) });
  }

  /** `stbl`. `offsets`: where each chunk begins in the file. */
  toBox(offsets: readonly number[], isVideo: boolean): Buffer {
    const allKeyFrames = this.#keyFrames.length === this.#sizes.length;
    return box(
      'stbl',
      fullBox('stsd', 0, 0, uint32(this.#descriptions.length), ...this.#descriptions),
      fullBox('stts', 0, 0, countRuns(this.#durations)),
      ...(isVideo && !allKeyFrames
        ? [fullBox('stss', 0, 0, uint32(this.#keyFrames.length), uint32List(this.#keyFrames))]
        : []),
      fullBox('stsc', 0, 0, this.#samplesToChunks()),
      fullBox('stsz', 0, 0, uint32(0, this.#sizes.length), uint32List(this.#sizes)),
      // Offsets of eight bytes whatever the size, so that the header is as long before they are known.
      fullBox('co64', 0, 0, uint32(offsets.length), Buffer.concat(offsets.map(uint64))),
    );
  }

  #describe(entry: Uint8Array): number {
    const known = this.#descriptions.findIndex((one) => Buffer.compare(one, entry) === 0);
    if (known >= 0) return known + 1;
    this.#descriptions.push(entry);
    return this.#descriptions.length;
  }

  #samplesToChunks(): Buffer {
    const entries: number[] = [];
    this.#chunks.forEach(({ samples, description }, index) => {
      const before = this.#chunks[index - 1];
      if (before?.samples !== samples || before.description !== description)
        entries.push(index + 1, samples, description);
    });
    return Buffer.concat([uint32(entries.length / 3), uint32List(entries)]);
  }
}

function countRuns(values: readonly number[]): Buffer {
  const entries: number[] = [];
  for (const value of values) {
    if (entries.at(-1) === value) entries[entries.length - 2] = (entries[entries.length - 2] ?? 0) + 1;
    else entries.push(1, value);
  }
  return Buffer.concat([uint32(entries.length / 2), uint32List(entries)]);
}
