import { Journal } from '../packager/recording/journal.ts';
import { roomKey } from '../packager/storage-keys.ts';
import { readWhole, type SegmentStorage } from '../storage/segment-storage.ts';
import { captionPlaylist } from './caption-playlist.ts';
import { SegmentTimes } from './segment-times.ts';

/** Recordings whose journal is in memory. */
const MOST_KEPT = 20;

/**
 * What whoever watched a broadcast from its beginning goes on asking for when it is over: the same segments of captions as
 * before, now with an end. Who comes later is given the VOD's.
 */
export class EndedCaptions {
  readonly #storage: SegmentStorage;
  readonly #times = new Map<string, Promise<SegmentTimes>>();

  constructor(storage: SegmentStorage) {
    this.#storage = storage;
  }

  /** `null` where nothing was recorded, or nothing was said in that language. */
  async playlist(roomId: string, broadcastId: string, language: string): Promise<string | null> {
    const folder = `${roomKey(roomId)}/${broadcastId}`;
    if ((await readWhole(this.#storage, `${folder}/captions-${language}.vtt`)) === null) return null;
    const video = await readWhole(this.#storage, `${folder}/video.m3u8`);
    return video === null ? null : captionPlaylist(video.toString(), language);
  }

  /** `null` unless it is over: what is recorded only is nobody's business before. */
  async times(roomId: string, broadcastId: string): Promise<SegmentTimes | null> {
    const folder = `${roomKey(roomId)}/${broadcastId}`;
    const known = this.#times.get(folder);
    if (known !== undefined) return known;
    if ((await readWhole(this.#storage, `${folder}/vod.m3u8`)) === null) return null;
    const read = Journal.read(this.#storage, folder).then((records) => SegmentTimes.ofJournal(records));
    this.#times.set(folder, read);
    read.catch(() => this.#times.delete(folder));
    const [oldest] = this.#times.keys();
    if (this.#times.size > MOST_KEPT && oldest !== undefined) this.#times.delete(oldest);
    return read;
  }
}
