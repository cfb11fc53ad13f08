import type { JournalRecord } from '../packager/recording/journal.ts';
import type { Segment, SegmentOutput } from '../packager/segment.ts';

/** When a segment of the picture is shown. */
export interface SegmentTime {
  /** On the programme's clock. Milliseconds since the epoch. */
  readonly startsAt: number;
  readonly durationMs: number;
  /** On the clock of the media. Milliseconds. */
  readonly mediaMs: number;
}

/** All segments of a broadcast's picture, by the number in their name: captions are cut where they are. */
export class SegmentTimes implements SegmentOutput {
  readonly #times = new Map<string, SegmentTime>();

  /** As they were noted: of a broadcast that is over. */
  static ofJournal(records: readonly JournalRecord[]): SegmentTimes {
    const times = new SegmentTimes();
    for (const record of records)
      if (record.kind === 'segment' && record.track === 'video' && record.mediaTime !== undefined)
        times.#add(record.file, record.startsAt, record.duration, record.mediaTime);
    return times;
  }

  find(number: string): SegmentTime | null {
    return this.#times.get(number) ?? null;
  }

  sectionBegan(): void {}

  segmentBegan(): void {}

  partAdded(): void {}

  segmentCompleted({ track, path, startsAt, duration, mediaTime }: Segment): void {
    if (track === 'video') this.#add(path, startsAt, duration, mediaTime);
  }

  #add(path: string, startsAt: number, duration: number, mediaTime: number): void {
    const [, number] = /\/(\d+)\.m4s$/.exec(path) ?? [];
    if (number !== undefined)
      this.#times.set(number, { startsAt, durationMs: duration * 1_000, mediaMs: mediaTime * 1_000 });
  }
}
