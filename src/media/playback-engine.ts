import type { ProgramFailure, ProgramTimeline, ProgramTracks } from '../store/playback.ts';

/** What an engine says of what it plays. Silent after `stop`. */
export interface PlaybackObserver {
  /** There is nothing to play yet, or no more; the engine goes on looking. */
  waiting(): void;
  /** It is there and is being fetched. */
  loading(): void;
  tracksChanged(tracks: ProgramTracks): void;
  /** It cannot be played, and trying again by itself does not help. */
  failed(failure: ProgramFailure): void;
}

/**
 * One way of getting a programme into a video element. Implementations: `hls/`, `native/`.
 * Whoever holds two of them starts the new one behind the old picture, awaits its first presented frame, swaps once and stops the old one.
 */
export interface PlaybackEngine {
  /** Begins to play in `element`, which it has for itself until `stop`. It recovers by itself from whatever passes. */
  start(element: HTMLVideoElement): void;
  /** `null` until it is known. Cheap: asked several times a second. */
  timeline(): ProgramTimeline | null;
  /** When what is seen now was made, by the programme's own clock; milliseconds since the epoch. */
  programTime(): number | null;
  /** Seconds on the time line. */
  seek(position: number): void;
  goLive(): void;
  chooseLevel(id: string | null): void;
  chooseCaption(id: string | null): void;
  /** The reader asks again after a failure. */
  retry(): void;
  /** The reader lets it run, or holds it: a held one does not catch up. */
  setHeld(held: boolean): void;
  /** Ends it and leaves the element empty. Any number of times. */
  stop(): void;
}

export interface PlaybackRequest {
  readonly url: string;
  /** Begin so many seconds before live; `null` for live, or for the beginning of a recording. */
  readonly behind: number | null;
  /** The kit's own broadcast, in the format of its packager; else any. */
  readonly own: boolean;
  /** A fresh address in place of one whose signature has expired; `null` where there is none. */
  readonly renewUrl: (expired: string) => Promise<string | null>;
}

export type LoadPlaybackEngine = (request: PlaybackRequest, observer: PlaybackObserver) => Promise<PlaybackEngine>;
