import { parsePlaylist } from './parse-playlist.ts';
import { Violations, type Violation } from './violation.ts';

/** Dates of a recording are those of its stretches. */
const TOLERANCE_MS = 2;
const TIME = /^(\d{2,}):(\d{2}):(\d{2})\.(\d{3}) --> (\d{2,}):(\d{2}):(\d{2})\.(\d{3})$/;
const TIMESTAMP_MAP = /^X-TIMESTAMP-MAP=MPEGTS:(\d+),LOCAL:(\d{2,}):(\d{2}):(\d{2})\.(\d{3})$/;

/** A cue of a WebVTT segment, on the clock of the media. Milliseconds. */
export interface ListedCue {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const milliseconds = ([hours = '', minutes = '', seconds = '', thousandths = '']: readonly string[]): number =>
  ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000 + Number(thousandths);

/** Reads a WebVTT segment (RFC 8216bis, 3.1.4); `null` for cues where it is none. */
export function parseSubtitleSegment(text: string): readonly ListedCue[] | null {
  const [header = '', ...blocks] = text.split('\n\n');
  const [first, map = ''] = header.trimEnd().split('\n');
  const mapped = TIMESTAMP_MAP.exec(map);
  if (first !== 'WEBVTT' || mapped === null) return null;
  const offset = Number(mapped[1]) / 90 - milliseconds(mapped.slice(2));
  return blocks.flatMap((block) => {
    const [time = '', ...lines] = block.trimEnd().split('\n');
    const parsed = TIME.exec(time);
    const [from, to] = parsed === null ? [NaN, NaN] : [milliseconds(parsed.slice(1, 5)), milliseconds(parsed.slice(5))];
    return block.trim() === '' ? [] : [{ from: from + offset, to: to + offset, text: lines.join('\n') }];
  });
}

/**
 * Rules for a playlist of captions beside that of the picture of one stream, at one moment, and for those of its segments
 * that are given, by their URIs.
 */
export function validateCaptions(
  captions: string,
  picture: string,
  files: Readonly<Record<string, string>>,
): readonly Violation[] {
  const violations = new Violations();
  const listed = parsePlaylist(captions);
  const shown = parsePlaylist(picture);
  violations.check(captions.startsWith('#EXTM3U\n'), '4.4.1.1', 'EXTM3U is not the first line');
  violations.check(
    listed.targetDuration === shown.targetDuration || listed.type === 'VOD',
    '6.2.4',
    'captions that are no VOD have another EXT-X-TARGETDURATION',
  );
  violations.check(listed.hasEnded === shown.hasEnded, '6.2.4', 'captions and picture do not end together');
  if (listed.type !== 'VOD') {
    const known = new Map(shown.segments.map((segment) => [segment.sequence, segment]));
    for (const segment of listed.segments) {
      const name = `segment ${segment.sequence} of the captions`;
      const same = known.get(segment.sequence);
      if (same === undefined) continue;
      violations.check(segment.duration === same.duration, '6.2.4', `${name} lasts ${segment.duration} s`);
      violations.check(
        segment.discontinuity === same.discontinuity,
        '6.2.4',
        `${name} breaks where the picture does not`,
      );
      violations.check(
        Math.abs((segment.dateTime ?? 0) - (same.dateTime ?? 0)) <= TOLERANCE_MS,
        '6.2.4',
        `${name} begins at another time`,
      );
    }
  }
  for (const { uri, duration, parts, map, sequence } of listed.segments) {
    const name = `segment ${sequence} of the captions`;
    violations.check(uri !== null && duration !== null, '4.4.4.1', `${name} is not whole`);
    violations.check(parts.length === 0 && map === null, '3.1.4', `${name} has parts, or a header`);
    violations.check(
      duration === null || Math.round(duration) <= (listed.targetDuration ?? 0),
      '4.4.3.1',
      `${name} is longer than EXT-X-TARGETDURATION`,
    );
    const text = files[uri ?? ''];
    if (text === undefined) continue;
    const cues = parseSubtitleSegment(text);
    violations.check(cues !== null, '3.1.4', `${name} is no WebVTT with X-TIMESTAMP-MAP`);
    for (const { from, to } of cues ?? [])
      violations.check(from < to, '3.1.4', `${name} has a cue from ${from} to ${to}`);
  }
  return violations.found;
}
