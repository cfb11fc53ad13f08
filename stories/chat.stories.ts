import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define.ts';
import type { IlsChat } from '../src/elements/chat/chat.ts';
import { createFakeRoom, type FakeRoom } from '../src/testing/index.ts';
import { adoptStoryFrames } from './story-frames.ts';

interface Arguments {
  display: 'panel' | 'overlay';
  noHeader: boolean;
  maxlength: number;
  placeholder: string;
  disabled: boolean;
  quiet: boolean;
}

type Options = Parameters<typeof createFakeRoom>[0];

adoptStoryFrames();

const conversation = [
  { author: 'Ada Lovelace', role: 'host', text: 'Welcome, everyone! We start in five minutes.' },
  { author: 'Hedy Lamarr', role: 'viewer', text: 'Hello from Vienna' },
  { author: 'Hedy Lamarr', role: 'viewer', text: 'The sound is perfect now.' },
  { author: 'Alan Turing', role: 'viewer', text: 'Where can I find the slides?' },
  { author: 'Grace Hopper', role: 'producer', text: 'Here: https://example.com/slides, and they stay there.' },
  { author: 'Katherine Johnson', role: 'viewer', text: '🎉🎉' },
  { author: 'Radia Perlman', role: 'viewer', text: '', deleted: true },
  { author: 'Radia Perlman', role: 'viewer', text: 'Sorry, wrong window!' },
  {
    author: 'Tim Berners-Lee',
    role: 'guest',
    text: 'Could you show that once more, a little slower? I missed the part in the middle and would love to see how it ends.',
  },
  {
    author: 'Margaret Hamilton',
    role: 'viewer',
    text: 'That demo worked on the first try, @You. Nobody will believe it.',
  },
  { author: 'سارة', role: 'viewer', text: 'مرحبا من القاهرة!' },
  { text: 'I do 👋', replyTo: 9 },
] as const;

const chat = (options: Options, attributes: Partial<Arguments> = {}): TemplateResult =>
  frame(createFakeRoom(options), attributes);

function frame(room: FakeRoom, attributes: Partial<Arguments> = {}): TemplateResult {
  const element = html`<ils-chat
    display=${attributes.display ?? 'panel'}
    ?no-header=${attributes.noHeader ?? false}
    maxlength=${attributes.maxlength ?? 2_000}
    placeholder=${attributes.placeholder ?? ''}
    ?disabled=${attributes.disabled ?? false}
    ?quiet=${attributes.quiet ?? false}
  ></ils-chat>`;
  return html`<ils-room no-banner .headless=${room}>
    <div class=${attributes.display === 'overlay' ? 'story-phone' : 'story-panel'}>${element}</div>
  </ils-room>`;
}

const joined: Options = { messages: conversation, viewers: 1_240, hosts: 1 };

const meta: Meta<Arguments> = {
  title: 'Elements/Chat',
  component: 'ils-chat',
  args: { display: 'panel', noHeader: false, maxlength: 2_000, placeholder: '', disabled: false, quiet: false },
  argTypes: { display: { control: 'inline-radio', options: ['panel', 'overlay'] } },
  render: (attributes) => chat(joined, attributes),
};
export default meta;

type Story = StoryObj<Arguments>;

export const Basic: Story = {};

/** Over a picture, on a phone held upright. */
export const Overlay: Story = { args: { display: 'overlay' } };

export const Empty: Story = { render: (attributes) => chat({ hosts: 1, viewers: 12 }, attributes) };

/** 100,000 messages of which the newest 50 are loaded; scroll up for the rest. */
export const LongHistory: Story = {
  render: (attributes) => chat({ messages: 100_000, loadedMessages: 50, viewers: 8_112 }, attributes),
};

/** A thousand messages a second; scroll up to make it stand still. */
export const Flood: Story = {
  render(attributes) {
    const room = createFakeRoom({ messages: 1_000, viewers: 52_000 });
    let count = 0;
    const timer = setInterval(() => {
      for (let more = 0; more < 20; more++) room.say(`Viewer ${(count * 7) % 997}`, `Message ${count++}`);
      if (!document.querySelector('ils-chat')) clearInterval(timer);
    }, 20);
    return frame(room, attributes);
  },
};

export const Moderator: Story = {
  render: (attributes) => chat({ ...joined, role: 'host' }, attributes),
  async play({ canvasElement }) {
    const element = canvasElement.querySelector<IlsChat>('ils-chat');
    await element?.updateComplete;
    const log = element?.shadowRoot?.querySelector('[role=log]');
    const message = [...(log?.querySelectorAll<HTMLElement>('[role=article]') ?? [])].at(-3);
    message?.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, composed: true, pointerType: 'mouse' }));
    await element?.updateComplete;
    message?.querySelector<HTMLElement>('button')?.click();
  },
};

/** One's own messages on their way and one that did not get through. */
export const Pending: Story = {
  render: (attributes) => frame(withPending(), attributes),
};

export const Reconnecting: Story = { render: (attributes) => chat({ ...joined, state: 'reconnecting' }, attributes) };

/** One may read and not write. */
export const ReadOnly: Story = {
  render: (attributes) =>
    chat(
      {
        ...joined,
        role: 'reader',
        roles: { reader: { name: 'reader', publish: [], watch: 'webrtc', permissions: [] } },
      },
      attributes,
    ),
};

