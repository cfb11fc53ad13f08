import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MeasuredProcess } from '../memory/measured-process.ts';
import { percentile, type Result } from '../report.ts';
import { startNginx } from '../../server/broadcast/nginx-process.ts';
import type { ReadersReport } from './readers-process.ts';

const READERS = 300;
const SECONDS = 30;
const TICKS_A_SECOND = 100;
/** Readers end by themselves; later than this they hang. */
const READ_LIMIT_MS = 60_000;
/** Who delivers has this core for itself; the readers have the other. */
const SERVER_CORE = '0';
const READER_CORE = '1';
const run = promisify(execFile);

/** Low-latency readers of one broadcast, picture and sound, from one core, against nginx that serves the same files to as many requests. */
export async function measureHlsDelivery(): Promise<readonly Result[]> {
  const entry = new URL('broadcast-process.ts', import.meta.url);
  const server = await MeasuredProcess.start(entry, [], /"port":(\d+)/);
  await pin(server.pid);
  await read(server.port, 10);
  const before = await server.measure();
  const ours = await measure(server.pid, () => read(server.port, SECONDS));
  const after = await server.measure();
  const files = await takeFiles(server.port);
  await server.stop();

  const nginx = await startNginx({ server: 'sendfile on; tcp_nopush on; open_file_cache max=100;', files });
  await pin(nginx.pid);
  const polled = Object.keys(files).flatMap((name) => ['--poll', `/${name}`]);
  const theirs = await measure(nginx.pid, () => read(nginx.port, SECONDS, polled));
  await nginx.stop();

  const { delaysMs, failures, requests } = ours.report;
  const perRequest = ({ cpuSeconds, report }: Measured) => (cpuSeconds / report.requests) * 1_000_000;
  const who = `${READERS} low-latency readers`;
  console.log(
    `  ${who}: ${Math.round(requests / SECONDS)} requests/s, nginx ${Math.round(theirs.report.requests / SECONDS)}`,
  );
  return [
    { what: `${who}, packager and delivery`, value: ours.cpuSeconds / SECONDS, unit: 'cores', atMost: 1 },
    { what: `${who}, answers that failed`, value: failures, unit: 'answers', atMost: 0 },
    {
      what: `${who}, end of a part to its last byte, median`,
      value: percentile(delaysMs, 0.5),
      unit: 'ms',
      atMost: 150,
    },
    { what: `${who}, end of a part to its last byte, p95`, value: percentile(delaysMs, 0.95), unit: 'ms', atMost: 300 },
    {
      what: `${who}, memory held, growth in ${SECONDS} s`,
      value: Math.max(0, after.held - before.held) / 1_000_000,
      unit: 'MB',
      atMost: 20,
    },
    {
      what: 'processor time of a request',
      ours: perRequest(ours),
      yardstick: perRequest(theirs),
      yardstickName: 'nginx, the same files',
      unit: 'µs',
      expected: { atMost: 10 },
    },
  ];
}

interface Measured {
  readonly report: ReadersReport;
  readonly cpuSeconds: number;
}

async function measure(pid: number, work: () => Promise<ReadersReport>): Promise<Measured> {
  const before = await cpuSecondsOf(pid);
  const report = await work();
  return { report, cpuSeconds: (await cpuSecondsOf(pid)) - before };
}

async function read(port: number, seconds: number, more: readonly string[] = []): Promise<ReadersReport> {
  const script = fileURLToPath(new URL('readers-process.ts', import.meta.url));
  const parameters = ['--port', port, '--readers', READERS, '--seconds', seconds].map(String);
  const command = ['-c', READER_CORE, process.execPath, script, ...parameters, ...more];
  const { stdout } = await run('taskset', command, {
    maxBuffer: 64 * 1_024 * 1_024,
    timeout: seconds * 1_000 + READ_LIMIT_MS,
  });
  return JSON.parse(stdout) as ReadersReport;
}

/** All threads of a process to one core. */
async function pin(pid: number): Promise<void> {
  await run('taskset', ['-a', '-c', '-p', SERVER_CORE, String(pid)]);
}

/** User and system time of a process. */
async function cpuSecondsOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/stat`, 'latin1');
  const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

/** One playlist and one part, as large as they are on the way. */
async function takeFiles(port: number): Promise<Record<string, Uint8Array>> {
  const address = `http://127.0.0.1:${port}/broadcasts/bench/live/video.m3u8`;
  const playlist = await (await fetch(address)).text();
  const part = /#EXT-X-PART:[^\n]*URI="([^"]+)"/.exec(playlist)?.[1] ?? '';
  const media = await (await fetch(new URL(part, address))).arrayBuffer();
  return { 'video.m3u8': Buffer.from(playlist), 'part.m4s': new Uint8Array(media) };
}
