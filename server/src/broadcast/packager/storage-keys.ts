import type { RecordingKey } from '../recordings/recording-listener.ts';

/** Where a broadcast's objects are kept. */
export interface StorageKeys {
  readonly recording: RecordingKey;
  readonly broadcastId: string;
  readonly broadcast: string;
  /** What the room's playback address plays while nothing is live. */
  readonly playback: string;
  /** Stands as long as the recording has not been ended. */
  readonly unfinished: string;
}

export const UNFINISHED = 'unfinished/';

export const roomKey = (roomId: string): string => `rooms/${roomId}`;

export function storageKeys(roomId: string, broadcastId: string): StorageKeys {
  return {
    recording: { roomId, id: broadcastId },
    broadcastId,
    broadcast: `${roomKey(roomId)}/${broadcastId}`,
    playback: `${roomKey(roomId)}/playback.m3u8`,
    unfinished: `${UNFINISHED}${roomId}/${broadcastId}`,
  };
}
