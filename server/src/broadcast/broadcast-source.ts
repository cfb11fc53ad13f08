import type { BroadcastFailure, BroadcastOptions, RoomId } from '../../../src/protocol/index.ts';
import type { BroadcastStage } from './broadcast-stage.ts';
import type { EncodedSink } from './encoded-media.ts';

/** Why a source ended by itself. */
export interface SourceFailure {
  readonly code: BroadcastFailure;
  /** English, for whoever runs the server: what to do about it. */
  readonly message: string;
  /** Another try would end the same way. */
  readonly permanent: boolean;
}

/** Draws a room's programme and encodes it, for as long as it is open. */
export interface BroadcastSource {
  /** Resolves when nothing of it is left. Any number of times. */
  close(): Promise<void>;
}

export interface SourceOptions {
  readonly roomId: RoomId;
  readonly stage: BroadcastStage;
  readonly options: BroadcastOptions;
  /** Takes one run after another, each begun when its first frame is there. */
  readonly sink: EncodedSink;
  /** It ended by itself; called once at most, and not after `close`. */
  readonly handleFailure: (failure: SourceFailure) => void;
}

export type OpenSource = (options: SourceOptions) => BroadcastSource;
