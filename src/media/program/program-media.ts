import type {
  ProgramCommand,
  ProgramFailure,
  ProgramState,
  ProgramTimeline,
  ProgramTracks,
  Showing,
} from '../../store/playback.ts';
import type { LoadPlaybackEngine } from '../playback-engine.ts';

/** Where the programme is to be had. */
export interface ProgramSource {
  readonly liveUrl: string;
  /** The same from its beginning; `null` where there is no rewind, or where the one address has it all. */
  readonly rewindUrl: string | null;
  /** Server time, milliseconds since the epoch. */
  readonly startedAt: number | null;
  /** The kit's own broadcast. */
  readonly own: boolean;
}

/** What there is to say of the programme; it is written into the store. */
export interface ProgramObserver {
  stateChanged(state: ProgramState, failure: ProgramFailure | null): void;
  timelineChanged(timeline: ProgramTimeline | null): void;
  tracksChanged(tracks: ProgramTracks): void;
  programTimeChanged(programTime: number | null): void;
  /** The address holds no more; `setSource` brings a fresh one. */
  sourceExpired(url: string): void;
  rewindingChanged(rewinding: boolean): void;
  /** The browser refuses sound until the page is touched. */
  playbackBlocked(blocked: boolean): void;
}

/** The sound of the stage, as far as a hand-over has to do with it. */
export interface StageSound {
  /** 0 to 1, beside the volume. */
  setStageGain(gain: number): void;
  /** Resolves once everything that should be heard is heard. */
  stageAudible(): Promise<void>;
}

export interface ProgramMediaOptions {
  readonly observer: ProgramObserver;
  readonly loadEngine: LoadPlaybackEngine;
  readonly stage: StageSound;
  /** The server's time, milliseconds since the epoch. */
  readonly serverTime: () => number;
}

/** The broadcast, or a recording, as it plays here. */
export interface ProgramMedia {
  /**
   * Plays it in `element` until the returned function is called. While something else is heard it plays silently.
   * The newest attachment is the one that is told of and commanded.
   */
  attach(element: HTMLVideoElement): () => void;
  command(command: ProgramCommand): void;
  /** Crosses the sound over; resolves once that is done. */
  show(showing: Showing | null): Promise<void>;
  /** Starts what the browser held back; call it from a user's gesture. */
  resume(): Promise<void>;
  /** Ends everything. Any number of times. */
  close(): void;
}
