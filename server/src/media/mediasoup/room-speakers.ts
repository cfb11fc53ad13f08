import type { ParticipantId } from '../../../../src/protocol/index.ts';
import type { RoomMediaObserver } from '../media.ts';
import type { Level, SpeakerReports } from './router-speakers.ts';

/** Five reports a second at most, however many routers report. */
const REPORT_INTERVAL_MS = 200;
/** A pause for breath is shorter. */
const SILENCE_MS = 1_500;
/** How much louder another leader must be to take over. Decibels. */
const TAKE_OVER_BY = 6;

/** Merges what the routers of a room hear into its levels and its one active speaker. */
export class RoomSpeakers implements SpeakerReports {
  readonly #observer: Pick<RoomMediaObserver, 'levelsMeasured' | 'activeSpeakerChanged'>;
  readonly #levels = new Map<object, readonly Level[]>();
  readonly #leaders = new Map<object, ParticipantId>();
  #active: ParticipantId | null = null;
  #quiet = true;
  #reportedAtMs = 0;
  #reporting: NodeJS.Timeout | undefined;
  #silencing: NodeJS.Timeout | undefined;

  constructor(observer: Pick<RoomMediaObserver, 'levelsMeasured' | 'activeSpeakerChanged'>) {
    this.#observer = observer;
  }

  heard(source: object, levels: readonly Level[]): void {
    if (levels.length > 0) this.#levels.set(source, levels);
    else this.#levels.delete(source);
    this.#scheduleReport();
  }

  led(source: object, participantId: ParticipantId): void {
    this.#leaders.set(source, participantId);
    this.#scheduleReport();
  }

  /** A router is gone. */
  forgetSource(source: object): void {
    this.#leaders.delete(source);
    this.#levels.delete(source);
  }

  /** Their microphone is gone. */
  forgetParticipant(participantId: ParticipantId): void {
    for (const [source, leader] of this.#leaders) if (leader === participantId) this.#leaders.delete(source);
    for (const [source, levels] of this.#levels) {
      this.#levels.set(
        source,
        levels.filter(([id]) => id !== participantId),
      );
    }
    if (this.#active === participantId) this.#activate(null);
  }

  close(): void {
    clearTimeout(this.#reporting);
    clearTimeout(this.#silencing);
    this.#levels.clear();
    this.#leaders.clear();
  }

  #scheduleReport(): void {
    if (this.#reporting !== undefined) return;
    const delayMs = this.#reportedAtMs + REPORT_INTERVAL_MS - performance.now();
    if (delayMs <= 0) return this.#report();
    this.#reporting = setTimeout(() => this.#report(), delayMs);
  }

  #report(): void {
    this.#reporting = undefined;
    this.#reportedAtMs = performance.now();
    const levels = [...this.#levels.values()].flat().toSorted((a, b) => b[1] - a[1]);
    const quiet = levels.length === 0;
    // Silence is told once, so that rings go out.
    if (!quiet || !this.#quiet) this.#observer.levelsMeasured(levels);
    this.#quiet = quiet;
    this.#chooseActive(levels);
  }

  #chooseActive(levels: readonly Level[]): void {
    if (levels.length === 0) {
      if (this.#active !== null) this.#silencing ??= setTimeout(() => this.#activate(null), SILENCE_MS);
      return;
    }
    clearTimeout(this.#silencing);
    this.#silencing = undefined;
    // A router names its leader even in silence, so only those heard now are asked.
    const leaders = new Set(this.#leaders.values());
    const [loudest, ...others] = levels.filter(([id]) => leaders.has(id));
    if (loudest === undefined) return;
    const present = others.find(([id]) => id === this.#active);
    if (present === undefined || loudest[1] >= present[1] + TAKE_OVER_BY) this.#activate(loudest[0]);
  }

  #activate(participantId: ParticipantId | null): void {
    clearTimeout(this.#silencing);
    this.#silencing = undefined;
    if (participantId === this.#active) return;
    this.#active = participantId;
    this.#observer.activeSpeakerChanged(participantId);
  }
}
