import type { SegmentStorage } from '../../storage/segment-storage.ts';
import type { StorageKeys } from '../storage-keys.ts';
import { createPoster } from './poster.ts';
import { writeProgressiveFile } from './progressive-file.ts';
import type { RecordedStream } from './recorded-playlists.ts';

/** What a finished recording has beside its playlists. */
export interface RecordingFiles {
  readonly startedAt: number;
  /** Seconds. */
  readonly duration: number;
  readonly bytes: number;
  readonly hasPoster: boolean;
}

/** Makes the MP4 and the poster of a finished recording, notes both in `recording.json` and takes the mark away. */
export async function completeRecording(
  storage: SegmentStorage,
  keys: StorageKeys,
  stream: RecordedStream,
): Promise<RecordingFiles> {
  const { broadcast } = keys;
  const bytes = await writeProgressiveFile(storage, broadcast, stream, 'recording.mp4');
  const poster = await createPoster(storage, broadcast, stream);
  if (poster !== null) await storage.write(`${broadcast}/poster.jpg`, poster);
  const { video, audio } = stream.segments;
  const files = {
    startedAt: Math.round(video[0]?.startsAt ?? audio[0]?.startsAt ?? 0),
    duration: video.reduce((sum, segment) => sum + segment.duration, 0),
    bytes,
    hasPoster: poster !== null,
  };
  await storage.write(`${broadcast}/recording.json`, Buffer.from(JSON.stringify(files)));
  await storage.remove(keys.unfinished);
  return files;
}
