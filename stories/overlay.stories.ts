import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define.ts';
import type { OverlayContent } from '../src/protocol/index.ts';
import { createFakeRoom, type FakeRoom } from '../src/testing/index.ts';
import { adoptPictureFrames } from './picture-frames.ts';
import { adoptStoryFrames } from './story-frames.ts';

adoptStoryFrames();
adoptPictureFrames();

const lowerThird: OverlayContent = {
  kind: 'lowerThird',
  title: 'Katherine Johnson',
  subtitle: 'Flight research, Langley',
};
const message: OverlayContent = {
  kind: 'message',
  from: 'question',
  author: 'Radia Perlman',
  text: 'How do you keep a network from looping when nobody knows the whole of it?',
  messageId: null,
};
const poll: OverlayContent = {
  kind: 'poll',
  question: 'Which demo next?',
  options: [
    { label: 'Layouts for phones', votes: 128 },
    { label: 'The run of show', votes: 311 },
    { label: 'Captions', votes: 87 },
  ],
};
const link: OverlayContent = {
  kind: 'link',
  text: 'The early price ends tonight',
  label: 'Get a ticket',
  url: 'https://example.com/tickets',
};
const startingSoon: OverlayContent = {
  kind: 'slate',
  slate: 'startingSoon',
  title: 'Starting soon',
  text: 'Spring launch, live from Lisbon',
  at: null,
  afterMs: 273_000,
};
const ended: OverlayContent = {
  kind: 'slate',
  slate: 'ended',
  title: 'Thank you for watching',
  text: 'The recording is up within the hour.',
  at: null,
  afterMs: null,
};
const countdown: OverlayContent = { kind: 'countdown', title: 'Doors close in', at: null, afterMs: 754_000 };
const qrCode: OverlayContent = { kind: 'qrCode', title: 'Get the slides', url: 'https://example.com/slides' };
const ticker: OverlayContent = {
  kind: 'ticker',
  items: ['The workshop begins at 18:30 in hall 2', 'Lost: one blue umbrella', 'Questions go to the Q&A tab'],
};
const long: readonly OverlayContent[] = [
  {
    kind: 'lowerThird',
    title: 'Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh the younger',
    subtitle: 'Professor emeritus of very long titles at the University of Llanfairpwllgwyngyllgogerychwyrndrobwll',
  },
  { kind: 'countdown', title: 'Until the very last moment of the early offer', at: null, afterMs: 7_300_000 },
];
const rightToLeft: readonly OverlayContent[] = [
  { kind: 'lowerThird', title: 'نوال السعداوي', subtitle: 'كاتبة وطبيبة' },
  { kind: 'ticker', items: ['تبدأ الورشة في السادسة والنصف', 'الأسئلة في لسان الأسئلة'] },
];

const shot = (live: readonly OverlayContent[], picture = 'dark', size = ''): TemplateResult => html`
  <ils-room no-banner .headless=${createFakeRoom({ overlays: { live } })}>
    <div class="story-shot ${size}">
      <ils-overlay><div class=${picture}></div></ils-overlay>
    </div>
  </ils-room>
`;

const sheet = (shots: readonly (readonly OverlayContent[])[], size = ''): TemplateResult => html`
  <div class="story-sheet">${shots.map((live, index) => shot(live, index % 2 === 0 ? 'dark' : 'bright', size))}</div>
`;

const run = (options: Parameters<typeof createFakeRoom>[0], size = ''): TemplateResult => {
  const room: FakeRoom = createFakeRoom({ role: 'producer', ...options });
  return html`<ils-room no-banner .headless=${room}>
    <div class="story-panel ${size}"><ils-overlay console></ils-overlay></div>
  </ils-room>`;
};

const everything = [lowerThird, message, poll, link, startingSoon, countdown, qrCode, ticker];

const meta: Meta = {
  title: 'Elements/Overlay',
  component: 'ils-overlay',
  render: () => shot([lowerThird]),
};
export default meta;

export const Basic: StoryObj = {};

export const Kinds: StoryObj = {
  render: () =>
    sheet([
      [lowerThird, countdown],
      [lowerThird, ticker],
      [message, qrCode],
      [message],
      [poll],
      [poll, ticker],
      [link],
      [link, countdown],
      [startingSoon],
      [ended],
    ]),
};

export const Phone: StoryObj = {
  render: () =>
    sheet([[lowerThird, countdown], [message], [poll], [link, qrCode], [lowerThird, ticker], [startingSoon]], 'phone'),
};

export const Long: StoryObj = { render: () => html`${sheet([long])} ${sheet([long], 'phone')}` };

export const RightToLeft: StoryObj = {
  render: () => html`<div dir="rtl">${sheet([rightToLeft, rightToLeft])}</div>`,
};

/** The run of show in each of its states. */
export const Console: StoryObj = {
  render: () =>
    html`<div class="story-sheet">
      ${run({ overlays: { cues: everything, current: 0, live: [countdown] } })} ${run({})}
      ${run({ loading: ['overlays'] })} ${run({ role: 'viewer' })}
    </div>`,
};

/** Every state on one sheet. */
export const All: StoryObj = {
  render: () =>
    html`${sheet([
      [lowerThird, countdown],
      [poll, ticker],
    ])}
    ${run({ overlays: { cues: everything } })}`,
};
