import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define.ts';
import { createFakeRoom, type FakeRoomOptions } from '../src/testing/index.ts';
import { adoptStoryFrames } from './story-frames.ts';

adoptStoryFrames();

const rooms = [
  { name: 'Design', present: 4 },
  { name: 'Engineering', size: 6, present: 6 },
  { name: 'A name that is so long that it does not fit in here', present: 0 },
];
const announcement = 'Please choose somebody who tells the others what you found.';

const show = (options: FakeRoomOptions, title = ''): TemplateResult => html`
  <figure>
    <figcaption>${title}</figcaption>
    <ils-room no-banner .headless=${createFakeRoom(options)} class="story-panel">
      <ils-breakouts></ils-breakouts>
    </ils-room>
  </figure>
`;

const meta: Meta = {
  title: 'Elements/Breakouts',
  component: 'ils-breakouts',
  render: () => show({ role: 'host', breakouts: { rooms, isOpen: true, leftMs: 540_000 } }),
};
export default meta;

export const Basic: StoryObj = {};

/** Every state on one sheet. */
export const All: StoryObj = {
  render: () => html`
    <div class="story-sheet">
      ${show({ role: 'host' }, 'A host makes rooms')}
      ${show({ role: 'host', guests: 2, breakouts: { rooms } }, 'Draft')}
      ${show({ role: 'host', guests: 3, viewers: 80, breakouts: { rooms } }, 'Draft, with many who are only counted')}
      ${show({ role: 'host', breakouts: { rooms, isOpen: true, leftMs: 540_000, call: 'Ada Lovelace', announcement } }, 'Open, one calls')}
      ${show({ breakouts: { rooms, isOpen: true, inside: 0, leftMs: 45_000, announcement } }, 'Inside, closing')}
      ${show({ breakouts: { rooms, isOpen: true, assignment: 'selfChosen' } }, 'To choose from')}
      ${show({ breakouts: { rooms, isOpen: true } }, 'Waiting to be sent')} ${show({}, 'None')}
      ${show({ loading: ['breakouts'] }, 'Loading')} ${show({ breakouts: { state: 'failed' } }, 'Failed')}
    </div>
  `,
};
