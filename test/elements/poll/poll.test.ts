import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { defineElement } from '../../../src/elements/define-element.ts';
import { IlsPoll } from '../../../src/elements/poll/poll.ts';
import type { FakeRoomOptions } from '../../../src/testing/index.ts';
import { atRest, createRoom, showElement, until, useColorScheme } from '../show-element.ts';

defineElement('ils-poll', IlsPoll);

type Polls = NonNullable<FakeRoomOptions['polls']>;
type Poll = NonNullable<Polls['polls']>[number];
type Tally = NonNullable<Polls['tallies']>[number];

const pollId = 'lunch' as Tally['pollId'];
const lunch: Poll = { id: pollId, question: 'Lunch?', kind: 'single', options: ['Soup', 'Salad', 'Cake'] };
const result: Tally = {
  pollId,
  revision: 1,
  voters: 4,
  counts: [
    { label: 'Soup', count: 3 },
    { label: 'Salad', count: 1 },
    { label: 'Cake', count: 0 },
  ],
  average: null,
  least: null,
  most: null,
  texts: [],
};
const voted: Polls['votes'] = [{ pollId, answer: { type: 'choices', choices: [1] }, votedAt: 1 }];
const quiz: Poll = { ...lunch, quiz: { right: { type: 'choices', choices: [1] } } };

const show = async (polls: Polls, options: FakeRoomOptions = {}) => {
  const room = createRoom({ ...options, polls });
  const shown = await showElement('ils-poll', room);
  return { ...shown, room, calls: () => room.calls.map(({ action, args }) => [action, ...args]) };
};

