import type { types } from 'mediasoup';
import type { ParticipantId } from '../../../../src/protocol/index.ts';

/** The shortest that mediasoup measures over; four reports a second. */
const LEVEL_INTERVAL_MS = 250;
/** Below is the noise of a room. Decibels relative to full scale. */
const AUDIBLE_LEVEL = -60;
/** More than anyone tells apart. */
const MAX_SPEAKERS = 16;

export type Level = readonly [ParticipantId, number];

/** What a router hears, for those who merge it with what others hear. `source` tells the routers apart. */
export interface SpeakerReports {
  /** All who are audible now; empty when none is. */
  heard(source: object, levels: readonly Level[]): void;
  /** Who leads the talk among those of this router, silent or not. */
  led(source: object, participantId: ParticipantId): void;
}

/** Listens to the microphones published on one router, from the first on. */
export class RouterSpeakers {
  readonly #router: types.Router;
  readonly #reports: SpeakerReports;
  readonly #participants = new Map<string, ParticipantId>();
  #observers: Promise<readonly types.RtpObserver[]> | undefined;

  constructor(router: types.Router, reports: SpeakerReports) {
    this.#router = router;
    this.#reports = reports;
  }

  /** Failing means that the microphone or the router is gone, which is told elsewhere. */
  async listen(participantId: ParticipantId, microphone: types.Producer): Promise<void> {
    this.#participants.set(microphone.id, participantId);
    microphone.observer.once('close', () => this.#participants.delete(microphone.id));
    this.#observers ??= Promise.all([this.#observeLevels(), this.#observeLead()]);
    const observers = await this.#observers;
    await Promise.all(observers.map((observer) => observer.addProducer({ producerId: microphone.id })));
  }

  async #observeLevels(): Promise<types.RtpObserver> {
    const observer = await this.#router.createAudioLevelObserver({
      interval: LEVEL_INTERVAL_MS,
      threshold: AUDIBLE_LEVEL,
      maxEntries: MAX_SPEAKERS,
    });
    observer.on('volumes', (volumes) => {
      const levels = volumes.flatMap(({ producer, volume }) => {
        const participantId = this.#participants.get(producer.id);
        return participantId === undefined ? [] : [[participantId, volume] as const];
      });
      this.#reports.heard(this, levels);
    });
    observer.on('silence', () => this.#reports.heard(this, []));
    return observer;
  }

  async #observeLead(): Promise<types.RtpObserver> {
    const observer = await this.#router.createActiveSpeakerObserver({ interval: LEVEL_INTERVAL_MS });
    observer.on('dominantspeaker', ({ producer }) => {
      const participantId = this.#participants.get(producer.id);
      if (participantId !== undefined) this.#reports.led(this, participantId);
    });
    return observer;
  }
}
