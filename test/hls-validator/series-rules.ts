import { compareDateRanges } from './date-range-rules.ts';
import { validateMediaPlaylist } from './media-playlist-rules.ts';
import { parsePlaylist, type ListedSegment, type ParsedPlaylist } from './parse-playlist.ts';
import { Violations, type Violation } from './violation.ts';

/** Rules over one media playlist as it was answered time after time, and each of those by itself. */
export function validateSeries(texts: readonly string[]): readonly Violation[] {
  const found = texts.flatMap((text) => validateMediaPlaylist(text));
  const violations = new Violations();
  let before: ParsedPlaylist | null = null;
  for (const text of texts) {
    const parsed = parsePlaylist(text);
    const playlist: ParsedPlaylist = parsed.skipped > 0 ? applyDelta(before, parsed, violations) : parsed;
    if (before !== null) compare(before, playlist, violations);
    before = playlist;
  }
  return [...found, ...violations.found];
}

/** Fills in what a delta update left out (6.3.7). */
export function applyDelta(
  before: ParsedPlaylist | null,
  delta: ParsedPlaylist,
  violations: Violations,
): ParsedPlaylist {
  const from = delta.mediaSequence;
  const kept = (before?.segments ?? []).filter(({ sequence }) => sequence >= from && sequence < from + delta.skipped);
  violations.check(
    kept.length === delta.skipped,
    '6.2.5.1',
    `a delta update leaves out ${delta.skipped} segments, of which ${kept.length} are known`,
  );
  const lastMap = kept.at(-1)?.map ?? null;
  const rest = delta.segments.map((segment) => ({ ...segment, map: segment.map ?? lastMap }));
  return { ...delta, skipped: 0, segments: [...kept, ...rest] };
}

/** Whether a delta update says the same as the whole playlist of the same moment. */
export function validateDelta(known: string, delta: string, whole: string): readonly Violation[] {
  const violations = new Violations();
  const parsed = parsePlaylist(delta);
  violations.check(parsed.skipped > 0, '6.2.5.1', 'it leaves nothing out');
  const filled = applyDelta(parsePlaylist(known), parsed, violations);
  const expected = parsePlaylist(whole);
  const plain = ({ segments }: ParsedPlaylist) =>
    JSON.stringify(segments.map((segment) => ({ ...segment, parts: [] })));
  violations.check(plain(filled) === plain(expected), '6.2.5.1', 'it does not say what the whole playlist says');
  const skippable = Number(expected.serverControl?.['CAN-SKIP-UNTIL']);
  const left = expected.segments
    .slice(parsed.skipped)
    .reduce((sum, { duration, parts }) => sum + (duration ?? parts.reduce((all, part) => all + part.duration, 0)), 0);
  violations.check(
    left >= skippable,
    '6.2.5.1',
    `it leaves out what is ${left} s from the end, nearer than the boundary`,
  );
  return violations.found;
}

function compare(before: ParsedPlaylist, after: ParsedPlaylist, violations: Violations): void {
  violations.check(
    after.targetDuration === before.targetDuration,
    '6.2.1',
    `EXT-X-TARGETDURATION changed from ${before.targetDuration} to ${after.targetDuration}`,
  );
  violations.check(after.partTarget === before.partTarget || after.hasEnded, '6.2.1', 'PART-TARGET changed');
  violations.check(after.type === before.type, '6.2.1', 'EXT-X-PLAYLIST-TYPE changed');
  violations.check(!before.hasEnded || after.hasEnded, '6.2.1', 'EXT-X-ENDLIST was taken back');
  violations.check(
    after.mediaSequence >= before.mediaSequence,
    '4.4.3.2',
    `EXT-X-MEDIA-SEQUENCE fell from ${before.mediaSequence} to ${after.mediaSequence}`,
  );
  if (after.type === 'EVENT') {
    violations.check(after.mediaSequence === before.mediaSequence, '4.4.3.5', 'an event lost its beginning');
  }
  checkRemoved(before, after, violations);
  compareDateRanges(before, after, violations);
  const known = new Map(after.segments.map((segment) => [segment.sequence, segment]));
  for (const segment of before.segments) {
    const again = known.get(segment.sequence);
    if (again !== undefined) compareSegment(segment, again, violations);
    else {
      violations.check(
        segment.sequence < after.mediaSequence,
        '6.2.1',
        `segment ${segment.sequence} was taken back from the end`,
      );
    }
  }
}

function checkRemoved(before: ParsedPlaylist, after: ParsedPlaylist, violations: Violations): void {
  const removed = before.segments.filter(({ sequence }) => sequence < after.mediaSequence);
  const discontinuities = removed.filter(({ discontinuity }) => discontinuity).length;
  violations.check(
    after.discontinuitySequence - before.discontinuitySequence === discontinuities,
    '4.4.3.3',
    `EXT-X-DISCONTINUITY-SEQUENCE grew by ${after.discontinuitySequence - before.discontinuitySequence}, but ${discontinuities} discontinuities were removed`,
  );
  if (removed.length === 0 || after.targetDuration === null) return;
  const left = after.segments.reduce((sum, { duration }) => sum + (duration ?? 0), 0);
  violations.check(
    left >= 3 * after.targetDuration,
    '6.2.2',
    `segments were removed though only ${left} s are left, below three target durations`,
  );
}

function compareSegment(before: ListedSegment, after: ListedSegment, violations: Violations): void {
  const name = `segment ${before.sequence}`;
  violations.check(before.uri === null || before.uri === after.uri, '6.2.1', `${name} has another URI`);
  violations.check(
    before.duration === null || before.duration === after.duration,
    '6.2.1',
    `${name} has another duration`,
  );
  violations.check(before.discontinuity === after.discontinuity, '6.2.1', `${name} changed its discontinuity`);
  violations.check(before.map === after.map, '6.2.1', `${name} has another map`);
  violations.check(before.dateTime === after.dateTime, '6.2.1', `${name} has another date`);
  if (after.parts.length === 0) return;
  before.parts.forEach((part, index) => {
    const again = after.parts[index];
    violations.check(
      again?.uri === part.uri && again.duration === part.duration && again.independent === part.independent,
      '6.2.1',
      `part ${index} of ${name} changed`,
    );
  });
}
