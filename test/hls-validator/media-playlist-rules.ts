import { checkDateRanges } from './date-range-rules.ts';
import { parsePlaylist, type ListedSegment, type ParsedPlaylist } from './parse-playlist.ts';
import { Violations, type Violation } from './violation.ts';

const SHORTEST_PART = 0.85;
/** Dates are written in whole milliseconds. */
const DATE_TOLERANCE_MS = 2;
const ROUNDING = 1e-4;

/** Rules that one media playlist can be held against by itself. */
export function validateMediaPlaylist(text: string): readonly Violation[] {
  const violations = new Violations();
  const playlist = parsePlaylist(text);
  violations.check(text.startsWith('#EXTM3U\n'), '4.4.1.1', 'EXTM3U is not the first line');
  for (const line of playlist.malformed) violations.check(false, '4.1', `stands twice or cannot be read: ${line}`);
  checkVersion(playlist, violations);
  checkDurations(playlist, violations);
  checkServerControl(playlist, violations);
  checkParts(playlist, violations);
  checkDates(playlist, violations);
  checkEnd(playlist, violations);
  checkDateRanges(playlist, violations);
  for (const segment of playlist.segments) {
    violations.check(
      !/\.(m4s|mp4)$/.test(segment.uri ?? segment.parts[0]?.uri ?? '') || segment.map !== null,
      '3.1.2',
      `${name(segment)} is fragmented MPEG-4 and no EXT-X-MAP holds for it`,
    );
  }
  return violations.found;
}

function checkVersion({ version, tags, skipped }: ParsedPlaylist, violations: Violations): void {
  if (tags.includes('EXT-X-MAP')) violations.check(version >= 6, '8', `EXT-X-MAP needs version 6, not ${version}`);
  if (skipped > 0) violations.check(version >= 9, '8', `EXT-X-SKIP needs version 9, not ${version}`);
}

function checkDurations({ targetDuration, segments }: ParsedPlaylist, violations: Violations): void {
  violations.check(targetDuration !== null, '4.4.3.1', 'there is no EXT-X-TARGETDURATION');
  if (targetDuration === null) return;
  for (const segment of segments) {
    const { duration, parts } = segment;
    if (duration === null) continue;
    violations.check(
      Math.round(duration) <= targetDuration,
      '4.4.3.1',
      `${name(segment)} lasts ${duration} s, more than the target duration of ${targetDuration} s`,
    );
    if (parts.length === 0) continue;
    const sum = parts.reduce((total, part) => total + part.duration, 0);
    violations.check(
      Math.abs(sum - duration) <= ROUNDING * parts.length,
      '4.4.4.9',
      `the parts of ${name(segment)} last ${sum} s and the segment ${duration} s`,
    );
  }
}

function checkServerControl(
  { serverControl, targetDuration, partTarget, tags }: ParsedPlaylist,
  violations: Violations,
): void {
  const hasParts = tags.includes('EXT-X-PART');
  violations.check(!hasParts || partTarget !== null, '4.4.3.7', 'there are parts and no EXT-X-PART-INF');
  if (partTarget !== null) {
    const holdBack = Number(serverControl?.['PART-HOLD-BACK']);
    violations.check(
      holdBack >= 2 * partTarget,
      '4.4.3.8',
      `PART-HOLD-BACK of ${holdBack} s is below two part targets`,
    );
    violations.check(
      holdBack + ROUNDING >= 3 * partTarget,
      '4.4.3.8',
      `PART-HOLD-BACK of ${holdBack} s should be three part targets`,
    );
  }
  if (serverControl === null || targetDuration === null) return;
  const { 'HOLD-BACK': holdBack, 'CAN-SKIP-UNTIL': skipUntil } = serverControl;
  if (holdBack !== undefined) {
    violations.check(
      Number(holdBack) >= 3 * targetDuration,
      '4.4.3.8',
      `HOLD-BACK of ${holdBack} s is below three target durations`,
    );
  }
  if (skipUntil !== undefined) {
    violations.check(
      Number(skipUntil) >= 6 * targetDuration,
      '4.4.3.8',
      `CAN-SKIP-UNTIL of ${skipUntil} s is below six target durations`,
    );
  }
}

