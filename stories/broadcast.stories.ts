import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define.ts';
import type { IlsBroadcast } from '../src/elements/broadcast/broadcast.ts';
import { DEFAULT_BROADCAST_OPTIONS } from '../src/protocol/index.ts';
import { createFakeRoom } from '../src/testing/index.ts';
import { adoptStoryFrames } from './story-frames.ts';

type Options = NonNullable<Parameters<typeof createFakeRoom>[0]>;
type Broadcast = NonNullable<Options['broadcast']>;
type Arguments = Pick<IlsBroadcast, 'layout' | 'quality' | 'orientation'>;

adoptStoryFrames();

const show = (options: Options = {}, given: Partial<Arguments> = {}): TemplateResult =>
  html`<ils-room no-banner .headless=${createFakeRoom({ role: 'host', ...options })}>
    <div class="story-card">
      <ils-broadcast
        layout=${given.layout ?? 'GRID'}
        quality=${given.quality ?? 'med'}
        orientation=${given.orientation ?? 'landscape'}
      ></ils-broadcast>
    </div>
  </ils-room>`;

const before: Broadcast = { livestreamUrl: null, playbackHlsUrl: null, startedAt: null };
const crashed = { code: 'composerCrashed', message: 'The composer ended.' } as const;
const missing = { code: 'browserMissing', message: 'No Chromium, Chrome or Edge is installed.' } as const;
const unseen: Broadcast = {
  livestreamUrl: null,
  playbackHlsUrl: null,
  options: { ...DEFAULT_BROADCAST_OPTIONS, recordOnly: true },
};
const full = { code: 'storageFull', message: 'There is no room left.' } as const;
const onAir: Broadcast = { startedAt: Date.now() - 754_000 };

const states: Readonly<Record<string, Options>> = {
  off: {},
  starting: { broadcast: { ...before, state: 'HLS_STARTING' } },
  started: { broadcast: { state: 'HLS_STARTED', startedAt: null } },
  live: { broadcast: onAir },
  retrying: { broadcast: { ...onAir, state: 'HLS_FAILED', reason: crashed, retrying: true } },
  notRecorded: { broadcast: { ...onAir, recording: { state: 'blocked', reason: full } } },
  recording: { broadcast: { ...onAir, ...unseen } },
  recorded: { broadcast: { ...onAir, ...unseen, state: 'HLS_STOPPED' } },
  stopping: { broadcast: { ...onAir, state: 'HLS_STOPPING' } },
  stopped: { broadcast: { ...onAir, state: 'HLS_STOPPED', livestreamUrl: null } },
  failed: { broadcast: { ...before, state: 'HLS_FAILED', reason: missing } },
  viewer: { role: 'viewer', broadcast: onAir },
  viewerOff: { role: 'viewer' },
};

const meta: Meta<Arguments> = {
  title: 'Elements/Broadcast',
  component: 'ils-broadcast',
  args: { layout: 'GRID', quality: 'med', orientation: 'landscape' },
  render: (given) => show({}, given),
};
export default meta;

type Story = StoryObj<Arguments>;

export const Basic: Story = {};

export const Starting: Story = { render: (given) => show(states['starting'], given) };

export const Live: Story = { render: (given) => show(states['live'], given) };

/** It failed, and the server tries again by itself. */
export const Retrying: Story = { render: (given) => show(states['retrying'], given) };

/** On the air, while the storage of recordings is full. */
export const NotRecorded: Story = { render: (given) => show(states['notRecorded'], given) };

/** Recorded, and broadcast to nobody. */
export const Recording: Story = { render: (given) => show(states['recording'], given) };

/** It failed for good, with the one thing that helps. */
export const Failed: Story = { render: (given) => show(states['failed'], given) };

export const Stopped: Story = { render: (given) => show(states['stopped'], given) };

export const ConfirmStop: Story = {
  render: (given) => show(states['live'], given),
  async play({ canvasElement }) {
    const element = canvasElement.querySelector<IlsBroadcast>('ils-broadcast');
    await element?.updateComplete;
    element?.shadowRoot?.querySelector<HTMLElement>('[part=stop-button]')?.click();
  },
};

/** For those who may only watch. */
export const Viewer: Story = { render: (given) => show(states['viewer'], given) };

/** Every state on one sheet. */
export const All: Story = {
  render: (given) =>
    html`<div class="story-sheet">${Object.values(states).map((options) => show(options, given))}</div>`,
};
