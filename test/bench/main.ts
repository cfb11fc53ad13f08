import { parseArgs } from 'node:util';
import { obtainWorkerPath } from '../../scripts/set-up/worker.ts';
import { descendantsOf, listProcesses } from '../e2e/support/processes.ts';
import { describeResult, holds, type Result } from './report.ts';

const BENCHES: Readonly<Record<string, () => Promise<readonly Result[]>>> = {
  'chat-fan-out': async () => (await import('./chat-fan-out/chat-fan-out.ts')).measureChatFanOut(),
  'chat-list': async () => (await import('./chat-list/chat-list.ts')).measureChatList(),
  memory: async () => (await import('./memory/memory.ts')).measureMemory(),
  'hls-delivery': async () => (await import('./hls-delivery/hls-delivery.ts')).measureHlsDelivery(),
  join: async () => (await import('./media/join.ts')).measureJoin(),
  'hand-over': async () => (await import('./media/hand-over.ts')).measureHandOver(),
  'glass-to-glass': async () => (await import('./media/glass-to-glass.ts')).measureGlassToGlass(),
  hls: async () => (await import('./broadcast/hls.ts')).measureHls(),
  'broadcast-return': async () => (await import('./broadcast/broadcast-return.ts')).measureBroadcastReturn(),
  composer: async () => (await import('./broadcast/composer.ts')).measureComposer(),
  gifts: async () => (await import('./gifts/gifts.ts')).measureGifts(),
  audience: async () => (await import('./audience/audience.ts')).measureAudience(),
  'exactly-once': async () => (await import('./exactly-once/exactly-once.ts')).measureExactlyOnce(),
  return: async () => (await import('./media/return.ts')).measureReturn(),
};

/** No bench takes so long; one that does hangs. */
const LIMIT_MS = 15 * 60_000;

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const names = values.only?.split(',') ?? Object.keys(BENCHES);
process.env['MEDIASOUP_WORKER_BIN'] = await obtainWorkerPath();
let missed = 0;
for (const name of names) {
  const measure = BENCHES[name];
  if (measure === undefined) throw new Error(`There is no bench "${name}": ${Object.keys(BENCHES).join(', ')}.`);
  console.log(`\n━━ ${name}`);
  try {
    for (const result of await withinLimit(measure())) {
      console.log(describeResult(result));
      if (!holds(result)) missed += 1;
    }
  } catch (error) {
    missed += 1;
    console.log(
      `✗ ${name} could not be measured: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    // What a bench that failed has left would be measured with the next.
    for (const { pid } of descendantsOf(process.pid, await listProcesses())) end(pid);
  }
}
console.log(missed === 0 ? '\nall within what is expected' : `\n${missed} outside what is expected`);
process.exit(missed === 0 ? 0 : 1);

async function withinLimit<T>(measured: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It took more than ${LIMIT_MS / 60_000} minutes.`)), LIMIT_MS);
  });
  return Promise.race([measured, over]).finally(() => clearTimeout(timer));
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
