import type { EncodedSink } from '../encoded-media.ts';
import type { RecordingState } from './recording/recorder.ts';

export interface BroadcastOutput extends EncodedSink {
  /** Paths on this server (or absolute, behind a CDN). */
  readonly livestreamUrl: string;
  readonly playbackHlsUrl: string;
  /** The first part can be played: calls back once. */
  onPlayable(callback: () => void): void;
  /** Calls with each change of what becomes of the recording. */
  onRecording(callback: (state: RecordingState) => void): void;
  /** Writes the end of the event playlist; what was recorded stays as a VOD. */
  finish(): Promise<void>;
}

export interface BroadcastOutputs {
  /** `broadcastId` is new for every start; the URL is stable per room: /broadcasts/<roomId>/live.m3u8 (master), playback.m3u8. */
  open(roomId: string, broadcastId: string): Promise<BroadcastOutput>;
  close(): Promise<void>;
}
