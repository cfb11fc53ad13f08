import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define.ts';
import { createFakeRoom, type FakeRoomOptions } from '../src/testing/index.ts';
import { adoptStoryFrames } from './story-frames.ts';

adoptStoryFrames();

type Polls = NonNullable<FakeRoomOptions['polls']>;
type Poll = NonNullable<Polls['polls']>[number];
type Tally = NonNullable<Polls['tallies']>[number];

const show = (polls: Polls, options: FakeRoomOptions = {}): TemplateResult => html`
  <div class="story-card">
    <ils-room no-banner .headless=${createFakeRoom({ ...options, polls })}><ils-poll></ils-poll></ils-room>
  </div>
`;

const id = 'poll' as Tally['pollId'];
const NOW = Date.now();
const COLOURS = ['Midnight blue', 'Forest green', 'Sunset orange', 'All of them, and one of each for the whole family'];
const single: Poll = { id, question: 'Which colour should we make next?', kind: 'single', options: COLOURS };
const quiz: Poll = {
  id,
  question: 'In which year did the first web page go online?',
  kind: 'single',
  options: ['1989', '1991', '1993', '1995'],
  durationMs: 20_000,
  openedAt: NOW,
  closesAt: NOW + 600_000,
  quiz: { right: { type: 'choices', choices: [1] } },
};
const tally = (counts: readonly (readonly [string, number])[], more: Partial<Tally> = {}): Tally => ({
  pollId: id,
  revision: 1,
  voters: 1_284,
  counts: counts.map(([label, count]) => ({ label, count })),
  average: null,
  least: null,
  most: null,
  texts: [],
  ...more,
});
const vote = (answer: NonNullable<Polls['votes']>[number]['answer']): NonNullable<Polls['votes']> => [
  { pollId: id, answer, votedAt: NOW },
];
const choices = (...places: number[]) => vote({ type: 'choices', choices: places });
const colours = tally([
  [COLOURS[0]!, 612],
  [COLOURS[1]!, 240],
  [COLOURS[2]!, 331],
  [COLOURS[3]!, 101],
]);
const years = tally([
  ['1989', 310],
  ['1991', 702],
  ['1993', 188],
  ['1995', 84],
]);
const WORDS = [
  'fast',
  'calm',
  'bold',
  'useful',
  'bright',
  'simple',
  'kind',
  'new',
  'playful',
  'clear',
  'warm',
  'sharp',
];

const meta: Meta = {
  title: 'Elements/Poll',
  component: 'ils-poll',
  render: () => show({ polls: [single] }),
};
export default meta;

export const Basic: StoryObj = {};

/** Every kind, open. */
export const Kinds: StoryObj = {
  render: () => html`
    ${show({ polls: [single] })} ${show({ polls: [{ ...single, kind: 'multiple', maxChoices: 2 }] })}
    ${show({ polls: [{ id, question: 'Put these in your order', kind: 'ranking', options: COLOURS.slice(0, 3) }] })}
    ${show({ polls: [{ id, question: 'How do you like the show so far?', kind: 'rating' }] })}
    ${show({ polls: [{ id, question: 'How much does it weigh?', kind: 'number', unit: 'g', range: { least: 0, most: 500 } }] })}
    ${show({ polls: [{ id, question: 'It in three words?', kind: 'words' }] })}
    ${show({ polls: [{ id, question: 'What should we show next time?', kind: 'text' }] })}
  `,
};

/** The results of every kind. */
export const Results: StoryObj = {
  render: () => html`
    ${show({ polls: [single], tallies: [colours], votes: choices(0) })}
    ${show({ polls: [{ ...single, changeable: true }], tallies: [colours], votes: choices(2) })}
    ${show({
      polls: [{ id, question: 'How do you like the show so far?', kind: 'rating' }],
      votes: vote({ type: 'number', number: 5 }),
      tallies: [
        tally(
          [
            ['1', 12],
            ['2', 31],
            ['3', 140],
            ['4', 402],
            ['5', 699],
          ],
          { average: 4.36, least: 1, most: 5 },
        ),
      ],
    })}
    ${show({
      polls: [{ id, question: 'How much does it weigh?', kind: 'number', unit: 'g', state: 'closed' }],
      tallies: [
        tally(
          [20, 45, 98, 210, 340, 260, 140, 90, 51, 30].map((count, band) => [String(100 + band * 30), count] as const),
          { average: 231.4, least: 100, most: 398 },
        ),
      ],
    })}
    ${show({
      polls: [{ id, question: 'It in three words?', kind: 'words' }],
      votes: vote({ type: 'words', words: ['calm'] }),
      tallies: [tally(WORDS.map((word, place) => [word, Math.ceil(400 / (place + 1))] as const))],
    })}
    ${show({
      polls: [{ id, question: 'What should we show next time?', kind: 'text', state: 'closed' }],
      tallies: [
        tally([], {
          texts: [
            { text: 'How you test the fabric, from start to finish.', author: 'Ada Lovelace' },
            { text: 'More colours!', author: 'Grace Hopper' },
            { text: 'A look behind the scenes', author: null },
          ],
        }),
      ],
    })}
    ${show({ polls: [{ ...single, results: 'closed' }], votes: choices(0) })}
    ${show({ polls: [{ ...single, results: 'hosts', state: 'closed' }], votes: choices(0) })}
  `,
};

