import { parseArgs } from 'node:util';
import { Connection } from './connection.ts';

/** What all readers together have seen. */
export interface ReadersReport {
  readonly requests: number;
  readonly failures: number;
  /** From the end of a part, by the programme's clock, to its last byte here. Milliseconds. */
  readonly delaysMs: readonly number[];
}

const TRACKS = ['video', 'audio'] as const;
const TRACE_EVERY = 25;

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    readers: { type: 'string' },
    seconds: { type: 'string' },
    /** Files to ask for by turns at this pace, where the server cannot hold a reload. */
    poll: { type: 'string', multiple: true },
    paceMs: { type: 'string', default: '200' },
  },
});
const port = Number(values.port);
const endsAt = Date.now() + Number(values.seconds) * 1_000;
let requests = 0;
let failures = 0;
const delaysMs: number[] = [];

/** What comes next, the newest part, and when that ended. */
function readNewest(playlist: string) {
  const sequence = Number(/#EXT-X-MEDIA-SEQUENCE:(\d+)/.exec(playlist)?.[1]);
  const complete = playlist.match(/#EXTINF/g)?.length ?? 0;
  const open = playlist.slice(playlist.lastIndexOf('#EXTINF'));
  const parts = [...open.matchAll(/#EXT-X-PART:DURATION=([\d.]+)/g)];
  const startsAt = Date.parse(/#EXT-X-PROGRAM-DATE-TIME:(\S+)/.exec(open)?.[1] ?? '');
  const uris = [...playlist.matchAll(/#EXT-X-PART:[^\n]*URI="([^"]+)"/g)];
  return {
    sequence: sequence + complete,
    part: parts.length,
    uri: uris.at(-1)?.[1]?.replace('..', '/broadcasts/bench') ?? '',
    endedAt: startsAt + parts.reduce((sum, [, duration]) => sum + Number(duration) * 1_000, 0),
  };
}

async function follow(track: (typeof TRACKS)[number], index: number): Promise<void> {
  const connection = new Connection(port);
  const address = `/broadcasts/bench/live/${track}.m3u8`;
  let path = address;
  while (Date.now() < endsAt) {
    const playlist = await connection.get(path);
    requests += 1;
    if (playlist.status !== 200) {
      failures += 1;
      path = address;
      continue;
    }
    const { sequence, part, uri, endedAt } = readNewest(playlist.body.toString('latin1'));
    const media = await connection.get(uri);
    requests += 1;
    if (media.status !== 200) failures += 1;
    if (index % TRACE_EVERY === 0 && path !== address && part > 0) delaysMs.push(Date.now() - endedAt);
    path = `${address}?_HLS_msn=${sequence}&_HLS_part=${part}`;
  }
  connection.close();
}

async function poll(files: readonly string[], paceMs: number): Promise<void> {
  const connection = new Connection(port);
  for (let next = Date.now() + Math.random() * paceMs; Date.now() < endsAt; next += paceMs) {
    await new Promise((resolve) => setTimeout(resolve, next - Date.now()));
    for (const file of files) {
      const { status } = await connection.get(file);
      requests += 1;
      if (status !== 200) failures += 1;
    }
  }
  connection.close();
}

const reading = Array.from({ length: Number(values.readers) }, (_, index) =>
  TRACKS.map((track) => (values.poll ? poll(values.poll, Number(values.paceMs)) : follow(track, index))),
).flat();
await Promise.all(reading);
const report: ReadersReport = { requests, failures, delaysMs };
process.stdout.write(JSON.stringify(report));
