import type { Broadcasts } from '../broadcasts.ts';
import { captionPlaylist } from '../captions/caption-playlist.ts';
import { isIn } from '../captions/caption-source.ts';
import { EndedCaptions } from '../captions/ended-captions.ts';
import { cuesWithin, liveCue, LONGEST_CUE_MS, moved } from '../captions/cue.ts';
import { writeSubtitleSegment } from '../captions/webvtt.ts';
import { RenderedPlaylist } from '../packager/playlists/rendered-playlist.ts';
import type { PlaylistPair } from '../packager/playlists/playlist-pair.ts';

const SEGMENT = /^([\w.:-]{1,64})\/captions-([A-Za-z0-9-]{2,35})\/(\d{1,9})\.vtt$/;
const SLATE = 'slate-';
/** Languages are asked for by everyone who comes. Milliseconds. */
const LANGUAGES_KEPT_MS = 2_000;
const MOST_KEPT = 1_000;

/** Captions of what is on the air: made when the first reader asks for them, from what the room has heard. */
export class CaptionDelivery {
  readonly #broadcasts: Broadcasts;
  readonly #ended: EndedCaptions;
  readonly #segments = new Map<string, Promise<Uint8Array>>();
  readonly #languages = new Map<string, { readonly at: number; readonly languages: Promise<readonly string[]> }>();

  constructor(broadcasts: Broadcasts) {
    this.#broadcasts = broadcasts;
    this.#ended = new EndedCaptions(broadcasts.storage);
  }

  /** In which languages there are captions; none where they cannot be asked for. */
  languages(roomId: string): Promise<readonly string[]> {
    const { captions, clock } = this.#broadcasts;
    const known = this.#languages.get(roomId);
    const now = clock.now();
    if (known !== undefined && now - known.at < LANGUAGES_KEPT_MS) return known.languages;
    const languages = captions.languages(roomId).catch(() => []);
    keep(this.#languages, roomId, { at: now, languages });
    return languages;
  }

  /** Whether that is a segment of captions. */
  isSegment(path: string): boolean {
    return SEGMENT.test(path);
  }

  playlist(pair: PlaylistPair, language: string): RenderedPlaylist {
    return new RenderedPlaylist(captionPlaylist(pair.renderMedia('video', false).text, language));
  }

  /** Of a broadcast that is over; `null` where there are none in that language. */
  async endedPlaylist(roomId: string, broadcastId: string, language: string): Promise<RenderedPlaylist | null> {
    const text = await this.#ended.playlist(roomId, broadcastId, language);
    return text === null ? null : new RenderedPlaylist(text);
  }

  /** `null` where there is no such segment, or no longer. */
  async segment(roomId: string, path: string): Promise<Uint8Array | null> {
    const [, broadcastId = '', language = '', number = ''] = SEGMENT.exec(path) ?? [];
    if (broadcastId.startsWith(SLATE)) return Buffer.from(writeSubtitleSegment([]));
    const key = `${roomId}/${path}`;
    const known = this.#segments.get(key);
    if (known !== undefined) return known;
    const current = this.#broadcasts.broadcast(roomId, broadcastId);
    const times = current?.times ?? (await this.#ended.times(roomId, broadcastId));
    const time = times?.find(number) ?? null;
    if (time === null) return null;
    const { startsAt, durationMs, mediaMs } = time;
    const end = startsAt + durationMs;
    const made = this.#broadcasts.captions.spoken(roomId, startsAt - LONGEST_CUE_MS, end).then((spoken) => {
      const cues = spoken.filter((caption) => isIn(language, caption)).map(liveCue);
      return Buffer.from(
        writeSubtitleSegment(cuesWithin(cues, startsAt, end).map((cue) => moved(cue, mediaMs - startsAt))),
      );
    });
    keep(this.#segments, key, made);
    made.catch(() => this.#segments.delete(key));
    return made;
  }
}

/** The oldest goes where there are too many. */
function keep<T>(all: Map<string, T>, key: string, value: T): void {
  all.set(key, value);
  const [oldest] = all.keys();
  if (all.size > MOST_KEPT && oldest !== undefined) all.delete(oldest);
}
