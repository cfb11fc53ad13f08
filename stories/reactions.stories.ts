import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define.ts';
import { createFakeRoom, type FakeRoom } from '../src/testing/index.ts';
import { adoptStoryFrames } from './story-frames.ts';

adoptStoryFrames();

const show = (room: FakeRoom): TemplateResult => html`
  <ils-room no-banner .headless=${room}>
    <div class="story-rise"><ils-reactions></ils-reactions></div>
  </ils-room>
`;

/** A crowd of some hundreds. */
function lively(): FakeRoom {
  const room = createFakeRoom();
  const timer = setInterval(
    () =>
      room.react([
        ['❤️', Math.floor(Math.random() * 40)],
        ['👏', Math.floor(Math.random() * 12)],
        ['🔥', Math.floor(Math.random() * 3)],
      ]),
    250,
  );
  const { close } = room;
  room.close = () => {
    clearInterval(timer);
    close();
  };
  return room;
}

const meta: Meta = {
  title: 'Elements/Reactions',
  component: 'ils-reactions',
  render: () => show(createFakeRoom()),
};
export default meta;

export const Basic: StoryObj = {};

export const Crowd: StoryObj = { render: () => show(lively()) };

/** Every state on one sheet. */
export const All: StoryObj = {
  render: () => html`
    ${show(createFakeRoom())} ${show(createFakeRoom({ state: 'reconnecting' }))}
    ${show(createFakeRoom({ reactions: ['👏', '🙌', '💪', '🥇', '😅', '💧', '🔥', '🧘', '❤️', '🎉', '😂', '😮'] }))}
    ${show(createFakeRoom({ reactions: [] }))}
  `,
};
