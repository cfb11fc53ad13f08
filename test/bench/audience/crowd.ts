/** What a crowd does, and where. */
export interface CrowdPlan {
  readonly server: 'ILS Kit' | 'Socket.IO';
  readonly port: number;
  readonly members: number;
  readonly seconds: number;
  /** A second, of all together. */
  readonly chats: number;
  readonly reactions: number;
  /** In which everybody votes once. Seconds. */
  readonly voting: number;
}

/** What became of it. */
export interface CrowdReport {
  readonly chats: number;
  readonly reactions: number;
  readonly votes: number;
  /** From sending a message to its receipt by each member. Milliseconds. */
  readonly chatMs: DelaySummary;
  /** From sending a vote to its answer. Milliseconds. */
  readonly voteMs: DelaySummary;
  /** Messages, reactions and votes that did not get to everyone they were for, and whatever was refused. */
  readonly lost: number;
  /** What went wrong first, for the reader. */
  readonly wrong: readonly string[];
  /** Processor time of the crowd's own process, of one processor. */
  readonly busy: number;
}

export interface DelaySummary {
  readonly size: number;
  readonly median: number;
  readonly p99: number;
  readonly most: number;
}

/** One who takes part: hears everything, and says what the plan asks. */
export interface Member {
  /** Messages heard. */
  readonly chats: number;
  /** Reactions counted, of everybody's. */
  readonly reactions: number;
  readonly isOpen: boolean;
  sendChat(number: number): void;
  react(): void;
  vote(): void;
  close(): void;
}

/** The whole of a crowd at one server. */
export interface Crowd {
  readonly members: readonly Member[];
  openPoll(): Promise<void>;
  /** Ends the poll and gives how many have answered it. */
  closePoll(): Promise<number>;
}

export const ROOM = 'crowd';
export const REACTION = '❤️';
/** About as long as people write. */
export const WORDS = 'Good evening from the front row, this looks wonderful!';
