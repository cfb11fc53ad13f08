import type { EncodedSink } from '../encoded-media.ts';
import { AirRun, type Air } from './air-run.ts';

/** Where one source hands over what it makes. */
export interface AirInput {
  readonly sink: EncodedSink;
  /** Nothing of it goes on the air any more. */
  close(): void;
}

/**
 * Has one source on the air at a time. The next one rehearses beside it, and takes over with a key frame when it goes
 * steadily and what is on the air has got there: nothing of the programme is missing, and nothing is shown twice.
 */
export class AirSwitch {
  readonly #air: Air;

  /** `now`: milliseconds since the epoch, by which sources stamp what they make. */
  constructor(sink: EncodedSink, now: () => number) {
    this.#air = { sink, now, current: null, rehearsing: new Set() };
  }

  /** `handleOnAir` is called each time the source takes over. */
  open(handleOnAir: () => void): AirInput {
    const air = this.#air;
    let last: AirRun | null = null;
    const leave = (): void => {
      if (last !== null) air.rehearsing.delete(last);
    };
    return {
      sink: {
        begin: (format, startedAt) => {
          // A source goes on by itself where it is on the air: it was still, or its camera is another.
          const isAwaited = air.current === null || air.current === last;
          leave();
          last = new AirRun({ air, format, startedAt, isAwaited, handleOnAir });
          return last;
        },
      },
      close: leave,
    };
  }
}
