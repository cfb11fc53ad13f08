import { parseAttributes, parsePlaylist, type ParsedPlaylist } from './parse-playlist.ts';
import { Violations, type Violation } from './violation.ts';

/** Dates and lengths of sound differ by a frame of it at most. */
const SOUND_TOLERANCE_MS = 25;
const PICTURE_TOLERANCE_MS = 2;

interface NamedPlaylist {
  /** As its siblings and the multivariant playlist name it, without folders. */
  readonly name: string;
  readonly playlist: ParsedPlaylist;
  readonly isSound: boolean;
}

/** Rules over all media playlists of one stream, as they are at one moment, and the multivariant playlist above them. */
export function validateRenditions(
  multivariant: string,
  texts: Readonly<Record<string, string>>,
): readonly Violation[] {
  const violations = new Violations();
  const playlists = Object.entries(texts).map(([name, text]) => ({
    name,
    playlist: parsePlaylist(text),
    isSound: name.startsWith('audio'),
  }));
  checkNames(multivariant, playlists, violations);
  const [first, ...others] = playlists;
  if (first === undefined) return violations.found;
  for (const other of others) compareRenditions(first, other, violations);
  for (const each of playlists) checkReports(each, playlists, violations);
  return violations.found;
}

function checkNames(multivariant: string, playlists: readonly NamedPlaylist[], violations: Violations): void {
  const lines = multivariant.split('\n');
  const variants = lines.flatMap((line, index) =>
    line.startsWith('#EXT-X-STREAM-INF:')
      ? [
          { ...parseAttributes(line.slice(line.indexOf(':') + 1)), uri: lines[index + 1] ?? '' } as Record<
            string,
            string
          >,
        ]
      : [],
  );
  for (const { name } of playlists) {
    violations.check(
      variants.some(({ uri = '' }) => uri.endsWith(name)),
      '4.4.6.2',
      `no variant is ${name}`,
    );
  }
  const pictures = variants.filter(({ RESOLUTION: size }) => size !== undefined);
  violations.check(
    new Set(pictures.map(({ RESOLUTION: size }) => size)).size === pictures.length,
    '4.4.6.2',
    'two variants have the same RESOLUTION and nothing tells them apart',
  );
  violations.check(
    new Set(pictures.map(({ AUDIO: group }) => group)).size <= 1,
    '4.4.6.2.1',
    'variants of one picture have sound of different groups',
  );
  const area = ({ RESOLUTION: size = '' }) => size.split('x').reduce((product, side) => product * Number(side), 1);
  const bySize = pictures.toSorted((one, other) => area(other) - area(one));
  violations.check(
    bySize.every(
      ({ BANDWIDTH: rate }, index) => index === 0 || Number(rate) <= Number(bySize[index - 1]?.['BANDWIDTH']),
    ),
    '4.4.6.2',
    'a smaller picture takes more than a larger one',
  );
}

/** Matching content has matching times and counts (6.2.4). */
function compareRenditions(first: NamedPlaylist, other: NamedPlaylist, violations: Violations): void {
  const pair = `${first.name} and ${other.name}`;
  violations.check(
    first.playlist.targetDuration === other.playlist.targetDuration,
    '6.2.4',
    `${pair} have another EXT-X-TARGETDURATION`,
  );
  violations.check(
    first.playlist.partTarget === other.playlist.partTarget,
    '4.4.3.7',
    `${pair} have another PART-TARGET`,
  );
  const tolerance = first.isSound || other.isSound ? SOUND_TOLERANCE_MS : PICTURE_TOLERANCE_MS;
  const known = new Map(countDiscontinuities(first.playlist).map((each) => [each.segment.sequence, each]));
  for (const { segment, discontinuities } of countDiscontinuities(other.playlist)) {
    const same = known.get(segment.sequence);
    if (same === undefined) continue;
    const name = `segment ${segment.sequence} of ${pair}`;
    violations.check(
      same.discontinuities === discontinuities,
      '6.2.4',
      `${name} has another discontinuity sequence number`,
    );
    violations.check(
      Math.abs((same.segment.dateTime ?? 0) - (segment.dateTime ?? 0)) <= tolerance,
      '6.2.4',
      `${name} begins at ${segment.dateTime} and at ${same.segment.dateTime}`,
    );
    if (segment.duration === null || same.segment.duration === null) continue;
    violations.check(
      Math.abs(segment.duration - same.segment.duration) * 1_000 <= tolerance * 2,
      '6.2.4',
      `${name} lasts ${segment.duration} s and ${same.segment.duration} s`,
    );
  }
}

function countDiscontinuities({ segments, discontinuitySequence }: ParsedPlaylist) {
  let discontinuities = discontinuitySequence;
  return segments.map((segment) => {
    if (segment.discontinuity) discontinuities += 1;
    return { segment, discontinuities };
  });
}

/** A low-latency playlist tells how far each of the others is (4.4.5.4, 6.2.5.4 of B.1). */
function checkReports({ name, playlist }: NamedPlaylist, all: readonly NamedPlaylist[], violations: Violations): void {
  if (playlist.hasEnded) return;
  const reports = new Map(playlist.renditionReports.map((report) => [report['URI'] ?? '', report]));
  violations.check(!reports.has(name), '4.4.5.4', `${name} reports on itself`);
  for (const other of all.filter((each) => each.name !== name)) {
    const report = reports.get(other.name);
    violations.check(report !== undefined, '4.4.5.4', `${name} does not report on ${other.name}`);
    const last = other.playlist.segments.at(-1);
    if (report === undefined || last === undefined) continue;
    violations.check(
      Number(report['LAST-MSN']) === last.sequence,
      '4.4.5.4',
      `${name} reports ${report['LAST-MSN']} of ${other.name}, which has got to ${last.sequence}`,
    );
    if (last.parts.length === 0) continue;
    violations.check(
      Number(report['LAST-PART']) === last.parts.length - 1,
      '4.4.5.4',
      `${name} reports part ${report['LAST-PART']} of ${other.name}, which has ${last.parts.length}`,
    );
  }
}
