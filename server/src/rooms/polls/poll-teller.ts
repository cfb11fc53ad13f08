import {
  TALLY_INTERVAL_MS,
  type PollId,
  type PollScore,
  type PollStanding,
  type PollVote,
  type SignalData,
  type SignalName,
} from '../../../../src/protocol/index.ts';
import type { Channel } from '../channel.ts';
import type { Clock } from '../clock.ts';
import type { Participant } from '../participant.ts';
import type { Roster } from '../roster.ts';
import type { Poll } from './poll.ts';

/** Tells everyone what they may know of the polls, and nobody more ([V1], [V6], [V7]). */
export class PollTeller {
  readonly #channel: Channel;
  readonly #roster: Roster;
  readonly #clock: Clock;
  readonly #untold = new Set<Poll>();
  #cancelTelling: (() => void) | null = null;

  constructor(channel: Channel, roster: Roster, clock: Clock) {
    this.#channel = channel;
    this.#roster = roster;
    this.#clock = clock;
  }

  /** The poll has changed, and that is stored. */
  tellChanged(poll: Poll): void {
    if (poll.isKnown) {
      this.#channel.publish('pollChanged', { poll: poll.toPublicView() });
      if (poll.record.state === 'closed' && !poll.isPublic) this.#tellTallies([poll]);
    }
    this.#tellManagers('pollManaged', { poll: poll.toFullView() });
  }

  tellRemoved(pollId: PollId, wasKnown: boolean): void {
    if (wasKnown) this.#channel.publish('pollRemoved', { pollId });
    else this.#tellManagers('pollDiscarded', { pollId });
  }

  /** Answers have come: the tally is told within a quarter of a second. */
  tellTally(poll: Poll): void {
    this.#untold.add(poll);
    this.#cancelTelling ??= this.#clock.after(TALLY_INTERVAL_MS, () => {
      this.#cancelTelling = null;
      const polls = [...this.#untold].filter(({ record }) => record.state === 'open');
      this.#untold.clear();
      this.#tellTallies(polls);
    });
  }

  tellVoted({ link }: Participant, vote: PollVote): void {
    if (link) this.#channel.signalTo(link, 'pollVoted', { vote });
  }

  tellScored({ link }: Participant, score: PollScore, standing: PollStanding | null): void {
    if (link) this.#channel.signalTo(link, 'pollScored', { score, standing });
  }

  close(): void {
    this.#cancelTelling?.();
    this.#cancelTelling = null;
  }

  #tellTallies(polls: readonly Poll[]): void {
    const forAll = polls.filter(({ isPublic }) => isPublic);
    if (forAll.length > 0) this.#channel.signal('pollsTallied', { tallies: forAll.map(({ tally }) => tally) });
    for (const poll of polls) {
      if (poll.isPublic) continue;
      const data = { tallies: [poll.tally] };
      for (const participant of this.#roster) {
        if (participant.link && poll.maySee(participant)) {
          this.#channel.signalTo(participant.link, 'pollsTallied', data);
        }
      }
    }
  }

  #tellManagers<N extends SignalName>(name: N, data: SignalData<N>): void {
    for (const participant of this.#roster) {
      if (participant.link && participant.may('poll.manage')) this.#channel.signalTo(participant.link, name, data);
    }
  }
}
