import type { RecordingFailure, RoomId } from '../../../src/protocol/index.ts';

/** `recording`: being made · `ready`: plays · `failed`: cannot be ended, which is tried again. */
export const RECORDING_STATES = ['recording', 'ready', 'failed'] as const;
export type RecordingState = (typeof RECORDING_STATES)[number];

/** What is known of one recording; its files are in the storage. */
export interface RecordingRecord {
  /** Also that of the broadcast it is made of. */
  readonly id: string;
  readonly roomId: RoomId;
  readonly state: RecordingState;
  /** It was broadcast too. */
  readonly live: boolean;
  /** The programme's first moment. Milliseconds since the epoch. */
  readonly startedAt: number;
  /** `null` while it is made. */
  readonly endedAt: number | null;
  /** Of what plays; that between two encoders does not. */
  readonly durationMs: number;
  /** What it takes in the storage. */
  readonly bytes: number;
  /** The MP4 is written. */
  readonly hasFile: boolean;
  readonly hasPoster: boolean;
  /** Languages in which its captions are written, as in BCP 47. */
  readonly captions: readonly string[];
  readonly failure: { readonly code: RecordingFailure; readonly message: string } | null;
  /** When it is erased by itself; `null`: never. Milliseconds since the epoch. */
  readonly expiresAt: number | null;
}

export interface RecordingPageQuery {
  readonly roomId: RoomId | undefined;
  /** Those that began before that one; without it the latest. */
  readonly before: Pick<RecordingRecord, 'startedAt' | 'id'> | undefined;
  readonly limit: number;
}

/** Recordings outlive their rooms. Failures are thrown as `ProtocolError` `unavailable`. */
export interface RecordingStore {
  /** Adds it or replaces what is known of it. */
  saveRecording(record: RecordingRecord): Promise<void>;
  findRecording(id: string): Promise<RecordingRecord | null>;
  /** The newest first. */
  listRecordings(query: RecordingPageQuery): Promise<readonly RecordingRecord[]>;
  /** Those that are not ready. */
  listUnfinished(): Promise<readonly RecordingRecord[]>;
  /** Some of those whose time is over. */
  listExpired(now: number, limit: number): Promise<readonly RecordingRecord[]>;
  /** `false` where there is no such recording. */
  removeRecording(id: string): Promise<boolean>;
}
