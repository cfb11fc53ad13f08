import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define.ts';
import { createFakeRoom, type FakeRoomOptions } from '../src/testing/index.ts';
import { find, press, says, write } from './steps.ts';
import { adoptStoryFrames } from './story-frames.ts';

adoptStoryFrames();

/** What people do, step by step, and what comes of it. */
const meta: Meta = { title: 'Flows', parameters: { controls: { disable: true } }, tags: ['!autodocs'] };
export default meta;

type Story = StoryObj;

const show = (options: FakeRoomOptions, content: TemplateResult, frame = 'story-panel'): TemplateResult =>
  html`<ils-room no-banner .headless=${createFakeRoom({ moving: false, ...options })}>
    <div class=${frame}>${content}</div>
  </ils-room>`;

export const SendAMessage: Story = {
  render: () => show({ viewers: 12 }, html`<ils-chat></ils-chat>`),
  async play({ canvasElement }) {
    await write(canvasElement, 'textarea', 'Hello from Vienna');
    await press(canvasElement, 'send-button');
    await find(canvasElement, `[part~='message-text']`, says('Hello from Vienna'));
  },
};

export const VoteInAPoll: Story = {
  render: () =>
    show(
      { polls: { polls: [{ question: 'Which demo next?', kind: 'single', options: ['Layouts', 'Captions'] }] } },
      html`<ils-poll></ils-poll>`,
      'story-card',
    ),
  async play({ canvasElement }) {
    const option = await find(canvasElement, `[part~='option']`, says('Captions'));
    (await find(option, 'input')).click();
    await press(canvasElement, 'vote-button');
    await find(canvasElement, `[part~='base']`, says('Your answer is in'));
  },
};

export const RaiseAHand: Story = {
  render: () => show({ hands: {} }, html`<ils-hand-raise></ils-hand-raise>`, 'story-card'),
  async play({ canvasElement }) {
    await press(canvasElement, 'raise-button');
    await write(canvasElement, 'note-input', 'About the latency');
    const form = await find(canvasElement, `[part~='note-form']`);
    (await find(form, 'button[type=submit]')).click();
    await find(canvasElement, `[part~='raised']`, says('About the latency'));
  },
};

export const GiveAGift: Story = {
  render: () => show({}, html`<ils-gift-tray inline></ils-gift-tray><ils-gift-feed></ils-gift-feed>`, 'story-card'),
  async play({ canvasElement }) {
    const rose = await find(canvasElement, `[part~='item']`, says('Rose'));
    rose.click();
    await press(canvasElement, 'send');
    await find(canvasElement, `[part~='card']`, says('Rose'));
    await find(canvasElement, `[part~='balance']`, says('1,245'));
  },
};

export const GoOnStage: Story = {
  render: () => show({ hosts: 1, offer: 'guest' }, html`<ils-stage></ils-stage>`, 'story-panel short'),
  async play({ canvasElement }) {
    await press(canvasElement, 'accept-button');
    await find(canvasElement, 'ils-tile', ({ shadowRoot }) => shadowRoot?.textContent.includes('You') === true);
  },
};

export const Mute: Story = {
  render: () =>
    show(
      { role: 'guest', sources: { microphone: { status: 'live', published: true } } },
      html`<ils-controls></ils-controls>`,
      'story-bar',
    ),
  async play({ canvasElement }) {
    await press(canvasElement, 'microphone-button');
    await find(canvasElement, `[part~='microphone'].off`);
  },
};
