import { parsePlaylist, type ParsedPlaylist } from './parse-playlist.ts';
import { Violations, type Violation } from './violation.ts';

const PLAYLIST_TYPES = new Set(['application/vnd.apple.mpegurl', 'audio/mpegurl']);

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  readonly tookMs: number;
}

async function ask(url: URL, directives: Readonly<Record<string, number | string>> = {}): Promise<Answer> {
  const address = new URL(url);
  for (const [name, value] of Object.entries(directives)) address.searchParams.set(name, String(value));
  const startedAt = performance.now();
  const response = await fetch(address);
  return {
    status: response.status,
    text: await response.text(),
    headers: response.headers,
    tookMs: performance.now() - startedAt,
  };
}

const newest = ({ segments, mediaSequence }: ParsedPlaylist) => {
  const last = segments.at(-1);
  if (last === undefined) return { sequence: mediaSequence, part: 0 };
  return last.uri === null
    ? { sequence: last.sequence, part: last.parts.length }
    : { sequence: last.sequence + 1, part: 0 };
};

/** Holds what a server does with delivery directives against the rules; the playlist at `url` must be live. */
export async function validateDelivery(url: URL): Promise<readonly Violation[]> {
  const violations = new Violations();
  const plain = await ask(url);
  violations.check(plain.status === 200, '6.2.1', `the playlist is answered with ${plain.status}`);
  const type = plain.headers.get('content-type')?.split(';')[0] ?? '';
  violations.check(PLAYLIST_TYPES.has(type), '4', `its type is ${type}`);
  const { sequence, part } = newest(parsePlaylist(plain.text));

  const blocked = await ask(url, { _HLS_msn: sequence, _HLS_part: part });
  violations.check(blocked.status === 200, '6.2.5.2', `a blocking reload is answered with ${blocked.status}`);
  const reached = newest(parsePlaylist(blocked.text));
  violations.check(
    reached.sequence > sequence || (reached.sequence === sequence && reached.part > part),
    '6.2.5.2',
    'a blocking reload was answered before there was what it asked for',
  );

  const past = await ask(url, { _HLS_msn: sequence - 1 });
  violations.check(past.status === 200, '6.2.5.2', `what is there already is answered with ${past.status}`);

  const beyond = await ask(url, { _HLS_msn: sequence - 1, _HLS_part: 99 });
  violations.check(
    beyond.status === 200 && newest(parsePlaylist(beyond.text)).sequence >= sequence,
    '6.2.5.2',
    'a part beyond the last of a segment is not taken for the first of the next',
  );

  for (const [directives, problem] of [
    [{ _HLS_msn: sequence + 50 }, 'a segment too far in the future'],
    [{ _HLS_part: 0 }, 'a part without its segment'],
  ] as const) {
    const { status } = await ask(url, directives);
    violations.check(status === 400, '6.2.5.2', `${problem} is answered with ${status}`);
  }
  return violations.found;
}

/** Asks again and again as a low-latency player does, until it has seen so many parts. */
export async function recordSeries(url: URL, parts: number): Promise<string[]> {
  const texts = [(await ask(url)).text];
  let { sequence, part } = newest(parsePlaylist(texts[0] ?? ''));
  while (texts.length <= parts) {
    const { status, text } = await ask(url, { _HLS_msn: sequence, _HLS_part: part });
    if (status !== 200) throw new Error(`${url.pathname} answered ${status}: ${text}`);
    texts.push(text);
    ({ sequence, part } = newest(parsePlaylist(text)));
  }
  return texts;
}
