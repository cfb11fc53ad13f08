import type {
  EventData,
  EventFrame,
  EventName,
  ReplyFrame,
  ServerFrame,
  SignalData,
  SignalName,
} from '../../../src/protocol/index.ts';
import { encodeTextFrame } from '../ws/frame.ts';
import type { Clock } from './clock.ts';
import { EventLog } from './event-log.ts';
import type { Link } from './link.ts';
import type { RoomMetrics } from './metrics.ts';

export interface ChannelOptions {
  readonly clock: Clock;
  readonly metrics: RoomMetrics;
  /** Events kept for those who come back. */
  readonly replayedEvents: number;
}

/** Time between two writes to everyone, by how many that is: writing to one takes some microseconds. Milliseconds. */
const PACE_MS_PER_LINK = 0.025;
/** Below this nobody waits. */
const LEAST_PACE_MS = 20;
const MOST_PACE_MS = 100;

function paceOf(links: number): number {
  const paceMs = Math.min(MOST_PACE_MS, links * PACE_MS_PER_LINK);
  return paceMs < LEAST_PACE_MS ? 0 : paceMs;
}

export const encodeFrame = (frame: ServerFrame): Buffer => encodeTextFrame(JSON.stringify(frame));

/**
 * What a room says, in one order for all. A frame is serialised once; all that one turn of the event loop brings is
 * joined, so that a socket is written to once however much was said. To a crowd, more is joined: what comes within some tens of
 * milliseconds of the last writing waits for the next ([N6]). Each client reads everything in the order in which it was said: a
 * reply after the events of its effect, and before what it does not know of yet.
 */
export class Channel {
  readonly #clock: Clock;
  readonly #metrics: RoomMetrics;
  readonly #log: EventLog;
  readonly #links = new Set<Link>();
  #frames: Buffer[] = [];
  /** What is for one client alone, and how many of the frames come before it. */
  #replies = new Map<Link, { readonly before: number; readonly frame: Buffer }[]>();
  #afterTurn: (() => void)[] = [];
  #scheduled = false;
  /** When everyone was last written to. */
  #toldAt = -Infinity;
  #cancelTelling: (() => void) | null = null;

  constructor({ clock, metrics, replayedEvents }: ChannelOptions) {
    this.#clock = clock;
    this.#metrics = metrics;
    this.#log = new EventLog(replayedEvents);
  }

  /** Number of the last event. */
  get seq(): number {
    return this.#log.last;
  }

  /** Numbers an event and tells it to everyone ([N1]). */
  publish<N extends EventName>(name: N, data: EventData<N>): void {
    const at = this.#clock.now();
    const frame = this.#log.append((seq) =>
      encodeFrame({ type: 'event', seq, at, name, data } satisfies EventFrame<N>),
    );
    this.#metrics.eventPublished(name, this.#links.size);
    this.#broadcast(frame);
  }

  /** Tells everyone something fleeting ([N2]). */
  signal<N extends SignalName>(name: N, data: SignalData<N>): void {
    this.#broadcast(encodeFrame({ type: 'signal', at: this.#clock.now(), name, data }));
  }

  /** Tells one client something fleeting. */
  signalTo<N extends SignalName>(link: Link, name: N, data: SignalData<N>): void {
    this.#send(link, encodeFrame({ type: 'signal', at: this.#clock.now(), name, data }));
  }

  /** Tells some something fleeting; it is serialised once. */
  signalToAll<N extends SignalName>(links: Iterable<Link>, name: N, data: SignalData<N>): void {
    const frame = encodeFrame({ type: 'signal', at: this.#clock.now(), name, data });
    for (const link of links) this.#send(link, frame);
  }

  reply(link: Link, reply: ReplyFrame): void {
    this.#send(link, encodeFrame(reply));
  }

  /** Frames of the events after `seq`, or `null` where a snapshot is due ([R3]). */
  missedSince(seq: number): readonly Buffer[] | null {
    return this.#log.since(seq);
  }

  /** From here on `link` hears everything; `opening` is written first, right after all that was said before. */
  attach(link: Link, opening: readonly Buffer[]): void {
    this.flush();
    link.open(opening);
    this.#links.add(link);
  }

  detach(link: Link): void {
    this.#links.delete(link);
  }

  /** Runs once everything that this turn of the event loop brings is written. */
  afterTurn(run: () => void): void {
    this.#afterTurn.push(run);
    this.#schedule();
  }

  /** Writes what is waiting. */
  flush(): void {
    this.#cancelTelling?.();
    this.#cancelTelling = null;
    const frames = this.#frames;
    const replies = this.#replies;
    if (replies.size > 0) this.#replies = new Map();
    if (frames.length > 0) {
      this.#frames = [];
      this.#toldAt = this.#clock.now();
      const bytes = join(frames);
      for (const link of this.#links) if (!replies.has(link)) link.write(bytes);
    }
    for (const [link, own] of replies) {
      // A client that has not come in yet, or has gone, has its replies alone.
      link.write(join(this.#links.has(link) ? interleave(frames, own) : own.map(({ frame }) => frame)));
    }
  }

  #broadcast(frame: Buffer): void {
    if (this.#links.size === 0) return;
    this.#frames.push(frame);
    this.#schedule();
  }

  #send(link: Link, frame: Buffer): void {
    const own = this.#replies.get(link);
    const reply = { before: this.#frames.length, frame };
    if (own) own.push(reply);
    else this.#replies.set(link, [reply]);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#endTurn();
    });
  }

  #endTurn(): void {
    const isPatient = this.#frames.length > 0 && this.#afterTurn.length === 0;
    const waitMs = isPatient ? this.#toldAt + paceOf(this.#links.size) - this.#clock.now() : 0;
    if (waitMs > 0) this.#cancelTelling ??= this.#clock.after(waitMs, () => this.flush());
    else this.flush();
    for (const run of this.#afterTurn.splice(0)) run();
  }
}

function join(frames: readonly Buffer[]): Buffer {
  const [first] = frames;
  return first && frames.length === 1 ? first : Buffer.concat(frames);
}

function interleave(
  frames: readonly Buffer[],
  own: readonly { readonly before: number; readonly frame: Buffer }[],
): Buffer[] {
  const all: Buffer[] = [];
  let written = 0;
  for (const { before, frame } of own) {
    all.push(...frames.slice(written, before), frame);
    written = before;
  }
  all.push(...frames.slice(written));
  return all;
}
