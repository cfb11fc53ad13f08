import { finishRecording } from '../packager/recording/finish-recording.ts';
import { storageKeys } from '../packager/storage-keys.ts';
import { readWhole, type SegmentStorage } from '../storage/segment-storage.ts';
import type { RecordingKey } from './recording-listener.ts';

/** Erases all of a recording. Where the room's playback address plays it, that plays `findOther`, or nothing, from then on. */
export async function eraseRecording(
  storage: SegmentStorage,
  { roomId, id }: RecordingKey,
  findOther: () => Promise<RecordingKey | null>,
): Promise<void> {
  const keys = storageKeys(roomId, id);
  const playback = await readWhole(storage, keys.playback);
  if (playback?.includes(`${id}/`) === true) {
    const other = await findOther();
    if (other === null || (await finishRecording(storage, storageKeys(roomId, other.id))) === null) {
      await storage.remove(keys.playback);
    }
  }
  await storage.remove(`${keys.broadcast}/`);
  await storage.remove(keys.unfinished);
}
