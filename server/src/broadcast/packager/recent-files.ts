import type { Part, RenditionName, Section, Segment, SegmentOutput } from './segment.ts';

interface Kept {
  readonly path: string;
  readonly parts: readonly string[];
}

/** The newest files of a stream, in memory: what low-latency players ask for never waits for a disk. */
export class RecentFiles implements SegmentOutput {
  readonly #segmentsKept: number;
  readonly #files = new Map<string, Uint8Array>();
  readonly #segments = new Map<RenditionName, Kept[]>();

  /** `segmentsKept`: of each rendition. */
  constructor(segmentsKept: number) {
    this.#segmentsKept = segmentsKept;
  }

  get(path: string): Uint8Array | undefined {
    return this.#files.get(path);
  }

  sectionBegan({ inits }: Section): void {
    for (const { path, data } of Object.values(inits)) this.#files.set(path, data);
  }

  segmentBegan(): void {}

  partAdded(_segment: Segment, { path, data }: Part): void {
    this.#files.set(path, data);
  }

  segmentCompleted({ track, path, data, parts }: Segment): void {
    for (const part of parts) this.#files.set(part.path, part.data);
    this.#files.set(path, data);
    const kept = this.#segments.get(track) ?? [];
    this.#segments.set(track, kept);
    kept.push({ path, parts: parts.map((part) => part.path) });
    while (kept.length > this.#segmentsKept) {
      const oldest = kept.shift();
      if (oldest) for (const file of [oldest.path, ...oldest.parts]) this.#files.delete(file);
    }
  }
}
