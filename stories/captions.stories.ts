import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define.ts';
import { createFakeRoom, type FakeRoomOptions } from '../src/testing/index.ts';
import { adoptPictureFrames } from './picture-frames.ts';
import { adoptStoryFrames } from './story-frames.ts';

adoptStoryFrames();
adoptPictureFrames();

const first = { speaker: 'Ada Lovelace', text: 'Good evening, and welcome to the launch.' };
const second = { speaker: 'Grace Hopper', text: 'We have a compiler to show you, and it works on the first try.' };

const shot = (options: FakeRoomOptions, picture = 'dark', size = ''): TemplateResult => html`
  <ils-room no-banner .headless=${createFakeRoom(options)}>
    <div class="story-shot ${size}">
      <div class=${picture}></div>
      <ils-captions speech></ils-captions>
    </div>
  </ils-room>
`;

const meta: Meta = {
  title: 'Elements/Captions',
  component: 'ils-captions',
  render: () => shot({ captions: [first, second] }),
};
export default meta;

export const Basic: StoryObj = {};

/** Every state on one sheet. */
export const All: StoryObj = {
  render: () =>
    html`<div class="story-sheet">
      ${shot({})} ${shot({ captions: [first] }, 'bright')} ${shot({ captions: [first, second] })}
      ${shot({ captions: [first, { ...second, draft: true }] }, 'bright')}
      ${shot({ role: 'host', captions: [{ text: 'مرحبا بكم جميعا في العرض', language: 'ar' }] })}
      ${shot({ captions: [first, second] }, 'dark', 'phone')}
    </div>`,
};
