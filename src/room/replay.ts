import type { EventFrame } from '../protocol/index.ts';

/** An event of the room, with its place in the recording. */
type RecordedEvent = EventFrame & {
  /** From the beginning of what plays. Milliseconds. */
  readonly offset: number;
};

interface ReplayParts {
  /** It happens now. */
  readonly handle: (event: EventFrame) => void;
  /** All that has happened by now, in place of what was told before. */
  readonly restart: (past: readonly EventFrame[]) => void;
}

/** Who goes on farther than this at once has not seen what lies between. Milliseconds. */
const JUMP_MS = 5_000;

/** Lets what happened in a room happen again, as far as the viewer has got; going back takes it back. */
export class Replay {
  readonly #parts: ReplayParts;
  #events: readonly RecordedEvent[] = [];
  #next = 0;
  #position = 0;

  constructor(parts: ReplayParts) {
    this.#parts = parts;
  }

  /** What has happened by now. */
  get past(): readonly EventFrame[] {
    return this.#events.slice(0, this.#next);
  }

  /** `lines`: JSON lines in the order of time; what cannot be read is left out. */
  load(lines: string): void {
    this.#events = lines.split('\n').flatMap(readLine);
    this.#jump();
  }

  /** Milliseconds from the beginning. */
  moveTo(position: number): void {
    const by = position - this.#position;
    this.#position = position;
    if (by < 0 || by > JUMP_MS) this.#jump();
    else
      for (let event = this.#upcoming; event; event = this.#upcoming) {
        this.#next += 1;
        this.#parts.handle(event);
      }
  }

  get #upcoming(): RecordedEvent | undefined {
    const event = this.#events[this.#next];
    return event && event.offset <= this.#position ? event : undefined;
  }

  #jump(): void {
    const next = this.#events.findIndex(({ offset }) => offset > this.#position);
    this.#next = next < 0 ? this.#events.length : next;
    this.#parts.restart(this.past);
  }
}

function readLine(line: string, index: number): RecordedEvent[] {
  try {
    const event: RecordedEvent = JSON.parse(line);
    if (typeof event.offset !== 'number' || typeof event.name !== 'string') return [];
    return [{ ...event, type: 'event', seq: index + 1 }];
  } catch {
    return [];
  }
}
