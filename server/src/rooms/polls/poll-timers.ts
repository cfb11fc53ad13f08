import { POLL_GRACE_MS, type PollState, type RoomId } from '../../../../src/protocol/index.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import type { Roster } from '../roster.ts';
import { latenessOf } from './ballot.ts';
import type { Poll } from './poll.ts';

/** Longer waits are cut into pieces: a timer takes no more than 24 days. */
const LONGEST_WAIT_MS = 86_400_000;

/** How long to wait for those who watch with a delay; 0 where there are none ([V5]). Milliseconds. */
export function findLatenessMs(roster: Roster): number {
  for (const participant of roster) {
    if (participant.role.watch === 'hls') return latenessOf(participant) + POLL_GRACE_MS;
  }
  return 0;
}

export interface PollTimersOptions {
  readonly roomId: RoomId;
  readonly roster: Roster;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Opens what is scheduled, or closes what is open, unless that is done. */
  readonly comeDue: (poll: Poll, state: PollState) => Promise<void>;
}

/** Opens and closes polls when their time has come. */
export class PollTimers {
  readonly #options: PollTimersOptions;
  #isClosed = false;

  constructor(options: PollTimersOptions) {
    this.#options = options;
  }

  /** Waits for what comes next of a poll, and for nothing else of it. */
  schedule(poll: Poll): void {
    poll.cancelTimer?.();
    poll.cancelTimer = null;
    const { state, definition, closesAt } = poll.record;
    const dueAt = state === 'scheduled' ? definition.launchAt : state === 'open' ? closesAt : null;
    if (dueAt === null || this.#isClosed) return;
    const { clock, roster } = this.#options;
    // Those who watch with a delay have their time yet when it is up for the others.
    const waitsUntil = state === 'open' ? dueAt + Math.max(POLL_GRACE_MS, findLatenessMs(roster)) : dueAt;
    const delayMs = Math.min(LONGEST_WAIT_MS, Math.max(0, waitsUntil - clock.now()));
    poll.cancelTimer = clock.after(delayMs, () => {
      poll.cancelTimer = null;
      if (clock.now() < waitsUntil) this.schedule(poll);
      else void this.#comeDue(poll, state);
    });
  }

  close(): void {
    this.#isClosed = true;
  }

  async #comeDue(poll: Poll, state: PollState): Promise<void> {
    const { clock, logger, roomId, comeDue } = this.#options;
    try {
      await comeDue(poll, state);
    } catch (error) {
      logger.warn({ err: error, roomId, pollId: poll.record.id }, 'a poll is late');
      if (!this.#isClosed) poll.cancelTimer = clock.after(POLL_GRACE_MS, () => void this.#comeDue(poll, state));
    }
  }
}
