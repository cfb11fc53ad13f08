/** A partial segment as a playlist lists it. */
export interface ListedPart {
  readonly uri: string;
  readonly duration: number;
  readonly independent: boolean;
  readonly gap: boolean;
}

/** A media segment; `duration` is `null` while only its parts are known. */
export interface ListedSegment {
  readonly sequence: number;
  readonly uri: string | null;
  readonly duration: number | null;
  readonly parts: readonly ListedPart[];
  readonly discontinuity: boolean;
  /** URI of the EXT-X-MAP that holds for it. */
  readonly map: string | null;
  /** Its EXT-X-PROGRAM-DATE-TIME. Milliseconds since the epoch. */
  readonly dateTime: number | null;
  readonly gap: boolean;
}

export interface ParsedPlaylist {
  readonly version: number;
  readonly targetDuration: number | null;
  readonly partTarget: number | null;
  readonly mediaSequence: number;
  readonly discontinuitySequence: number;
  readonly type: string | null;
  readonly serverControl: Readonly<Record<string, string>> | null;
  readonly skipped: number;
  readonly segments: readonly ListedSegment[];
  readonly preloadHint: string | null;
  readonly renditionReports: readonly Readonly<Record<string, string>>[];
  /** Attributes of each EXT-X-DATERANGE. */
  readonly dateRanges: readonly Readonly<Record<string, string>>[];
  readonly hasEnded: boolean;
  /** Names of all tags, as they come. */
  readonly tags: readonly string[];
  /** Lines that no rule knows what to make of. */
  readonly malformed: readonly string[];
}

/** NAME=value pairs, values without their quotes. */
export function parseAttributes(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([A-Z0-9-]+)=("[^"]*"|[^,]*)/g)].map(([, name = '', value = '']) => [
      name,
      value.replaceAll('"', ''),
    ]),
  );
}

interface OpenSegment {
  parts: ListedPart[];
  discontinuity: boolean;
  dateTime: number | null;
  duration: number | null;
  gap: boolean;
}

const openSegment = (): OpenSegment => ({
  parts: [],
  discontinuity: false,
  dateTime: null,
  duration: null,
  gap: false,
});

/** Reads a media playlist without judging it. */
export function parsePlaylist(text: string): ParsedPlaylist {
  const single = new Map<string, string>();
  const segments: ListedSegment[] = [];
  const renditionReports: Record<string, string>[] = [];
  const dateRanges: Record<string, string>[] = [];
  const tags: string[] = [];
  const malformed: string[] = [];
  let open = openSegment();
  let map: string | null = null;
  let skipped = 0;
  const close = (uri: string | null) => {
    const sequence = Number(single.get('EXT-X-MEDIA-SEQUENCE') ?? 0) + skipped + segments.length;
    segments.push({ ...open, sequence, uri, map });
    open = openSegment();
  };
  for (const line of text.split('\n')) {
    if (line === '') continue;
    if (!line.startsWith('#EXT')) {
      if (line.startsWith('#')) continue;
      close(line);
      continue;
    }
    const [, name = '', value = ''] = /^#([A-Z0-9-]+)(?::(.*))?$/.exec(line) ?? [];
    tags.push(name);
    switch (name) {
      case 'EXTINF':
        open.duration = Number.parseFloat(value);
        break;
      case 'EXT-X-PART': {
        const { URI: uri = '', DURATION: duration = 'NaN', INDEPENDENT, GAP } = parseAttributes(value);
        open.parts.push({ uri, duration: Number(duration), independent: INDEPENDENT === 'YES', gap: GAP === 'YES' });
        break;
      }
      case 'EXT-X-DISCONTINUITY':
        open.discontinuity = true;
        break;
      case 'EXT-X-PROGRAM-DATE-TIME':
        open.dateTime = Date.parse(value);
        break;
      case 'EXT-X-GAP':
        open.gap = true;
        break;
      case 'EXT-X-MAP':
        map = parseAttributes(value)['URI'] ?? null;
        break;
      case 'EXT-X-SKIP':
        skipped = Number(parseAttributes(value)['SKIPPED-SEGMENTS']);
        break;
      case 'EXT-X-RENDITION-REPORT':
        renditionReports.push(parseAttributes(value));
        break;
      case 'EXT-X-DATERANGE':
        dateRanges.push(parseAttributes(value));
        break;
      case '':
        malformed.push(line);
        break;
      default:
        if (single.has(name)) malformed.push(line);
        single.set(name, value);
    }
  }
  if (open.parts.length > 0) close(null);
  const number = (name: string) => (single.has(name) ? Number(single.get(name)) : null);
  const serverControl = single.get('EXT-X-SERVER-CONTROL');
  const partInformation = single.get('EXT-X-PART-INF');
  const hint = single.get('EXT-X-PRELOAD-HINT');
  return {
    version: number('EXT-X-VERSION') ?? 1,
    targetDuration: number('EXT-X-TARGETDURATION'),
    partTarget: partInformation === undefined ? null : Number(parseAttributes(partInformation)['PART-TARGET']),
    mediaSequence: number('EXT-X-MEDIA-SEQUENCE') ?? 0,
    discontinuitySequence: number('EXT-X-DISCONTINUITY-SEQUENCE') ?? 0,
    type: single.get('EXT-X-PLAYLIST-TYPE') ?? null,
    serverControl: serverControl === undefined ? null : parseAttributes(serverControl),
    skipped,
    segments,
    preloadHint: hint === undefined ? null : (parseAttributes(hint)['URI'] ?? null),
    renditionReports,
    dateRanges,
    hasEnded: single.has('EXT-X-ENDLIST'),
    tags,
    malformed,
  };
}