function checkParts(
  { partTarget, segments, preloadHint, targetDuration }: ParsedPlaylist,
  violations: Violations,
): void {
  if (partTarget === null) return;
  const names = new Set<string>();
  for (const segment of segments) {
    segment.parts.forEach((part, index) => {
      violations.check(
        part.duration <= partTarget + ROUNDING,
        '4.4.4.9',
        `${part.uri} lasts ${part.duration} s, more than the part target of ${partTarget} s`,
      );
      const mayBeShort = part.independent || part.gap || index === segment.parts.length - 1;
      violations.check(
        mayBeShort || part.duration >= SHORTEST_PART * partTarget,
        '4.4.4.9',
        `${part.uri} lasts ${part.duration} s, less than 85 % of the part target of ${partTarget} s`,
      );
      violations.check(!names.has(part.uri), '4.4.4.9', `${part.uri} is listed twice`);
      names.add(part.uri);
    });
  }
  violations.check(
    preloadHint === null || !names.has(preloadHint),
    '4.4.5.3',
    `${preloadHint} is hinted at and there already`,
  );
  checkOldParts(segments, targetDuration ?? 0, violations);
}

/** Parts should go three target durations after they are of use. */
function checkOldParts(segments: readonly ListedSegment[], targetDuration: number, violations: Violations): void {
  let fromEnd = 0;
  for (const segment of segments.toReversed()) {
    violations.check(
      segment.parts.length === 0 || fromEnd <= targetDuration * 4,
      '4.4.4.9',
      `${name(segment)} still lists its parts ${fromEnd.toFixed(1)} s from the end`,
    );
    fromEnd += segment.duration ?? segment.parts.reduce((sum, { duration }) => sum + duration, 0);
  }
}

function checkDates({ segments }: ParsedPlaylist, violations: Violations): void {
  segments.forEach((segment, index) => {
    const before = segments[index - 1];
    if (before === undefined || segment.discontinuity) return;
    violations.check(
      before.map === segment.map,
      '4.4.4.3',
      `the map changes before ${name(segment)} without EXT-X-DISCONTINUITY`,
    );
    if (segment.dateTime === null || before.dateTime === null || before.duration === null) return;
    const expected = before.dateTime + before.duration * 1_000;
    violations.check(
      Math.abs(segment.dateTime - expected) <= DATE_TOLERANCE_MS,
      '4.4.4.6',
      `${name(segment)} begins ${Math.round(segment.dateTime - expected)} ms off the end of the one before`,
    );
  });
}

function checkEnd(
  { hasEnded, preloadHint, type, segments, skipped, serverControl }: ParsedPlaylist,
  violations: Violations,
): void {
  violations.check(type === null || type === 'EVENT' || type === 'VOD', '4.4.3.5', `EXT-X-PLAYLIST-TYPE is ${type}`);
  violations.check(type !== 'VOD' || hasEnded, '4.4.3.5', 'a VOD has no EXT-X-ENDLIST');
  violations.check(!hasEnded || preloadHint === null, '4.4.5.3', 'something is hinted at after the end');
  violations.check(skipped === 0 || !hasEnded, '6.2.5.1', 'a playlist that has ended is no delta update');
  violations.check(
    skipped === 0 || serverControl?.['CAN-SKIP-UNTIL'] !== undefined,
    '6.2.5.1',
    'a delta update comes of a playlist that does not offer them',
  );
  violations.check(
    segments.slice(0, -1).every(({ uri }) => uri !== null),
    '4.4.4.9',
    'a segment of parts alone is not the last one',
  );
}

const name = ({ sequence }: ListedSegment): string => `segment ${sequence}`;
