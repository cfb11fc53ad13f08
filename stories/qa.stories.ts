import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define.ts';
import { createFakeRoom, type FakeQuestion, type FakeRoomOptions } from '../src/testing/index.ts';
import { adoptStoryFrames } from './story-frames.ts';

adoptStoryFrames();

const many: readonly FakeQuestion[] = [
  { asker: 'Hedy Lamarr', text: 'Will the recording stay online after today?', votes: 42, isVoted: true },
  { asker: 'Alan Turing', text: 'How does the hand-over between WebRTC and HLS avoid a black frame?', votes: 31 },
  { asker: '', isAnonymous: true, text: 'What does it cost for a room of 2,000?', votes: 18 },
  {
    asker: 'Radia Perlman',
    text: 'Can we host it ourselves?',
    votes: 12,
    answer: 'Yes: one process, one port, no account.',
  },
  { asker: 'Katherine Johnson', text: 'Could you show the layout editor once more?', votes: 7, answer: null },
  { text: 'Is there a keyboard shortcut for raising a hand?', votes: 1 },
];

const review: readonly FakeQuestion[] = [
  { asker: 'Donald Knuth', text: 'When does the next part begin?', state: 'waiting' },
  { asker: 'Joan Clarke', isAnonymous: true, text: 'Why was the demo different last week?', state: 'waiting' },
  ...many,
  { asker: 'Ken Thompson', text: 'First!', state: 'dismissed' },
];

const silent = { name: 'silent', publish: [], watch: 'webrtc', permissions: [] } as const;

const show = (options: FakeRoomOptions, title = ''): TemplateResult => html`
  <figure>
    <figcaption>${title}</figcaption>
    <ils-room no-banner .headless=${createFakeRoom(options)} class="story-panel"><ils-qa></ils-qa></ils-room>
  </figure>
`;

const meta: Meta = {
  title: 'Elements/Questions',
  component: 'ils-qa',
  render: () => show({ questions: { questions: many } }),
};
export default meta;

export const Basic: StoryObj = {};

/** Every state on one sheet. */
export const All: StoryObj = {
  render: () => html`
    <div class="story-sheet">
      ${show({ questions: { questions: many, highlighted: 0 } }, 'A viewer, one on screen')}
      ${show({ role: 'producer', questions: { questions: review, highlighted: 3, settings: { isModerated: true } } }, 'A moderator')}
      ${show({ questions: {} }, 'Empty')} ${show({ loading: ['questions'] }, 'Loading')}
      ${show({ questions: { questions: many.slice(0, 1) } }, 'One')}
      ${show({ questions: { questions: [{ text: 'May I?', isAnonymous: true, state: 'waiting' }], settings: { isModerated: true, allowsAnonymous: false } } }, 'Own, in review')}
      ${show({ questions: { questions: many.slice(0, 3), settings: { isOpen: false } } }, 'Closed')}
      ${show({ role: 'silent', roles: { silent }, questions: { questions: many.slice(0, 3) } }, 'Not allowed to ask')}
      ${show({ state: 'reconnecting', questions: { questions: many.slice(0, 3) } }, 'Reconnecting')}
      ${show({ questions: { state: 'failed' } }, 'Failed')} ${show({ state: 'ended' }, 'Ended')}
    </div>
  `,
};
