/** A crowd in a process of its own: joins, says so, waits to be told to go, reports, ends. */
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Crowd, CrowdPlan, CrowdReport, DelaySummary } from './crowd.ts';
import type { Delays } from './delays.ts';
import { Receipts } from './receipts.ts';
import { joinRoom } from './room-crowd.ts';
import { joinSocketIo } from './socket-io-crowd.ts';

const TICK_MS = 5;
const POLL_AFTER_SECONDS = 3;
const DRAIN_LIMIT_MS = 10_000;
/** A prime: those who speak are all over the crowd. */
const STRIDE = 7_919;

process.on('disconnect', () => process.exit());
const plan = JSON.parse(process.argv[2] ?? '') as CrowdPlan;
const receipts = new Receipts();
const crowd = await (plan.server === 'ILS Kit' ? joinRoom : joinSocketIo)(plan.port, plan.members, receipts);
const go = once(process, 'message');
process.send?.('joined');
await go;
process.send?.(await run(crowd));
for (const member of crowd.members) member.close();
process.disconnect();

async function run({ members, openPoll, closePoll }: Crowd): Promise<CrowdReport> {
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  let [chats, reactions, votes] = [0, 0, 0];
  let pollOpenedAt: number | null = null;
  let isOpening = false;
  const memberOf = (number: number) => members[(number * STRIDE) % members.length];
  for (let seconds = 0; seconds < plan.seconds; seconds = (performance.now() - startedAt) / 1_000) {
    for (; chats < seconds * plan.chats; chats += 1) memberOf(chats)?.sendChat(chats);
    for (; reactions < seconds * plan.reactions; reactions += 1) memberOf(reactions + 1)?.react();
    if (seconds >= POLL_AFTER_SECONDS && !isOpening) {
      isOpening = true;
      void openPoll().then(() => (pollOpenedAt = performance.now()));
    }
    const voting = pollOpenedAt === null ? 0 : (performance.now() - pollOpenedAt) / 1_000 / plan.voting;
    for (; votes < Math.min(1, voting) * members.length; votes += 1) members[votes]?.vote();
    await wait(TICK_MS);
  }
  const isDone = () =>
    receipts.vote.size >= votes &&
    members.every((member) => member.chats >= chats && member.reactions >= reactions && member.isOpen);
  const drainedBy = performance.now() + DRAIN_LIMIT_MS;
  while (!isDone() && performance.now() < drainedBy) await wait(50);
  const voters = await closePoll();
  const lost =
    members.reduce((sum, member) => sum + Math.abs(chats - member.chats) + Math.abs(reactions - member.reactions), 0) +
    Math.abs(members.length - voters) +
    (members.length - receipts.vote.size) +
    receipts.refused;
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    chats,
    reactions,
    votes,
    chatMs: summaryOf(receipts.chat),
    voteMs: summaryOf(receipts.vote),
    lost,
    wrong: receipts.wrong,
    busy: (user + system) / 1_000 / (performance.now() - startedAt),
  };
}

function summaryOf(delays: Delays): DelaySummary {
  return { size: delays.size, median: delays.percentile(0.5), p99: delays.percentile(0.99), most: delays.most };
}
