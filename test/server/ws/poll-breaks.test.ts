import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { it } from 'node:test';
import { mintToken } from '../../../server/src/auth/mint-token.ts';
import type { ParticipantId, PollView, ReplyFrame, RoomId } from '../../../src/protocol/index.ts';
import { startBreakProcess } from './break-process.ts';
import { ChatClient } from './chat-client.ts';
import { SECRET } from './test-server.ts';

const VOTERS = 200;
const POLLS = 10;
/** Answers of each voter to each poll. */
const ROUNDS = 5;
const OPTIONS = ['a', 'b', 'c', 'd'];
/** Votes after which the server is killed, and those of a voter after which its socket is cut. */
const KILLS = [2_500, 6_000];
const CUTS = [7, 23, 41];

const choiceOf = (voter: number, poll: number, round: number): number =>
  (voter * 7 + poll * 3 + round) % OPTIONS.length;

function pollOf({ data, error }: ReplyFrame): PollView {
  assert.equal(error, undefined);
  return (data as { poll: PollView }).poll;
}

it('[V4] [V9] [Q2] each answer has one effect, when all are sent twice, sockets are cut and the server is killed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ils-poll-breaks-'));
  const database = join(folder, 'rooms.db');
  let server = await startBreakProcess(database, 0);
  const { port } = server;
  const joinAs = async (id: string, role: string) => {
    const options = { roomId: 'launch' as RoomId, participantId: id as ParticipantId, role };
    const { token } = await mintToken(SECRET, options);
    return new ChatClient({ url: `ws://127.0.0.1:${port}/ws`, room: 'launch', token });
  };
  const host = await joinAs('host', 'host');
  const polls: string[] = [];
  for (let index = 0; index < POLLS; index += 1) {
    const input = { question: `${index}?`, kind: 'single', options: OPTIONS, changeable: true, results: 'closed' };
    const { id } = pollOf(await host.request('createPoll', input));
    pollOf(await host.request('launchPoll', { pollId: id }));
    polls.push(id);
  }
  const voters = await Promise.all(Array.from({ length: VOTERS }, (_, index) => joinAs(`v${index}`, 'viewer')));

  let voted = 0;
  const kills = [...KILLS];
  let killing: Promise<void> | null = null;
  const kill = async () => {
    await server.kill();
    server = await startBreakProcess(database, port);
    killing = null;
  };
  await Promise.all(
    voters.map(async (voter, index) => {
      for (let place = 0; place < POLLS * ROUNDS; place += 1) {
        const poll = place % POLLS;
        const answer = { type: 'choices', choices: [choiceOf(index, poll, Math.floor(place / POLLS))] };
        const key = `vote-${index}-${place}`;
        const replies = [1, 2].map(() => voter.request('vote', { pollId: polls[poll], answer }, key));
        if (CUTS.includes(place)) voter.cut();
        const [first, second] = await Promise.all(replies);
        assert.equal(first?.error, undefined);
        assert.deepEqual(first?.data, second?.data);
        voted += 1;
        if (voted >= (kills[0] ?? Number.POSITIVE_INFINITY) && killing === null) {
          kills.shift();
          killing = kill();
        }
      }
    }),
  );
  await killing;
  assert.deepEqual(kills, []);

  for (const [poll, pollId] of polls.entries()) {
    const { state, tally } = pollOf(await host.request('closePoll', { pollId }));
    const expected = OPTIONS.map(() => 0);
    for (const index of voters.keys()) expected[choiceOf(index, poll, ROUNDS - 1)]! += 1;
    assert.deepEqual([state, tally?.voters, tally?.counts.map(({ count }) => count)], ['closed', VOTERS, expected]);
  }
  for (const client of [host, ...voters]) {
    assert.deepEqual(client.violations, []);
    client.stop();
  }
  await server.kill();
  const file = new DatabaseSync(database);
  assert.equal(file.prepare('SELECT count(*) AS votes FROM poll_votes').get()?.['votes'], VOTERS * POLLS * ROUNDS);
  file.close();
  await rm(folder, { recursive: true });
});
