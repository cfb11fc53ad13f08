import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define.ts';
import { createFakeRoom, type FakeRoomOptions } from '../src/testing/index.ts';
import { adoptStoryFrames } from './story-frames.ts';

adoptStoryFrames();

const queue = [
  { name: 'Hedy Lamarr', note: 'About the latency on mobile', ageMs: 312_000 },
  { name: 'Alan Turing', ageMs: 95_000 },
  { name: 'Radia Perlman', note: 'I can show it on my screen', ageMs: 12_000, isAway: true },
];

const show = (options: FakeRoomOptions, title = ''): TemplateResult => html`
  <figure>
    <figcaption>${title}</figcaption>
    <ils-room no-banner .headless=${createFakeRoom({ role: 'host', ...options })} class="story-panel">
      <ils-hand-queue backstage></ils-hand-queue>
    </ils-room>
  </figure>
`;

const meta: Meta = {
  title: 'Elements/Hand queue',
  component: 'ils-hand-queue',
  render: () => show({ hands: { queue } }),
};
export default meta;

export const Basic: StoryObj = {};

/** Every state on one sheet. */
export const All: StoryObj = {
  render: () => html`
    <div class="story-sheet">
      ${show({ hands: { queue, backstage: [{ name: 'Katherine Johnson' }] } }, 'Queue and backstage')}
      ${show({ hands: { queue: queue.slice(0, 1), backstage: [{ name: 'Joan Clarke', camera: false }] }, guests: 1 }, 'One, and a guest on stage')}
      ${show({ hands: { backstage: [{ name: 'Katherine Johnson' }, { name: 'Joan Clarke', camera: false }] } }, 'Two backstage: talk to one, or to both')}
      ${show({ hands: {} }, 'Empty')} ${show({ loading: ['hands'] }, 'Loading')}
      ${show({ hands: { state: 'failed' } }, 'Failed')} ${show({ role: 'viewer' }, 'Not for viewers')}
      ${show({ state: 'reconnecting', hands: { queue } }, 'Reconnecting')} ${show({ state: 'left' }, 'Left')}
    </div>
  `,
};
