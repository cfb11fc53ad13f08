import type { LeaderboardEntry, ParticipantId, PollStanding } from '../../../../src/protocol/index.ts';
import type { StoredScore, StoredTotal } from '../../store/poll-store.ts';

export interface LeaderboardPage {
  readonly entries: LeaderboardEntry[];
  readonly total: number;
  readonly next: number | null;
}

/** Who leads in a room's quiz, as of the last question that was revealed. */
export class Leaderboard {
  readonly #entries: readonly LeaderboardEntry[];
  readonly #places = new Map<ParticipantId, number>();

  /** @param totals those with the most points first */
  constructor(totals: readonly StoredTotal[], latest: readonly StoredScore[]) {
    const streaks = new Map(latest.map(({ participantId, streak }) => [participantId, streak]));
    let rank = 1;
    this.#entries = totals.map(({ participantId, name, points, right }, place) => {
      if (points !== totals[place - 1]?.points) rank = place + 1;
      this.#places.set(participantId, place);
      return { rank, name, points, right, streak: streaks.get(participantId) ?? 0 };
    });
  }

  page(after: number, limit: number): LeaderboardPage {
    const end = after + limit;
    const total = this.#entries.length;
    return { entries: this.#entries.slice(after, end), total, next: end < total ? end : null };
  }

  standingOf(participantId: ParticipantId): PollStanding | null {
    const entry = this.#entries[this.#places.get(participantId) ?? -1];
    return entry ? { rank: entry.rank, points: entry.points, of: this.#entries.length } : null;
  }
}
