import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define.ts';
import { createFakeRoom, type FakeRoomOptions } from '../src/testing/index.ts';
import { adoptStoryFrames } from './story-frames.ts';

adoptStoryFrames();

const show = (options: FakeRoomOptions, title = ''): TemplateResult => html`
  <figure>
    <figcaption>${title}</figcaption>
    <ils-room no-banner .headless=${createFakeRoom(options)}><ils-hand-raise></ils-hand-raise></ils-room>
  </figure>
`;

const meta: Meta = {
  title: 'Elements/Hand raise',
  component: 'ils-hand-raise',
  render: () => show({}),
};
export default meta;

export const Basic: StoryObj = {};

/** Every state on one sheet. */
export const All: StoryObj = {
  render: () => html`
    <div class="story-sheet">
      ${show({}, 'At rest')} ${show({ hands: { count: 12 } }, 'Others wait')}
      ${show({ hands: { own: { place: 4, note: 'About the second slide' } } }, 'Raised')}
      ${show({ hands: { own: { place: 1 } } }, 'Next')} ${show({ loading: ['hands'] }, 'Loading')}
      ${show({ state: 'reconnecting', hands: { own: { place: 2 } } }, 'Reconnecting')}
      ${show({ role: 'guest', hands: { isBackstage: true } }, 'Backstage')}
      ${show({ role: 'guest', hands: { isBackstage: true, talkback: ['Grace Hopper'] } }, 'A host talks to one backstage')}
    </div>
  `,
};
