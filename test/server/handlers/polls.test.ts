import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { PollAnswer, PollInput, PollView } from '../../../src/protocol/index.ts';
import { TestServer, type JoinedClient } from '../ws/test-server.ts';

const INTERVAL_MS = 250;
const GRACE_MS = 1_000;
const HLS_LATENESS_MS = 10_000;

const choices = (...places: number[]): PollAnswer => ({ type: 'choices', choices: places });
const LUNCH: PollInput = { question: 'Lunch?', kind: 'single', options: ['Soup', 'Salad'] };

describe('polls', () => {
  let server: TestServer;
  let host: JoinedClient;

  beforeEach(async () => {
    server = await TestServer.start();
    host = await server.join('host', { role: 'host' });
  });

  afterEach(async () => {
    assert.deepEqual(server.errors, []);
    await server.stop();
  });

  const make = async (input: PollInput = LUNCH, by = host) => (await by.ask('createPoll', input)).poll;
  const open = async (input: PollInput = LUNCH) => {
    const { id } = await make(input);
    return (await host.ask('launchPoll', { pollId: id })).poll;
  };
  const countsOf = (poll: Pick<PollView, 'tally'> | undefined) => poll?.tally?.counts.map(({ count }) => count);
  const lastTally = (client: JoinedClient) => client.signals('pollsTallied').at(-1)?.tallies[0];
  const tell = async (...clients: JoinedClient[]) => {
    server.clock.advance(INTERVAL_MS);
    await Promise.all(clients.map((client) => client.settle()));
  };

  describe('[V1] while they are drafts', () => {
    it('are known to those who manage polls alone', async () => {
      const [producer, ada] = await Promise.all([server.join('producer', { role: 'producer' }), server.join('ada')]);
      const poll = await make({ ...LUNCH, question: '  Lunch?  ' });
      assert.equal(poll.state, 'draft');
      assert.equal(poll.question, 'Lunch?');
      assert.deepEqual((await producer.signal('pollManaged')).poll, poll);
      assert.deepEqual((await producer.ask('getPolls', {})).polls, [poll]);
      assert.deepEqual((await ada.ask('getPolls', {})).polls, []);
      assert.equal(await ada.codeOf('vote', { pollId: poll.id, answer: choices(0) }), 'notFound');
      assert.deepEqual([ada.events, ada.signals('pollManaged')], [[], []]);
    });

    it('are changed, opened and erased; open ones stay as they are', async () => {
      const ada = await server.join('ada');
      const { id } = await make();
      const pollId = id;
      const { poll } = await host.ask('updatePoll', { pollId, change: { options: ['Soup', 'Salad', 'Cake'] } });
      assert.deepEqual([poll.options.length, poll.question, poll.revision], [3, 'Lunch?', 2]);
      assert.equal(await host.codeOf('updatePoll', { pollId, change: { options: ['Soup'] } }), 'badRequest');
      await host.ask('launchPoll', { pollId });
      assert.equal((await ada.event('pollChanged')).poll.state, 'open');
      assert.equal(await host.codeOf('updatePoll', { pollId, change: { question: 'Dinner?' } }), 'conflict');
      await host.ask('deletePoll', { pollId });
      assert.deepEqual(await ada.event('pollRemoved'), { pollId });
      assert.deepEqual((await host.ask('getPolls', {})).polls, []);
      assert.equal(await host.codeOf('launchPoll', { pollId }), 'notFound');
      const draft = await make();
      await host.ask('deletePoll', { pollId: draft.id });
      assert.deepEqual(await host.signal('pollDiscarded'), { pollId: draft.id });
      assert.equal(ada.eventsNamed('pollRemoved').length, 1);
    });

    it('open by themselves when they are scheduled', async () => {
      const launchAt = server.clock.now() + 3_000;
      const poll = await make({ ...LUNCH, launchAt });
      assert.equal(poll.state, 'scheduled');
      await server.elapse(2_999, host);
      assert.deepEqual(host.eventsNamed('pollChanged'), []);
      await server.elapse(1, host);
      assert.equal((await host.event('pollChanged')).poll.openedAt, launchAt);
    });
  });

  it('[V2] are refused where they make no sense', async () => {
    const right = choices(0);
    const faulty: Record<string, PollInput> = {
      'without options': { question: 'Why?', kind: 'single' },
      'with one option': { question: 'Why?', kind: 'single', options: ['a'] },
      'with an option twice': { question: 'Why?', kind: 'ranking', options: ['a', ' a '] },
      'with options for nothing': { question: 'Why?', kind: 'text', options: ['a', 'b'] },
      'with no range': { question: 'How many?', kind: 'number', range: { least: 2, most: 2 } },
      'without a question': { question: '  ', kind: 'text' },
      'of thirteen options': { ...LUNCH, options: Array.from({ length: 13 }, (_, index) => `${index}`) },
      'as a quiz that nobody may know of': { ...LUNCH, anonymous: true, quiz: { right } },
      'as a quiz to be changed': { ...LUNCH, changeable: true, quiz: { right } },
      'as a quiz of no option': { ...LUNCH, quiz: { right: choices(2) } },
      'as a quiz of another kind': { ...LUNCH, quiz: { right: { type: 'number', number: 1 } } },
      'as a quiz of ratings': { question: 'Good?', kind: 'rating', quiz: { right: { type: 'number', number: 5 } } },
    };
    for (const [what, input] of Object.entries(faulty)) {
      assert.equal(await host.codeOf('createPoll', input), 'badRequest', what);
    }
    assert.deepEqual((await host.ask('getPolls', {})).polls, []);
  });

  it('[V3] take answers of their kind alone', async () => {
    const ada = await server.join('ada');
    const text = (value: string): PollAnswer => ({ type: 'text', text: value });
    const number = (value: number): PollAnswer => ({ type: 'number', number: value });
    const options = ['a', 'b', 'c'];
    const table: [PollInput, PollAnswer[], PollAnswer[]][] = [
      [{ question: 'q', kind: 'single', options }, [choices(2)], [choices(3), choices(0, 1), text('a'), number(1)]],
      [{ question: 'q', kind: 'multiple', options, maxChoices: 2 }, [choices(1, 0)], [choices(0, 0), choices(0, 1, 2)]],
      [{ question: 'q', kind: 'ranking', options }, [choices(2, 0, 1)], [choices(0, 1), choices(0, 1, 1)]],
      [{ question: 'q', kind: 'rating', scale: 5 }, [number(5)], [number(0), number(6), number(2.5), choices(0)]],
      [{ question: 'q', kind: 'number', range: { least: -1, most: 1 } }, [number(-0.5)], [number(1.1), text('1')]],
      [
        { question: 'q', kind: 'words', maxChoices: 2 },
        [{ type: 'words', words: ['fast', '__proto__'] }],
        [{ type: 'words', words: ['a', 'b', 'c'] }],
      ],
      [{ question: 'q', kind: 'text' }, [text('<b>hello</b>')], [{ type: 'words', words: ['a'] }]],
    ];
    for (const [input, good, bad] of table) {
      const { id: pollId } = await open(input);
      for (const answer of bad) {
        assert.equal(await ada.codeOf('vote', { pollId, answer }), 'badRequest', JSON.stringify(answer));
      }
      for (const answer of good) assert.equal(await ada.codeOf('vote', { pollId, answer }), null, input.kind);
      server.clock.advance(1_000);
    }
    for (const pollId of ['__proto__', 'constructor', 'none']) {
      assert.equal(await ada.codeOf('vote', { pollId, answer: choices(0) }), 'notFound');
    }
  });

  it('[V4] count one answer for each participant, changed where that may be', async () => {
    const [ada, bob] = await Promise.all([server.join('ada'), server.join('bob')]);
    const fixed = await open();
    const { vote } = await ada.ask('vote', { pollId: fixed.id, answer: choices(0) }, 'the-same-key');
    assert.deepEqual(await ada.ask('vote', { pollId: fixed.id, answer: choices(0) }, 'the-same-key'), { vote });
    assert.equal(await ada.codeOf('vote', { pollId: fixed.id, answer: choices(1) }), 'conflict');
    const again = await server.join('ada');
    assert.equal(await again.codeOf('vote', { pollId: fixed.id, answer: choices(1) }), 'conflict');
    assert.deepEqual((await again.ask('getPolls', {})).votes, [vote]);
    await bob.ask('vote', { pollId: fixed.id, answer: choices(1) });
    const { poll } = await host.ask('closePoll', { pollId: fixed.id });
    assert.deepEqual([countsOf(poll), poll.tally?.voters], [[1, 1], 2]);
    assert.equal(await host.codeOf('vote', { pollId: fixed.id, answer: choices(1) }), 'expired');

    const changeable = await open({ ...LUNCH, changeable: true });
    for (const place of [0, 1, 0, 1]) await again.ask('vote', { pollId: changeable.id, answer: choices(place) });
    const closed = await host.ask('closePoll', { pollId: changeable.id });
    assert.deepEqual([countsOf(closed.poll), closed.poll.tally?.voters], [[0, 1], 1]);
  });

  it('[V4] are for the roles that they are for', async () => {
    const [ada, guest] = await Promise.all([server.join('ada'), server.join('guest', { role: 'guest' })]);
    const { id: pollId } = await open({ ...LUNCH, voters: ['guest'] as never });
    assert.equal(await ada.codeOf('vote', { pollId, answer: choices(0) }), 'forbidden');
    assert.equal(await guest.codeOf('vote', { pollId, answer: choices(0) }), null);
  });

  describe('[V6] show their results', () => {
    it('live', async () => {
      const ada = await server.join('ada');
      const { id: pollId } = await open();
      await ada.ask('vote', { pollId, answer: choices(1) });
      await tell(ada);
      assert.deepEqual(lastTally(ada)?.counts, [
        { label: 'Soup', count: 0 },
        { label: 'Salad', count: 1 },
      ]);
      await host.ask('closePoll', { pollId });
      assert.deepEqual(countsOf((await ada.event('pollChanged', ({ poll }) => poll.state === 'closed')).poll), [0, 1]);
    });

    it('when they are closed', async () => {
      const ada = await server.join('ada');
      const { id: pollId } = await open({ ...LUNCH, results: 'closed' });
      await ada.ask('vote', { pollId, answer: choices(1) });
      await tell(ada, host);
      assert.deepEqual(ada.signals('pollsTallied'), []);
      assert.equal(lastTally(host)?.voters, 1);
      assert.deepEqual((await ada.ask('getPolls', {})).tallies, []);
      await host.ask('closePoll', { pollId });
      assert.deepEqual(countsOf((await ada.event('pollChanged', ({ poll }) => poll.state === 'closed')).poll), [0, 1]);
    });

    it('when the host reveals them', async () => {
      const ada = await server.join('ada');
      const { id: pollId } = await open({ ...LUNCH, results: 'hosts' });
      await ada.ask('vote', { pollId, answer: choices(1) });
      assert.equal(await host.codeOf('revealPoll', { pollId }), 'conflict');
      const { poll } = await host.ask('closePoll', { pollId });
      assert.deepEqual(countsOf(poll), [0, 1]);
      await ada.settle();
      assert.deepEqual(
        ada.eventsNamed('pollChanged').map((event) => event.poll.tally),
        [null, null],
      );
      assert.deepEqual((await ada.ask('getPolls', {})).tallies, []);
      await host.ask('revealPoll', { pollId });
      const revealed = await ada.event('pollChanged', (event) => event.poll.revealedAt !== null);
      assert.deepEqual(countsOf(revealed.poll), [0, 1]);
    });

    it('to some roles alone', async () => {
      const [ada, guest] = await Promise.all([server.join('ada'), server.join('guest', { role: 'guest' })]);
      const { id: pollId } = await open({ ...LUNCH, watchers: ['guest'] as never });
      await ada.ask('vote', { pollId, answer: choices(1) });
      await tell(ada, guest);
      assert.deepEqual([ada.signals('pollsTallied'), lastTally(guest)?.voters], [[], 1]);
      await host.ask('closePoll', { pollId });
      await Promise.all([ada.settle(), guest.settle()]);
      assert.deepEqual(
        ada.eventsNamed('pollChanged').map((event) => event.poll.tally),
        [null, null],
      );
      assert.equal(guest.signals('pollsTallied').length, 2);
      assert.equal((await guest.ask('getPolls', {})).tallies.length, 1);
      assert.deepEqual((await ada.ask('getPolls', {})).tallies, []);
    });
  });

  it('[V7] are tallied together, at most every 250 ms', async () => {
    const voters = await Promise.all(Array.from({ length: 20 }, (_, index) => server.join(`v${index}`)));
    const { id: pollId } = await open({ question: 'Now?', kind: 'words' });
    await Promise.all(
      voters.map((voter, index) =>
        voter.ask('vote', {
          pollId,
          answer: { type: 'words', words: index % 2 ? ['Fast', 'fast'] : [' FAST', 'calm'] },
        }),
      ),
    );
    assert.deepEqual(host.signals('pollsTallied'), []);
    await tell(host);
    assert.equal(host.signals('pollsTallied').length, 1);
    const tally = lastTally(host);
    assert.equal(tally?.voters, 20);
    assert.deepEqual(
      tally.counts.map(({ label, count }) => [label.toLowerCase(), count]),
      [
        ['fast', 20],
        ['calm', 10],
      ],
    );
    await server.elapse(1_000, host);
    assert.equal(host.signals('pollsTallied').length, 1);
  });

  it('take nothing that cannot be seen, and count a word with what is not seen in it as that word', async () => {
    const ada = await server.join('ada', { name: '=cmd|calc' });
    const bob = await server.join('bob', { name: '＝１＋１' });
    const { id: pollId } = await open({ question: 'How?', kind: 'words', maxChoices: 3, anonymous: false });
    const words = (...each: string[]) => ({ type: 'words', words: each }) as const;
    for (const unseen of ['\u200b', '\u2060\u3164', '\u00ad \ufeff'])
      assert.equal(await ada.codeOf('vote', { pollId, answer: words(unseen) }), 'badRequest');
    assert.equal(await host.codeOf('createPoll', { question: '\u200b', kind: 'text' }), 'badRequest');
    await ada.ask('vote', { pollId, answer: words('fast', 'fa\u200bst', 'F\u00adAST') });
    await bob.ask('vote', { pollId, answer: words('\u2060fast') });
    const { poll } = await host.ask('closePoll', { pollId });
    assert.deepEqual(
      poll.tally?.counts.map(({ count }) => count),
      [2],
    );
    // Names are cells too.
    const { text } = await host.ask('exportPoll', { pollId, format: 'csv' });
    assert.match(text, /\r\nada,'=cmd\|calc,/);
    assert.match(text, /\r\nbob,'＝１＋１,/);
  });

  it('say who wrote what, unless they are anonymous', async () => {
    const ada = await server.join('ada', { name: 'Ada' });
    const answer: PollAnswer = { type: 'text', text: '=1+1, "quoted"' };
    const texts: unknown[] = [];
    const files: string[] = [];
    for (const anonymous of [true, false]) {
      const { id: pollId } = await open({ question: 'Why?', kind: 'text', anonymous });
      await ada.ask('vote', { pollId, answer });
      const { poll } = await host.ask('closePoll', { pollId });
      texts.push(poll.tally?.texts);
      files.push((await host.ask('exportPoll', { pollId, format: 'csv' })).text);
      const { text } = await host.ask('exportPoll', { pollId, format: 'json' });
      assert.equal(JSON.parse(text).votes[0].name, anonymous ? null : 'Ada');
      assert.equal(text.includes('"ada"'), !anonymous);
    }
    const [{ text }] = [answer];
    assert.deepEqual(texts, [[{ text, author: null }], [{ text, author: 'Ada' }]]);
    assert.deepEqual(files, [
      'answer\r\n"\'=1+1, ""quoted"""\r\n',
      'participant,name,time,answer\r\nada,Ada,2030-01-01T00:00:00.000Z,"\'=1+1, ""quoted"""\r\n',
    ]);
  });

  describe('[V5] end in time', () => {
    it('for everyone at once, where all see it live', async () => {
      const ada = await server.join('ada');
      const { id: pollId, closesAt } = await open({ ...LUNCH, durationMs: 10_000 });
      assert.equal(closesAt, server.clock.now() + 10_000);
      await server.elapse(10_000, ada, host);
      assert.equal(await ada.codeOf('vote', { pollId, answer: choices(0) }), null);
      await server.elapse(GRACE_MS, ada, host);
      const { poll } = await ada.event('pollChanged', (event) => event.poll.state === 'closed');
      assert.deepEqual([poll.closesAt, countsOf(poll)], [closesAt, [1, 0]]);
    });

    it('later for those who watch with a delay, and no later than the server believes them', async () => {
      const names = ['late', 'liar'];
      const [late, liar] = await Promise.all(names.map((id) => server.join(id, { role: 'audience' })));
      const ada = await server.join('ada');
      const { id: pollId, openedAt } = await open({ ...LUNCH, durationMs: 10_000 });
      const everyone = [late!, liar!, ada, host];
      await server.elapse(10_000 + GRACE_MS + 2_000, ...everyone);
      const shownAt = openedAt! + 5_000;
      assert.equal(await ada.codeOf('vote', { pollId, answer: choices(0), shownAt: openedAt! + 60_000 }), null);
      assert.equal(await late!.codeOf('vote', { pollId, answer: choices(0) }), 'expired');
      await server.elapse(1, ...everyone);
      assert.equal(await late!.codeOf('vote', { pollId, answer: choices(0), shownAt }), null);
      await server.elapse(HLS_LATENESS_MS - 2_001, ...everyone);
      await host.event('pollChanged', (event) => event.poll.state === 'closed');
      assert.equal(await liar!.codeOf('vote', { pollId, answer: choices(0), shownAt: openedAt! + 60_000 }), 'expired');
    });

    it('for a picture whose time is a fraction, as it is with any broadcast', async () => {
      const late = await server.join('late', { role: 'audience' });
      const { id: pollId, openedAt } = await open(LUNCH);
      await server.elapse(3_000, late, host);
      for (const [index, shownAt] of [openedAt! + 974.5, Number.MAX_VALUE, -0.5].entries()) {
        const viewer = await server.join(`late-${index}`, { role: 'audience' });
        assert.equal(await viewer.codeOf('vote', { pollId, answer: choices(0), shownAt }), null, String(shownAt));
      }
      assert.equal((await host.ask('closePoll', { pollId })).poll.id, pollId);
    });

    it('when the host says so, with a wait for those who are late, or without', async () => {
      await server.join('late', { role: 'audience' });
      const { id: pollId } = await open();
      const first = await host.ask('closePoll', { pollId });
      assert.deepEqual([first.poll.state, first.poll.closesAt], ['open', server.clock.now()]);
      const second = await host.ask('closePoll', { pollId });
      assert.equal(second.poll.state, 'closed');
      assert.equal(await host.codeOf('launchPoll', { pollId }), 'conflict');
    });
  });

  it('are known to whom a role makes a manager, and no longer to whom it takes that', async () => {
    const ada = await server.join('ada');
    const draft = await make();
    await host.ask('changeRole', { participantId: 'ada', role: 'producer' });
    assert.deepEqual((await ada.ask('getPolls', {})).polls, [draft]);
    await host.ask('changeRole', { participantId: 'ada', role: 'viewer' });
    assert.deepEqual((await ada.ask('getPolls', {})).polls, []);
  });
});
