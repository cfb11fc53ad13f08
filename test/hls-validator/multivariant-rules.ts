import { parseAttributes } from './parse-playlist.ts';
import { Violations, type Violation } from './violation.ts';

/** Codecs as RFC 6381 writes them, of what we make. */
const CODEC = /^(avc1\.[0-9A-F]{6}|mp4a\.40\.\d+)$/;

/** Rules for a multivariant playlist. */
export function validateMultivariantPlaylist(text: string): readonly Violation[] {
  const violations = new Violations();
  const lines = text.split('\n');
  violations.check(lines[0] === '#EXTM3U', '4.4.1.1', 'EXTM3U is not the first line');
  violations.check(!text.includes('#EXTINF'), '4.1', 'it is a media playlist too');
  const groups = new Set<string>();
  const names = new Set<string>();
  for (const line of lines.filter((one) => one.startsWith('#EXT-X-MEDIA:'))) {
    const media = parseAttributes(line.slice('#EXT-X-MEDIA:'.length));
    for (const name of ['TYPE', 'GROUP-ID', 'NAME']) {
      violations.check(media[name] !== undefined, '4.4.6.1', `an EXT-X-MEDIA has no ${name}`);
    }
    if (media['TYPE'] === 'AUDIO') {
      violations.check(media['CHANNELS'] !== undefined, '4.4.6.1', 'a rendition of sound has no CHANNELS');
    }
    if (media['TYPE'] === 'SUBTITLES') {
      violations.check(media['URI'] !== undefined, '4.4.6.1', 'a rendition of captions has no URI');
      violations.check(media['LANGUAGE'] !== undefined, '4.4.6.1', 'a rendition of captions has no LANGUAGE');
      violations.check(media['AUTOSELECT'] === 'YES' || media['DEFAULT'] !== 'YES', '4.4.6.1', 'captions are DEFAULT');
    }
    const name = `${media['TYPE']} ${media['GROUP-ID']} ${media['NAME']}`;
    violations.check(!names.has(name), '4.4.6.1.1', `two renditions are called ${name}`);
    names.add(name);
    groups.add(media['GROUP-ID'] ?? '');
  }
  lines.forEach((line, index) => {
    if (!line.startsWith('#EXT-X-STREAM-INF:')) return;
    const uri = lines[index + 1] ?? '';
    violations.check(uri !== '' && !uri.startsWith('#'), '4.4.6.2', 'an EXT-X-STREAM-INF has no URI');
    checkVariant(parseAttributes(line.slice('#EXT-X-STREAM-INF:'.length)), groups, violations);
  });
  violations.check(text.includes('#EXT-X-STREAM-INF:'), '4.4.6.2', 'there is no variant');
  checkSoundAlone(lines, violations);
  checkCaptions(lines, violations);
  return violations.found;
}

/** Whatever a player chooses, it has the same captions (4.4.6.2.1). */
function checkCaptions(lines: readonly string[], violations: Violations): void {
  const variants = lines.filter((line) => line.startsWith('#EXT-X-STREAM-INF:')).map((line) => parseAttributes(line));
  const groups = new Set(variants.map(({ SUBTITLES: group }) => group));
  violations.check(groups.size <= 1, '4.4.6.2.1', 'variants have captions of different groups');
  const offered = lines.some((line) => line.startsWith('#EXT-X-MEDIA:') && line.includes('TYPE=SUBTITLES'));
  violations.check(!offered || !groups.has(undefined), '4.4.6.2.1', 'there are captions that no variant names');
}

/** Who has no bandwidth for a picture is to have the sound: the lowest variant, of the same rendition as the others. */
function checkSoundAlone(lines: readonly string[], violations: Violations): void {
  const renditions = lines
    .filter((line) => line.startsWith('#EXT-X-MEDIA:'))
    .map((line) => parseAttributes(line.slice('#EXT-X-MEDIA:'.length)))
    .filter(({ TYPE: type }) => type === 'AUDIO');
  const variants = lines.flatMap((line, index) =>
    line.startsWith('#EXT-X-STREAM-INF:')
      ? [{ variant: parseAttributes(line.slice('#EXT-X-STREAM-INF:'.length)), uri: lines[index + 1] ?? '' }]
      : [],
  );
  const alone = variants.find(({ variant: { CODECS: codecs = '' } }) => codecs !== '' && !codecs.includes('avc1'));
  violations.check(alone !== undefined, '4.4.6.2', 'there is no variant of sound alone');
  if (alone === undefined) return;
  violations.check(
    renditions.some((one) => one['GROUP-ID'] === alone.variant['AUDIO'] && one['URI'] === alone.uri),
    '4.4.6.2.1',
    'the variant of sound alone is another than the rendition of its group',
  );
  violations.check(
    variants.every(({ variant }) => Number(variant['BANDWIDTH']) >= Number(alone.variant['BANDWIDTH'])),
    '4.4.6.2',
    'a variant with a picture takes less than the sound alone',
  );
  violations.check(
    renditions.every((one) => one['AUTOSELECT'] === 'YES' || one['DEFAULT'] !== 'YES'),
    '4.4.6.1',
    'a rendition is DEFAULT and not AUTOSELECT',
  );
}

function checkVariant(
  variant: Readonly<Record<string, string>>,
  groups: ReadonlySet<string>,
  violations: Violations,
): void {
  const {
    BANDWIDTH: peak,
    'AVERAGE-BANDWIDTH': average,
    CODECS: codecs = '',
    RESOLUTION: size,
    AUDIO: group,
  } = variant;
  violations.check(/^[1-9]\d*$/.test(peak ?? ''), '4.4.6.2', `BANDWIDTH is ${peak}`);
  violations.check(
    average === undefined || Number(average) <= Number(peak),
    '4.4.6.2',
    `AVERAGE-BANDWIDTH of ${average} is above BANDWIDTH of ${peak}`,
  );
  violations.check(
    codecs !== '' && codecs.split(',').every((codec) => CODEC.test(codec)),
    '4.4.6.2',
    `CODECS is "${codecs}"`,
  );
  if (codecs.includes('avc1')) {
    violations.check(/^\d+x\d+$/.test(size ?? ''), '4.4.6.2', 'a variant with a picture has no RESOLUTION');
    violations.check(variant['FRAME-RATE'] !== undefined, '4.4.6.2', 'a variant with a picture has no FRAME-RATE');
  }
  for (const name of [group, variant['SUBTITLES']])
    violations.check(name === undefined || groups.has(name), '4.4.6.2.1', `there is no rendition in group ${name}`);
}
