import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define.ts';
import type { ModerationView } from '../src/elements/moderation/moderation.ts';
import { createFakeRoom, type FakeRoomOptions } from '../src/testing/index.ts';
import { adoptStoryFrames } from './story-frames.ts';

adoptStoryFrames();

const moderationDesk: NonNullable<FakeRoomOptions['moderationDesk']> = {
  held: [
    { author: 'Hedy Lamarr', text: 'Hello everyone, first time here. Is this recorded?' },
    { author: 'Alan Turing', text: 'The paper is at https://example.org/on-computable-numbers', reason: 'link' },
  ],
  lobby: [
    { name: 'Joan Clarke', waitMs: 134_000 },
    { name: 'Radia Perlman', waitMs: 21_000 },
  ],
  log: [
    { action: 'messageReported', actor: 'Grace Hopper', target: 'Buy Coins', reason: 'Advertising', message: 0 },
    { action: 'timedOut', actor: 'Ada Lovelace', target: 'Shouting Sam', durationMs: 600_000, reason: 'Shouting' },
    { action: 'messageReported', actor: 'Joan Clarke', target: 'Shouting Sam', message: 1 },
    { action: 'banned', actor: 'Ada Lovelace', target: 'Spam Bot', reason: 'The same link forty times' },
    { action: 'lobbyOpened' },
    { action: 'slowModeChanged', actor: 'Ada Lovelace', durationMs: 30_000 },
  ],
  hasOlder: true,
};

const show = (options: FakeRoomOptions, title = '', view: ModerationView = 'held'): TemplateResult => html`
  <figure>
    <figcaption>${title}</figcaption>
    <ils-room no-banner .headless=${createFakeRoom({ role: 'host', ...options })} class="story-panel">
      <ils-moderation view=${view}></ils-moderation>
    </ils-room>
  </figure>
`;

const meta: Meta = {
  title: 'Elements/Moderation',
  component: 'ils-moderation',
  render: () => show({ moderationDesk }),
};
export default meta;

export const Basic: StoryObj = {};

/** Every state on one sheet. */
export const All: StoryObj = {
  render: () => html`
    <div class="story-sheet">
      ${show({ moderationDesk }, 'Messages that wait')} ${show({ moderationDesk }, 'Reports', 'reports')}
      ${show({ moderationDesk, moderation: { locked: true } }, 'Lobby, and a locked room', 'lobby')}
      ${show({ moderationDesk: { policies: { links: 'hold', words: ['casino', 'free coins'], holdsFirstMessages: true } }, moderation: { slowModeMs: 30_000, writers: ['guest'] } }, 'Rules', 'rules')}
      ${show({ moderationDesk }, 'Log', 'log')} ${show({}, 'Nothing waits')} ${show({}, 'An empty log', 'log')}
      ${show({ loading: ['moderationDesk'] }, 'Loading')} ${show({ moderationDesk: { state: 'failed' } }, 'Failed')}
      ${show({ role: 'viewer' }, 'Not for viewers')} ${show({ state: 'reconnecting', moderationDesk }, 'Reconnecting')}
      ${show({ state: 'left' }, 'Left')}
    </div>
  `,
};
