import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { PROTOCOL_VERSIONS } from '../../../src/protocol/version.ts';
import { loopbackAddress } from '../chat-fan-out/contender.ts';
import { median, type Result } from '../report.ts';
import { MeasuredProcess, type MemoryInUse } from './measured-process.ts';

const SOCKETS = 2_000;
const ROUNDS = 3;
const ROOM = 'memory';

interface Contender {
  readonly name: string;
  readonly server: MeasuredProcess;
  /** Opens one more socket that then says nothing. */
  connect(index: number): Promise<WebSocket>;
  stop(): Promise<void>;
}

/** What the server spends on a viewer who watches and says nothing, against a socket of bare ws. */
export async function measureMemory(): Promise<readonly Result[]> {
  const samples = new Map<string, MemoryInUse[]>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const start of [startBareWs, startRoomServer]) {
      const contender = await start();
      const { held, resident } = await measureEach(contender);
      samples.set(contender.name, [...(samples.get(contender.name) ?? []), { held, resident }]);
      console.log(`  ${contender.name}: ${held.toFixed(2)} KB held, ${resident.toFixed(2)} KB resident a socket`);
    }
  }
  const of = (name: string, figure: keyof MemoryInUse) => median((samples.get(name) ?? []).map((one) => one[figure]));
  const compare = (figure: keyof MemoryInUse, what: string): Result => ({
    what: `memory of one of ${SOCKETS} idle viewers, ${what}`,
    ours: of('ILS Kit', figure),
    yardstick: of('bare ws', figure),
    yardstickName: 'a socket of bare ws',
    unit: 'KB',
    expected: { atMost: 2 },
  });
  return [compare('held', 'heap and external'), compare('resident', 'resident')];
}

/** KB for each socket beyond the first, which brings what a server loads once. */
async function measureEach({ server, connect, stop }: Contender): Promise<MemoryInUse> {
  const sockets: WebSocket[] = [];
  const grow = async (count: number) => {
    while (sockets.length < count) sockets.push(await connect(sockets.length));
    return server.measure();
  };
  const before = await grow(1);
  const after = await grow(1 + SOCKETS);
  for (const socket of sockets) socket.terminate();
  await stop();
  const each = (figure: keyof MemoryInUse) => (after[figure] - before[figure]) / SOCKETS / 1_000;
  return { held: each('held'), resident: each('resident') };
}

async function startBareWs(): Promise<Contender> {
  const entry = new URL('../yardsticks/bare-ws-server.ts', import.meta.url);
  const server = await MeasuredProcess.start(entry, [], /"port":(\d+)/);
  return {
    name: 'bare ws',
    server,
    async connect(index) {
      const socket = openSocket(`ws://127.0.0.1:${server.port}`, index);
      await once(socket, 'open');
      return socket;
    },
    stop: () => server.stop(),
  };
}

async function startRoomServer(): Promise<Contender> {
  const folder = await mkdtemp(join(tmpdir(), 'ils-memory-'));
  const server = await MeasuredProcess.start(
    new URL('../../../server/src/main.ts', import.meta.url),
    `--dev --host 127.0.0.1 --port 0 --media-ports 0-0 --workers 1 --no-demo --log-level warn --data ${folder}`.split(
      ' ',
    ),
    /ready: http:\/\/\S+?:(\d+)/,
  );
  return {
    name: 'ILS Kit',
    server,
    async connect(index) {
      const answer = await fetch(
        `http://127.0.0.1:${server.port}/dev/token?room=${ROOM}&role=viewer&participant=viewer-${index}&name=Viewer ${index}`,
      );
      const { token } = (await answer.json()) as { token: string };
      const socket = openSocket(`ws://127.0.0.1:${server.port}/ws`, index);
      await once(socket, 'open');
      socket.send(JSON.stringify({ type: 'hello', versions: PROTOCOL_VERSIONS, room: ROOM, token }));
      const [welcome] = (await once(socket, 'message')) as [Buffer];
      if (!welcome.includes('"welcome"')) throw new Error(`No welcome: ${welcome.toString()}`);
      return socket;
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true });
    },
  };
}

function openSocket(url: string, index: number): WebSocket {
  return new WebSocket(url, { perMessageDeflate: false, localAddress: loopbackAddress(index) });
}
