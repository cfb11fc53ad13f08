import { median, type Result } from '../report.ts';
import { startBareWs } from './bare-ws.ts';
import { processorSeconds, type Contender } from './contender.ts';
import { startRoomServer } from './room-server.ts';
import { startSocketIo } from './socket-io.ts';

const SOCKETS = 500;
const MESSAGES = 1_000;
const SINGLE_MESSAGES = 400;
const ROUNDS = 3;

/** Deliveries for each second of the server's processor. */
interface Sample {
  /** All messages at once, as when a crowd cheers. */
  readonly crowd: number;
  /** Each message sent when the one before has reached everyone. */
  readonly single: number;
}

/**
 * One message to 500 sockets, a thousand times, as fast as it goes. Rounds alternate, so that a machine that slows down slows all.
 * Every listener runs in this process; the servers each in their own.
 */
export async function measureChatFanOut(): Promise<readonly Result[]> {
  const samples = new Map<string, Sample[]>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const start of [startBareWs, startRoomServer, startSocketIo]) {
      const contender = await start();
      const sample = await measure(contender);
      await contender.close();
      samples.set(contender.name, [...(samples.get(contender.name) ?? []), sample]);
      console.log(
        `  ${contender.name}: a crowd ${Math.round(sample.crowd).toLocaleString('en')}, ` +
          `one by one ${Math.round(sample.single).toLocaleString('en')} deliveries a processor second`,
      );
    }
  }
  const of = (name: string, figure: keyof Sample): number =>
    median((samples.get(name) ?? []).map((sample) => sample[figure]));
  const compare = (figure: keyof Sample, what: string, yardstickName: string, atLeast: number): Result => ({
    what: `chat to ${SOCKETS} sockets, ${what}`,
    ours: of('ILS Kit', figure),
    yardstick: of(yardstickName, figure),
    yardstickName,
    unit: 'deliveries a processor second',
    expected: { atLeast },
  });
  // One by one, each delivery is a system call for everybody: not even bare ws is twice as fast as Socket.IO there.
  return [
    compare('crowd', 'a crowd at once', 'bare ws', 0.7),
    compare('crowd', 'a crowd at once', 'Socket.IO', 2),
    compare('single', 'one by one', 'bare ws', 0.7),
    compare('single', 'one by one', 'Socket.IO', 1),
  ];
}

async function measure(contender: Contender): Promise<Sample> {
  await contender.connect(SOCKETS);
  const crowd = await deliveriesPerProcessorSecond(contender, MESSAGES, () => contender.exchange(MESSAGES));
  const single = await deliveriesPerProcessorSecond(contender, SINGLE_MESSAGES, async () => {
    for (let sent = 0; sent < SINGLE_MESSAGES; sent += 1) await contender.exchange(1);
  });
  return { crowd, single };
}

async function deliveriesPerProcessorSecond(
  { pid }: Contender,
  messages: number,
  exchange: () => Promise<void>,
): Promise<number> {
  const before = await processorSeconds(pid);
  await exchange();
  return (SOCKETS * messages) / ((await processorSeconds(pid)) - before);
}
