import type { SegmentStorage } from '../../storage/segment-storage.ts';
import { recordedLanguages } from '../../captions/recorded-captions.ts';
import type { StorageKeys } from '../storage-keys.ts';
import { TRACK_NAMES } from '../segment.ts';
import { Journal } from './journal.ts';
import {
  isEmpty,
  readRecordedStream,
  recordedMediaPlaylist,
  recordedMultivariantPlaylist,
  type RecordedStream,
} from './recorded-playlists.ts';

/**
 * Ends a recording from what its journal says, so also one that the server did not live to end: the event playlists
 * get their end, the same files become a VOD, and the room's playback address plays it unless it was recorded only. Again does the same again.
 * `writeBeside`: what the playlists are to name too, written before them.
 * @returns what was recorded, or `null` if nothing was
 */
export async function finishRecording(
  storage: SegmentStorage,
  keys: StorageKeys,
  recordOnly = false,
  writeBeside: (stream: RecordedStream) => Promise<void> = async () => {},
): Promise<RecordedStream | null> {
  const stream = readRecordedStream(await Journal.read(storage, keys.broadcast));
  if (isEmpty(stream)) return null;
  await writeBeside(stream);
  const languages = await recordedLanguages(storage, keys);
  const write = (name: string, text: string) => storage.write(`${keys.broadcast}/${name}`, Buffer.from(text));
  for (const track of TRACK_NAMES) {
    await write(`vod-${track}.m3u8`, recordedMediaPlaylist(stream, track, 'VOD'));
    await write(`${track}.m3u8`, recordedMediaPlaylist(stream, track, 'EVENT'));
  }
  await write(
    'vod.m3u8',
    recordedMultivariantPlaylist(
      stream,
      (track) => `vod-${track}.m3u8`,
      languages.map((language) => ({ language, uri: `vod-captions-${language}.m3u8` })),
    ),
  );
  if (recordOnly) return stream;
  const playback = recordedMultivariantPlaylist(
    stream,
    (track) => `${keys.broadcastId}/${track}.m3u8`,
    languages.map((language) => ({ language, uri: `${keys.broadcastId}/vod-captions-${language}.m3u8` })),
  );
  await storage.write(keys.playback, Buffer.from(playback));
  return stream;
}
