import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define.ts';
import { createFakeRoom, type FakeRoomOptions } from '../src/testing/index.ts';
import { adoptStoryFrames } from './story-frames.ts';

adoptStoryFrames();

const show = (options: FakeRoomOptions): TemplateResult =>
  html`<ils-room .headless=${createFakeRoom({ messages: 12, moving: false, ...options })}>
    <div class="story-panel"><ils-chat></ils-chat></div>
  </ils-room>`;

const connected = (options: FakeRoomOptions): StoryObj => ({ render: () => show(options) });

const meta: Meta = { title: 'Elements/Room', component: 'ils-room', render: () => show({}) };
export default meta;

export const Basic: StoryObj = {};
export const Joining = connected({ state: 'connecting' });
export const Reconnecting = connected({ state: 'reconnecting', error: 'disconnected' });
export const Removed = connected({ state: 'removed', error: 'removed' });
export const Ended = connected({ state: 'ended' });
export const InvitationRunOut = connected({ state: 'denied', error: 'tokenExpired' });
export const InvitationNotValid = connected({ state: 'denied', error: 'tokenInvalid' });
export const JoinedElsewhere = connected({ state: 'failed', error: 'joinedElsewhere' });
export const Full = connected({ state: 'failed', error: 'roomFull' });
export const OutOfDate = connected({ state: 'failed', error: 'versionUnsupported' });
export const Unreachable = connected({ state: 'failed', error: 'internal' });

/** Two rooms on one page know nothing of each other. */
export const Two: StoryObj = {
  render: () =>
    html`<div class="story-sheet">
      ${show({ title: 'Morning show' })} ${show({ title: 'Evening show', state: 'ended' })}
    </div>`,
};

/** An element elsewhere in the page names its room by `for`. */
export const Elsewhere: StoryObj = {
  render: () =>
    html`<div class="story-panel"><ils-chat for="story-room"></ils-chat></div>
      <ils-room id="story-room" .headless=${createFakeRoom({ messages: 12 })}></ils-room>`,
};