/** A question with its time, right and wrong, and who leads. */
export const Quiz: StoryObj = {
  render: () => html`
    ${show({ polls: [quiz] })}
    ${[true, false].map((right) =>
      show({
        polls: [{ ...quiz, state: 'closed', revealedAt: NOW }],
        tallies: [years],
        votes: choices(right ? 1 : 0),
        scores: [{ pollId: id, right, points: right ? 912 : 0, streak: right ? 3 : 0 }],
        standing: { rank: 2, points: 2_740, of: 1_284 },
        leaderboard: ['Grace Hopper', 'You', 'Alan Turing', 'Hedy Lamarr', 'Radia Perlman'].map((name, place) => ({
          rank: place + 1,
          name,
          points: 2_900 - place * 160,
          right: 3,
          streak: Math.max(0, 3 - place),
        })),
      }),
    )}
  `,
};

/** As whoever manages polls sees it. */
export const Host: StoryObj = {
  render: () => html`
    ${show(
      {
        polls: [
          { ...single, id: 'a' },
          { ...quiz, id: 'b', state: 'draft', openedAt: null, closesAt: null },
          { ...single, id: 'd', question: 'Shall we go on?', state: 'scheduled', launchAt: NOW + 900_000 },
          { ...single, id: 'c', state: 'closed' },
        ],
        tallies: [{ ...colours, pollId: 'a' as Tally['pollId'] }],
      },
      { role: 'host' },
    )}
    ${show({ polls: [{ ...single, state: 'scheduled', launchAt: NOW + 900_000 }] }, { role: 'host' })}
    ${show({ polls: [{ ...single, state: 'closed' }], tallies: [colours] }, { role: 'host' })}
    ${show({ polls: [] }, { role: 'host' })}
  `,
};

const buttonsOf = (canvas: HTMLElement): readonly HTMLButtonElement[] =>
  [...canvas.querySelectorAll('ils-poll')].flatMap((poll) => [
    ...(poll.shadowRoot?.querySelectorAll<HTMLButtonElement>('button') ?? []),
  ]);

/** Presses every button with these words, as soon as it is there. */
const press = async (canvas: HTMLElement, words: string): Promise<void> => {
  const find = () =>
    buttonsOf(canvas).filter(
      (button) => button.textContent?.trim() === words || button.getAttribute('aria-label') === words,
    );
  for (let frames = 0; find().length === 0 && frames < 300; frames++) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  for (const button of find()) button.click();
};

const roles = (...names: string[]) => names as NonNullable<NonNullable<Poll['voters']>>;
const host = (polls: Polls): TemplateResult => show(polls, { role: 'host' });

/** The form, as it opens. */
export const Composer: StoryObj = {
  render: () => host({}),
  play: ({ canvasElement }) => press(canvasElement, 'New poll'),
};

/** The form with a poll of each kind in it. */
export const ComposerKinds: StoryObj = {
  render: () => html`
    ${host({ polls: [{ ...quiz, state: 'draft', openedAt: null, closesAt: null, voters: roles('viewer', 'audience') }] })}
    ${host({ polls: [{ ...single, kind: 'multiple', maxChoices: 2, state: 'draft', watchers: roles('guest') }] })}
    ${host({
      polls: [
        {
          id,
          question: 'How much does it weigh?',
          kind: 'number',
          unit: 'g',
          range: { least: 0, most: 500 },
          state: 'scheduled',
          launchAt: NOW + 3_600_000,
          quiz: { right: { type: 'number', number: 231 }, tolerance: 5 },
        },
      ],
    })}
    ${host({ polls: [{ id, question: 'How do you like the show so far?', kind: 'rating', state: 'draft' }] })}
    ${host({ polls: [{ id, question: 'It in three words?', kind: 'words', state: 'draft' }] })}
    ${host({
      polls: [
        {
          id,
          question: 'What is the capital of Peru?',
          kind: 'text',
          state: 'draft',
          quiz: { right: { type: 'words', words: ['Lima', 'Lima, Peru'] } },
        },
      ],
    })}
  `,
  play: ({ canvasElement }) => press(canvasElement, 'Change the poll'),
};

/** What is wrong is said where it can be put right. */
export const ComposerFaults: StoryObj = {
  render: () => host({}),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'New poll');
    await press(canvasElement, 'Launch');
  },
};

/** Every state on one sheet. */
export const All: StoryObj = {
  render: () => html`
    ${show({ polls: [single] })} ${show({ polls: [single], tallies: [colours], votes: choices(0) })}
    ${show({ polls: [{ ...single, state: 'closed' }], tallies: [colours] })} ${show({})}
    ${show({}, { loading: ['polls'] })}
  `,
};
