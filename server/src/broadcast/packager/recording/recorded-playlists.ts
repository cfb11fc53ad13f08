import { MarkList } from '../playlists/mark-list.ts';
import { multivariantPlaylist, type Bandwidth, type CaptionRendition } from '../playlists/multivariant-playlist.ts';
import { duration as seconds, isoTime, quoted } from '../playlists/playlist-text.ts';
import { TRACK_NAMES, type TrackName } from '../segment.ts';
import type { JournalRecord, MarkRecord, SectionRecord, SegmentRecord } from './journal.ts';

/** A recording as its journal tells it. */
export interface RecordedStream {
  readonly sections: ReadonlyMap<number, SectionRecord>;
  readonly segments: Readonly<Record<TrackName, readonly SegmentRecord[]>>;
  /** Those of both tracks as they were made: clocks may be set back, this is not. */
  readonly inOrder: readonly SegmentRecord[];
  /** EXT-X-DATERANGE of all marks. */
  readonly markLines: string;
  readonly marks: readonly MarkRecord[];
}

export function readRecordedStream(records: readonly JournalRecord[]): RecordedStream {
  const sections = new Map<number, SectionRecord>();
  const marks = new MarkList();
  const segments: Record<TrackName, SegmentRecord[]> = { video: [], audio: [] };
  for (const record of records) {
    if (record.kind === 'section') sections.set(record.number, record);
    else if (record.kind === 'mark') marks.add(record);
    else segments[record.track].push(record);
  }
  const markLines = marks.text;
  const inOrder = records.filter((record) => record.kind === 'segment');
  return { sections, segments, inOrder, markLines, marks: records.filter((record) => record.kind === 'mark') };
}

export const isEmpty = ({ segments }: RecordedStream): boolean =>
  !TRACK_NAMES.some((track) => segments[track].some(({ isLost }) => !isLost));

/** A media playlist of all that was recorded. */
export function recordedMediaPlaylist(
  { sections, segments, markLines }: RecordedStream,
  track: TrackName,
  type: 'EVENT' | 'VOD',
): string {
  const all = segments[track];
  const longest = Math.max(1, ...all.map((segment) => Math.round(segment.duration)));
  let text = `#EXTM3U\n#EXT-X-VERSION:9\n#EXT-X-TARGETDURATION:${longest}\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:${type}\n${markLines}`;
  let section: number | null = null;
  for (const segment of all) {
    if (segment.section !== section) {
      if (section !== null) text += '#EXT-X-DISCONTINUITY\n';
      text += `#EXT-X-MAP:URI=${quoted(sections.get(segment.section)?.[track].init ?? '')}\n`;
      ({ section } = segment);
    }
    text += `#EXT-X-PROGRAM-DATE-TIME:${isoTime(segment.startsAt)}\n`;
    if (segment.isLost) text += '#EXT-X-GAP\n';
    text += `#EXTINF:${seconds(segment.duration)},\n${segment.file}\n`;
  }
  return `${text}#EXT-X-ENDLIST\n`;
}

/** `mediaUri`: how the playlist of a track is named, seen from this one. */
export function recordedMultivariantPlaylist(
  { sections, segments }: RecordedStream,
  mediaUri: (track: TrackName) => string,
  captions: readonly CaptionRendition[] = [],
): string {
  const used = new Set(segments.video.map(({ section }) => section));
  const shown = [...sections.values()].filter(({ number }) => used.has(number));
  const first = shown[0] ?? [...sections.values()][0];
  if (first === undefined) throw new RangeError('Nothing was recorded');
  const largest = shown.reduce((one, other) => (other.video.width > one.video.width ? other : one), first);
  const { codec, width, height, frameRate } = largest.video;
  const { channels, sampleRate } = first.audio;
  return multivariantPlaylist({
    captions,
    videos: shown.every(({ audioOnly }) => audioOnly)
      ? []
      : [
          {
            track: { codec, width, height },
            bandwidth: measure(segments.video),
            frameRate,
            uri: mediaUri('video'),
          },
        ],
    audio: {
      track: { kind: 'audio', timescale: sampleRate, codec: 'mp4a.40.2', channels },
      bandwidth: measure(segments.audio),
      uri: mediaUri('audio'),
    },
  });
}

function measure(segments: readonly SegmentRecord[]): Bandwidth {
  const long = segments.filter(({ duration }) => duration >= 0.5);
  const total = segments.reduce((sum, { duration }) => sum + duration, 0);
  const bytes = segments.reduce((sum, segment) => sum + segment.bytes, 0);
  const average = total === 0 ? 0 : (bytes * 8) / total;
  return { peak: Math.max(average, ...long.map((segment) => (segment.bytes * 8) / segment.duration)), average };
}
