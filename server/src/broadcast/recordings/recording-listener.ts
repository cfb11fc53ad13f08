import type { RecordingFailure, RecordingStatus } from '../../../../src/protocol/index.ts';
import type { RecordingState } from '../packager/recording/recorder.ts';
import type { ChapterMark } from './chapters.ts';
import type { RecordedSpan } from './recording-timeline.ts';
import { StorageError, type StorageProblem } from '../storage/segment-storage.ts';

/** Which recording is meant; its id is that of its broadcast. */
export interface RecordingKey {
  readonly roomId: string;
  readonly id: string;
}

/** What plays. */
export interface EndedRecording {
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly durationMs: number;
  readonly bytes: number;
  readonly spans: readonly RecordedSpan[];
  readonly chapters: readonly ChapterMark[];
  /** Languages in which its captions are written. */
  readonly captions: readonly string[];
}

export interface RecordingProblem {
  readonly code: RecordingFailure;
  /** English, for whoever runs the server. */
  readonly message: string;
}

/** Hears what becomes of recordings. It never throws. */
export interface RecordingListener {
  /** `live`: it is broadcast too. */
  began(recording: RecordingKey, begun: { readonly startedAt: number; readonly live: boolean }): void;
  /** It plays. */
  ended(recording: RecordingKey, ended: EndedRecording): Promise<void>;
  /** Its MP4 is there, and its poster if it has one. */
  completed(recording: RecordingKey, files: { readonly bytes: number; readonly hasPoster: boolean }): Promise<void>;
  /** It could not be ended; that is tried again. */
  failed(recording: RecordingKey, problem: RecordingProblem): void;
  /** There was nothing to record. */
  dropped(recording: RecordingKey): void;
  /** Those that an earlier server has not ended. */
  unfinished(): Promise<readonly RecordingKey[]>;
}

export const noRecordingListener: RecordingListener = {
  began() {},
  async ended() {},
  async completed() {},
  failed() {},
  dropped() {},
  unfinished: async () => [],
};

const CODES = {
  full: 'storageFull',
  forbidden: 'storageForbidden',
  unreachable: 'storageUnreachable',
  failed: 'storageFailed',
} as const satisfies Record<StorageProblem, RecordingFailure>;

export function toRecordingStatus(state: RecordingState): RecordingStatus {
  if (state.status === 'recording') return { state: 'recording', reason: null };
  return { state: 'blocked', reason: { code: CODES[state.problem], message: state.message } };
}

export function describeProblem(error: unknown): RecordingProblem {
  return {
    code: error instanceof StorageError ? CODES[error.problem] : 'internal',
    message: error instanceof Error ? error.message : String(error),
  };
}
