import { duration as seconds, isoTime } from '../packager/playlists/playlist-text.ts';
import type { SegmentRecord } from '../packager/recording/journal.ts';
import type { RecordedStream } from '../packager/recording/recorded-playlists.ts';
import type { StorageKeys } from '../packager/storage-keys.ts';
import type { SegmentStorage } from '../storage/segment-storage.ts';
import { isIn, languagesOf, type CaptionSource } from './caption-source.ts';
import { cuesWithin, LONGEST_CUE_MS, moved, recordedCue, type Cue } from './cue.ts';
import { writeSubtitles, writeSubtitleSegment } from './webvtt.ts';

const PLAYLIST = /\/vod-captions-([A-Za-z0-9-]+)\.m3u8$/;

/** A stretch of a recording that plays without a break. Milliseconds. */
interface Stretch {
  readonly startsAt: number;
  readonly durationMs: number;
  /** Where it plays in the whole. */
  readonly offsetMs: number;
  /** `null` in recordings of a time when it was not noted. */
  readonly mediaMs: number | null;
}

/** Writes what was said in a recording: for each language a file of all of it, and a rendition for the VOD. Again does the same again; tells the languages. */
export async function writeRecordedCaptions(
  storage: SegmentStorage,
  { broadcast, recording }: StorageKeys,
  stream: RecordedStream,
  source: CaptionSource,
): Promise<readonly string[]> {
  const stretches = joinSegments(stream.segments.video.length > 0 ? stream.segments.video : stream.segments.audio);
  const [first, last] = [stretches[0], stretches.at(-1)];
  if (first === undefined || last === undefined) return [];
  const from = first.startsAt - LONGEST_CUE_MS;
  const captions = await source.spoken(recording.roomId, from, last.startsAt + last.durationMs);
  const write = (name: string, text: string) => storage.write(`${broadcast}/${name}`, Buffer.from(text));
  const languages = languagesOf(captions);
  for (const language of languages) {
    const cues = captions.filter((caption) => isIn(language, caption)).map(recordedCue);
    const name = `captions-${language}`;
    await write(`${name}.vtt`, writeSubtitles(stretches.flatMap((one) => cuesOf(one, cues, one.offsetMs))));
    if (stretches.some(({ mediaMs }) => mediaMs === null)) continue;
    for (const [index, one] of stretches.entries())
      await write(`vod-${name}-${index}.vtt`, writeSubtitleSegment(cuesOf(one, cues, one.mediaMs ?? 0)));
    await write(`vod-${name}.m3u8`, vodPlaylist(stretches, `vod-${name}`));
  }
  return languages;
}

/** Languages in which there is a rendition of the recording's captions. */
export async function recordedLanguages(
  storage: SegmentStorage,
  { broadcast }: StorageKeys,
): Promise<readonly string[]> {
  const keys = await storage.list(`${broadcast}/vod-captions-`);
  return keys.flatMap((key) => PLAYLIST.exec(key)?.[1] ?? []).toSorted();
}

/** A stretch's own, cut at its ends; `at`: where it begins on the clock that they are written on. */
function cuesOf({ startsAt, durationMs }: Stretch, cues: readonly Cue[], at: number): readonly Cue[] {
  const end = startsAt + durationMs;
  return cuesWithin(cues, startsAt, end).map((cue) =>
    moved({ ...cue, from: Math.max(cue.from, startsAt), to: Math.min(cue.to, end) }, at - startsAt),
  );
}

function joinSegments(segments: readonly SegmentRecord[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let section: number | null = null;
  let offsetMs = 0;
  for (const { startsAt, duration, mediaTime, section: own } of segments) {
    const last = stretches.at(-1);
    const durationMs = duration * 1_000;
    if (last !== undefined && own === section)
      stretches[stretches.length - 1] = { ...last, durationMs: last.durationMs + durationMs };
    else
      stretches.push({ startsAt, durationMs, offsetMs, mediaMs: mediaTime === undefined ? null : mediaTime * 1_000 });
    section = own;
    offsetMs += durationMs;
  }
  return stretches;
}

/** One segment for each stretch: captions alone may have another target duration, in a VOD (RFC 8216bis, 6.2.4). */
function vodPlaylist(stretches: readonly Stretch[], name: string): string {
  const longest = Math.max(1, ...stretches.map(({ durationMs }) => Math.round(durationMs / 1_000)));
  const lines = stretches.flatMap(({ startsAt, durationMs }, index) => [
    ...(index === 0 ? [] : ['#EXT-X-DISCONTINUITY']),
    `#EXT-X-PROGRAM-DATE-TIME:${isoTime(startsAt)}`,
    `#EXTINF:${seconds(durationMs / 1_000)},`,
    `${name}-${index}.vtt`,
  ]);
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:9',
    `#EXT-X-TARGETDURATION:${longest}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    ...lines,
    '#EXT-X-ENDLIST\n',
  ].join('\n');
}