function withPending(): FakeRoom {
  const room = createFakeRoom(joined);
  room.failNext('sendChat', 'rateLimited');
  void room.actions.sendChat('Can you hear me at the back?').catch(() => {
    room.pause();
    void room.actions.sendChat('This one is on its way');
  });
  return room;
}

const titled = (title: string, content: TemplateResult): TemplateResult =>
  html`<figure>
    <figcaption>${title}</figcaption>
    ${content}
  </figure>`;

const MINUTE_MS = 60_000;

/** A message and an announcement stand over the chat; a moderator takes them down. */
const pinned: Options = {
  ...joined,
  role: 'host',
  moderation: {
    pins: [{ message: 4 }, { text: 'We start again at three. Ask here meanwhile!', expiresInMs: 10 * MINUTE_MS }],
  },
};
const pinnedMessage: Options = { ...joined, moderation: { pins: [{ message: 4 }] } };
const slowMode: Options = { ...joined, moderation: { slowModeMs: 30_000, wroteMsAgo: 4_000 } };
const timedOut: Options = {
  ...joined,
  moderation: { timedOutForMs: 5 * MINUTE_MS, timeOutReason: 'Please stop advertising' },
};
const held: Options = {
  ...joined,
  moderation: {
    held: [
      { text: 'First time here. What is the song called?' },
      { text: 'Cheap tickets at my page!', isRefused: true },
    ],
  },
};
const direct: Options = {
  ...joined,
  directMessages: [
    { author: 'Ada Lovelace', role: 'host', text: 'You are next on stage. Is your camera on?' },
    { text: 'It is. Two minutes, please!', toRole: 'host' },
  ],
};

export const Pins: Story = { render: (attributes) => chat(pinned, attributes) };
export const SlowMode: Story = { render: (attributes) => chat(slowMode, attributes) };
export const TimedOut: Story = { render: (attributes) => chat(timedOut, attributes) };

/** One's own messages that wait for a moderator, and one that was refused. */
export const Held: Story = { render: (attributes) => chat(held, attributes) };

/** Of a crowd that writes faster than anybody reads, a sample; the rest is a click away. */
export const Crowd: Story = {
  render(attributes) {
    const room = createFakeRoom(joined);
    room.crowd(240, 60);
    room.say('Ada Lovelace', 'What a night!', 'host');
    return frame(room, attributes);
  },
};

/** Between the messages for all, those for the reader alone. */
export const DirectMessages: Story = { render: (attributes) => chat(direct, attributes) };

/** Names that may be meant, while one is written. */
export const Mentioning: Story = {
  render: (attributes) => chat(joined, attributes),
  async play({ canvasElement }) {
    const element = canvasElement.querySelector<IlsChat>('ils-chat');
    const field = await find(element, 'textarea');
    field?.focus();
    element?.insert('Thank you @a');
    await find(element, '[role=option]');
  },
};

/** The menu of a message hides its author for the reader alone; the chat's own menu shows them again. */
export const HiddenPerson: Story = {
  render: (attributes) => chat({ ...joined, role: 'host' }, attributes),
  async play({ canvasElement }) {
    const element = canvasElement.querySelector<IlsChat>('ils-chat');
    const messages = () => [...(element?.shadowRoot?.querySelectorAll<HTMLElement>('[role=article]') ?? [])];
    await find(element, '[role=article]');
    const message = messages().find(({ ariaLabel }) => ariaLabel?.startsWith('Margaret') === true);
    message?.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, composed: true, pointerType: 'mouse' }));
    (await find(message, '.options'))?.click();
    await find(element, '[role=menu]:popover-open .menu-item');
    [...(element?.shadowRoot?.querySelectorAll<HTMLElement>('.menu-item') ?? [])]
      .find(({ textContent }) => textContent.includes('Hide Margaret'))
      ?.click();
    // What the browser remembers of this story is nobody's else.
    localStorage.removeItem('ils-chat-hidden');
  },
};

/** The first that a chat draws of these; nothing where it draws none in time. */
async function find(within: HTMLElement | null | undefined, selector: string): Promise<HTMLElement | undefined> {
  for (let frames = 0; frames < 300; frames += 1) {
    const found = (within?.shadowRoot ?? within)?.querySelector<HTMLElement>(selector);
    if (found) return found;
    // oxlint-disable-next-line no-await-in-loop -- what is looked for loads on the way
    await new Promise(requestAnimationFrame);
  }
  return undefined;
}

/** Every state on one sheet. */
export const All: Story = {
  render: () =>
    html`<div class="story-sheet">
      ${titled('Joined', chat(joined))} ${titled('Pending and failed', frame(withPending()))}
      ${titled('Empty', chat({ hosts: 1 }))} ${titled('Idle', chat({ state: 'idle' }))}
      ${titled('Joining', chat({ state: 'connecting' }))}
      ${titled('Reconnecting', chat({ ...joined, state: 'reconnecting' }))}
      ${titled('Ended', chat({ ...joined, state: 'ended' }))} ${titled('Left, nothing said', chat({ state: 'left' }))}
      ${titled('Denied', chat({ state: 'denied', error: 'tokenInvalid' }))} ${titled('Pins', chat(pinned))}
      ${titled('A pinned message', chat(pinnedMessage))} ${titled('Slow mode', chat(slowMode))}
      ${titled('Timed out', chat(timedOut))} ${titled('Messages for some alone', chat(direct))}
      ${titled('Overlay', chat(joined, { display: 'overlay' }))}
    </div>`,
};
