import type { types } from 'mediasoup';
import type { ParticipantId } from '../../../../src/protocol/index.ts';
import type { PublishedStream } from './published-stream.ts';

const REPORT_INTERVAL_MS = 1_000;
/** The least score, of mediasoup's 0 to 10, for each quality from 1 up. */
const SCORES_OF_QUALITY = [1, 4, 7, 9];

/** Turns what the SFU thinks of each stream's packets into one quality of each participant, told when it changes. */
export class QualityMeter {
  readonly #report: (qualities: readonly (readonly [ParticipantId, number])[]) => void;
  readonly #streams: () => Iterable<PublishedStream>;
  readonly #reported = new Map<ParticipantId, number>();
  #reporting: NodeJS.Timeout | undefined;

  constructor(
    streams: () => Iterable<PublishedStream>,
    report: (qualities: readonly (readonly [ParticipantId, number])[]) => void,
  ) {
    this.#streams = streams;
    this.#report = report;
  }

  watch(stream: PublishedStream): void {
    if (!isTelling(stream)) return;
    stream.producer.on('score', () => {
      this.#reporting ??= setTimeout(() => this.#measure(), REPORT_INTERVAL_MS);
    });
  }

  forgetParticipant(participantId: ParticipantId): void {
    this.#reported.delete(participantId);
  }

  close(): void {
    clearTimeout(this.#reporting);
  }

  #measure(): void {
    this.#reporting = undefined;
    const qualities = new Map<ParticipantId, number>();
    for (const stream of this.#streams()) {
      const quality = isTelling(stream) ? qualityOf(stream.producer) : undefined;
      if (quality === undefined) continue;
      qualities.set(stream.participantId, Math.min(quality, qualities.get(stream.participantId) ?? quality));
    }
    const changed = [...qualities].filter(([id, quality]) => this.#reported.get(id) !== quality);
    for (const [id, quality] of changed) this.#reported.set(id, quality);
    if (changed.length > 0) this.#report(changed);
  }
}

/** A screen that stands still, or its sound, may send nothing for long and be well. */
function isTelling({ source }: PublishedStream): boolean {
  return source === 'camera' || source === 'microphone';
}

/** 0 to 4 by the best layer that arrives; nothing of one that is muted or has not begun. */
function qualityOf({ paused, score }: types.Producer): number | undefined {
  if (paused || score.length === 0) return undefined;
  const best = Math.max(...score.map((one) => one.score));
  return SCORES_OF_QUALITY.filter((least) => best >= least).length;
}