describe('ils-poll', () => {
  describe('is accessible', () => {
    const states: Readonly<Record<string, readonly [Polls, FakeRoomOptions?]>> = {
      'without a poll': [{}],
      loading: [{}, { loading: ['polls'] }],
      'of one choice': [{ polls: [lunch] }],
      'of several': [{ polls: [{ ...lunch, kind: 'multiple', maxChoices: 2 }] }],
      ranking: [{ polls: [{ ...lunch, kind: 'ranking' }] }],
      rating: [{ polls: [{ id: pollId, question: 'Good?', kind: 'rating' }] }],
      guessing: [{ polls: [{ id: pollId, question: 'How far?', kind: 'number', unit: 'm' }] }],
      'in words': [{ polls: [{ id: pollId, question: 'How?', kind: 'words' }] }],
      open: [{ polls: [{ id: pollId, question: 'Why?', kind: 'text' }] }],
      answered: [{ polls: [lunch], votes: voted, tallies: [result] }],
      revealed: [
        {
          polls: [{ ...quiz, state: 'closed', revealedAt: 1 }],
          votes: voted,
          tallies: [result],
          scores: [{ pollId, right: true, points: 900, streak: 2 }],
        },
      ],
      'for a host': [{ polls: [lunch, { ...quiz, id: 'draft', state: 'draft' }] }, { role: 'host' }],
    };
    for (const [name, [polls, options]] of Object.entries(states)) {
      for (const colorScheme of ['light', 'dark'] as const) {
        it(`${name}, ${colorScheme}`, async () => {
          await useColorScheme(colorScheme);
          const { element, findAll } = await show(polls, options);
          if (options?.role === 'host') await until(() => findAll('.desk').length > 0);
          await atRest(element);
          await expect(element).to.be.accessible();
        });
      }
    }
  });

  it('takes an answer from the keyboard, once, and shows the result', async () => {
    const { element, findAll, part, calls, text } = await show({ polls: [lunch], tallies: [result] });
    expect(part('vote-button').getAttribute('aria-disabled')).to.equal('true');
    findAll('input')[0]!.focus();
    await sendKeys({ press: 'ArrowDown' });
    await element.updateComplete;
    await sendKeys({ press: 'Enter' });
    await until(() => findAll('.bar-row').length === 3);
    expect(calls()).to.deep.equal([['vote', { pollId, answer: { type: 'choices', choices: [1] } }]]);
    expect(text('.bar-row.own')).to.contain('Salad').and.to.contain('25%');
    expect(findAll('form')).to.have.length(0);
  });

  it('orders by buttons', async () => {
    const { element, findAll, part, calls } = await show({ polls: [{ ...lunch, kind: 'ranking' }] });
    findAll('li button')[1]!.click();
    await element.updateComplete;
    part('vote-button').click();
    await until(() => calls().length === 1);
    expect(calls()[0]).to.deep.equal(['vote', { pollId, answer: { type: 'choices', choices: [1, 0, 2] } }]);
  });

  it('lets an answer be changed where that may be', async () => {
    const { findAll, part, calls } = await show({
      polls: [{ ...lunch, changeable: true }],
      votes: voted,
      tallies: [result],
    });
    findAll('button')[0]!.click();
    await until(() => findAll('input').length === 3);
    expect((findAll('input')[1] as HTMLInputElement).checked).to.equal(true);
    findAll('input')[2]!.click();
    await until(() => !part('vote-button').hasAttribute('aria-disabled'));
    part('vote-button').click();
    await until(() => calls().length === 1);
    expect(calls()[0]).to.deep.equal(['vote', { pollId, answer: { type: 'choices', choices: [2] } }]);
  });

  it('says why the server refused', async () => {
    const { room, findAll, part, text } = await show({ polls: [lunch] });
    room.failNext('vote', 'expired');
    findAll('input')[0]!.click();
    await until(() => !part('vote-button').hasAttribute('aria-disabled'));
    part('vote-button').click();
    await until(() => findAll('.banner.danger').length === 1);
    expect(text('.banner.danger')).to.contain('expired');
    expect(findAll('form')).to.have.length(1);
  });

  it('[V5] shows a question when it reaches one’s own picture, and says by how much that was late', async () => {
    const openedAt = Date.now() - 5_000;
    const { room, element, findAll, part, calls } = await show({ polls: [{ ...quiz, openedAt, durationMs: 60_000 }] });
    room.store.playback.showing.value = 'program';
    room.store.playback.programTime.value = openedAt - 1;
    await until(() => findAll('form').length === 0);
    room.store.playback.programTime.value = openedAt + 1_000.25;
    await until(() => findAll('form').length === 1);
    findAll('input')[1]!.click();
    await element.updateComplete;
    part('vote-button').click();
    await until(() => calls().length === 1);
    const [, data] = calls()[0] as [string, { shownAt: number }];
    expect(data.shownAt).to.satisfy(Number.isInteger);
    expect(data.shownAt).to.be.at.least(openedAt + 3_999);
    expect(data.shownAt).to.be.below(openedAt + 30_000);
  });

  it('[V1] lets a host make a poll, run it, and show the result', async () => {
    const { element, room, findAll, text } = await show({}, { role: 'host' });
    const press = async (words: string) => {
      await until(() => findAll('button').some((button) => button.textContent!.trim() === words));
      findAll('button')
        .find((button) => button.textContent!.trim() === words)!
        .click();
      await element.updateComplete;
    };
    const write = (field: HTMLElement, words: string) => {
      (field as HTMLInputElement).value = words;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    };
    await press('New poll');
    await until(() => findAll('textarea').length === 1);
    write(findAll('textarea')[0]!, 'Tea?');
    findAll('.option-field .input').forEach((field, place) => write(field, ['Yes', 'No'][place]!));
    await element.updateComplete;
    await press('Launch');
    await until(() => findAll('.question').length === 1);
    expect(text('.question')).to.equal('Tea?');
    await press('Close the poll');
    await until(() => text('.header').includes('Closed'));
    expect(room.calls.map(({ action }) => action)).to.deep.equal(['createPoll', 'launchPoll', 'closePoll']);
  });
});
