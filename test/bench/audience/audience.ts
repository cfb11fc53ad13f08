import { fork } from 'node:child_process';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Result } from '../report.ts';
import { AudiencePage, type PageReport } from './audience-page.ts';
import { ROOM, type CrowdPlan, type CrowdReport } from './crowd.ts';
import { WatchedServer, type Effort } from './watched-server.ts';

const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url));
const LOAD = { members: 2_000, seconds: 15, chats: 50, reactions: 200, voting: 5 };
/** How long the page is watched before anybody does anything. */
const ALONE_MS = 4_000;
const TAGS = `<ils-room room="${ROOM}" token-url="/dev/token?role=viewer" auto-join><div class="show">
  <main class="picture"><ils-player></ils-player></main>
  <aside><ils-chat></ils-chat><ils-poll></ils-poll><ils-reactions></ils-reactions></aside>
</div></ils-room>`;

interface Measured {
  readonly report: CrowdReport;
  readonly effort: Effort;
}

/**
 * An audience of 2,000 that chats, reacts and votes, on real sockets of one server process; the same crowd at Socket.IO, which
 * keeps and checks nothing; and the crowd once more with a real page among it, apart because a browser that draws on the same
 * machine takes the processor that the server is measured on. The crowd runs in a process of its own.
 */
export async function measureAudience(): Promise<readonly Result[]> {
  const yardstick = await measureSocketIo();
  print('Socket.IO', yardstick);
  const ours = await measureRoomServer((server, crowd) => server.watch(() => crowd.run()));
  print('ILS Kit', ours);
  let page: PageReport | undefined;
  let alone: PageReport | undefined;
  const watched = await measureRoomServer(async (server, crowd) => {
    const opened = await AudiencePage.open(`http://localhost:${server.port}/crowd`);
    [, alone] = await opened.watch(() => wait(ALONE_MS));
    const [measured, seen] = await opened.watch(() => server.watch(() => crowd.run()));
    page = seen;
    await opened.close();
    return measured;
  });
  if (page === undefined || alone === undefined) throw new Error('The page saw nothing.');
  print('ILS Kit beside a browser', watched);
  console.log(
    `  the page: ${page.framesPerSecond.toFixed(1)} frames a second, alone ${alone.framesPerSecond.toFixed(1)}, ` +
      `busy ${(page.busy * 100).toFixed(0)} %, longest task ${page.longestMs.toFixed(0)} ms of processor`,
  );
  const who = `${LOAD.members} participants`;
  const { report, effort } = ours;
  const lost = report.lost + watched.report.lost;
  return [
    { what: `${who}: messages, reactions and votes lost`, value: lost, unit: '', atMost: 0 },
    { what: `${who}: chat from send to receipt, p99`, value: report.chatMs.p99, unit: 'ms', atMost: 250 },
    { what: `${who}: vote to its answer, p99`, value: report.voteMs.p99, unit: 'ms', atMost: 250 },
    { what: `${who}: longest stall of the event loop`, value: effort.stallMs, unit: 'ms', atMost: 100 },
    {
      what: `${who}: processor time of the server`,
      ours: effort.processorSeconds,
      yardstick: yardstick.effort.processorSeconds,
      yardstickName: 'Socket.IO, the same fan-out',
      unit: 's',
      expected: { atMost: 1 },
    },
    {
      what: 'the page: messages missing',
      value: Math.abs(watched.report.chats - page.chats),
      unit: '',
      atMost: 0,
    },
    { what: 'the page: tasks over 50 ms', value: page.longTasks, unit: 'tasks', atMost: 0 },
    {
      what: 'the page: drawn while all take part',
      ours: page.framesPerSecond,
      yardstick: alone.framesPerSecond,
      yardstickName: 'nobody does',
      unit: 'frames a second',
      expected: { atLeast: 0.9 },
    },
  ];
}

async function measureSocketIo(): Promise<Measured> {
  const entry = new URL('../yardsticks/socket-io-audience.ts', import.meta.url);
  const server = await WatchedServer.start(entry, [], /"port":(\d+)/);
  const crowd = await Gathering.join({ server: 'Socket.IO', port: server.port, ...LOAD });
  const [report, effort] = await server.watch(() => crowd.run());
  await server.stop();
  return { report, effort };
}

async function measureRoomServer(
  measure: (server: WatchedServer, crowd: Gathering) => Promise<readonly [CrowdReport, Effort]>,
): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'ils-audience-'));
  await cp(join(REPOSITORY, 'demo'), join(folder, 'demo'), { recursive: true });
  await symlink(join(REPOSITORY, 'dist'), join(folder, 'dist'));
  await writeFile(
    join(folder, 'demo', 'crowd.html'),
    `<!doctype html><html lang="en"><head><meta charset="utf-8" /><title>Crowd</title>
    <link rel="stylesheet" href="/demo.css" /><link rel="stylesheet" href="/show.css" /><script type="module" src="/kit/cdn/ils.js"></script></head>
    <body>${TAGS}</body></html>`,
  );
  const flags = ['--dev', '--host', '127.0.0.1', '--port', '0', '--workers', '1', '--log-level', 'warn'];
  const server = await WatchedServer.start(
    new URL('../../../server/src/main.ts', import.meta.url),
    [...flags, '--media-ports', '0-0', '--data', folder, '--pages', folder],
    /ready: http:\/\/\S+?:(\d+)/,
  );
  const crowd = await Gathering.join({ server: 'ILS Kit', port: server.port, ...LOAD });
  const [report, effort] = await measure(server, crowd);
  await server.stop();
  await rm(folder, { recursive: true });
  return { report, effort };
}

/** The crowd's process. */
class Gathering {
  readonly #child: ReturnType<typeof fork>;

  private constructor(child: ReturnType<typeof fork>) {
    this.#child = child;
  }

  static async join(plan: CrowdPlan): Promise<Gathering> {
    const child = fork(new URL('./crowd-process.ts', import.meta.url), [JSON.stringify(plan)]);
    const gathering = new Gathering(child);
    await gathering.#hear();
    return gathering;
  }

  async run(): Promise<CrowdReport> {
    this.#child.send('go');
    return (await this.#hear()) as CrowdReport;
  }

  /** What the process says next. */
  #hear(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#child.once('message', resolve);
      this.#child.once('exit', (code) => reject(new Error(`The crowd ended with ${code}.`)));
    });
  }
}

function print(name: string, { report, effort }: Measured): void {
  const { chatMs, voteMs, busy, lost, wrong } = report;
  console.log(
    `  ${name}: ${report.chats} messages, ${report.reactions} reactions, ${report.votes} votes; lost ${lost}; ` +
      `chat ${chatMs.median} ms median, ${chatMs.p99} ms p99, ${chatMs.most.toFixed(0)} ms most; ` +
      `votes ${voteMs.p99} ms p99; stall ${effort.stallMs.toFixed(0)} ms; ` +
      `server ${effort.processorSeconds.toFixed(1)} s of processor; the crowd itself ${(busy * 100).toFixed(0)} % of one`,
  );
  for (const what of wrong) console.log(`    ${what}`);
}
