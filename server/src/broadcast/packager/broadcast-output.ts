import type { EncodedSink } from '../encoded-media.ts';
import type { Mark } from './playlists/mark.ts';
import type { RecordingState } from './recording/recorder.ts';

export interface BroadcastOutput extends EncodedSink {
  /** Paths on this server (or absolute, behind a CDN); `null` where it is recorded only. */
  readonly livestreamUrl: string | null;
  readonly playbackHlsUrl: string | null;
  /** The first part can be played: calls back once. */
  onPlayable(callback: () => void): void;
  /** Calls with each change of what becomes of the recording. */
  onRecording(callback: (state: RecordingState) => void): void;
  /** Tells players of something at a time of the programme. `false` where a mark of that id says otherwise, or there are too many. */
  mark(mark: Mark): boolean;
  /** Writes the end of the event playlist; what was recorded stays as a VOD. */
  finish(): Promise<void>;
}

export interface OutputOptions {
  /** Stores it and shows it to nobody. */
  readonly recordOnly: boolean;
}

export interface BroadcastOutputs {
  /** `broadcastId` is new for every start; the URL is stable per room: /broadcasts/<roomId>/live.m3u8 (master), playback.m3u8. */
  open(roomId: string, broadcastId: string, options?: OutputOptions): Promise<BroadcastOutput>;
  /** Where the room's broadcasts are to be had; where addresses are signed, with a fresh signature. */
  urls(roomId: string): { readonly livestreamUrl: string; readonly playbackHlsUrl: string };
  close(): Promise<void>;
}
