import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define.ts';
import type { IlsControls } from '../src/elements/controls/controls.ts';
import { createFakeRoom, type FakeRoom } from '../src/testing/index.ts';
import { adoptStoryFrames } from './story-frames.ts';

interface Arguments {
  noShortcuts: boolean;
  noLeave: boolean;
}

type Options = Parameters<typeof createFakeRoom>[0];

adoptStoryFrames();

const show = (room: FakeRoom, attributes: Partial<Arguments> = {}, width = ''): TemplateResult =>
  html`<ils-room no-banner .headless=${room}>
    <div class="story-bar ${width}">
      <ils-controls
        ?no-shortcuts=${attributes.noShortcuts ?? false}
        ?no-leave=${attributes.noLeave ?? false}
      ></ils-controls>
    </div>
  </ils-room>`;

const live = { status: 'live', published: true } as const;
const host: Options = { role: 'host', sources: { microphone: live, camera: live } };

function speaking(options: Options = host): FakeRoom {
  const room = createFakeRoom(options);
  room.store.localMedia.microphoneLevel.value = 0.6;
  return room;
}

function mutedByHost(): FakeRoom {
  const room = createFakeRoom({
    role: 'guest',
    sources: { microphone: { status: 'muted', published: true }, camera: live },
  });
  const stream = [...room.store.stage.streams.value.values()].find(
    ({ participantId, source }) => participantId === room.selfId && source === 'microphone',
  );
  if (stream) room.mute(stream.id, true, 'host');
  return room;
}

const meta: Meta<Arguments> = {
  title: 'Elements/Controls',
  component: 'ils-controls',
  args: { noShortcuts: false, noLeave: false },
  render: (attributes) => show(speaking(), attributes),
};
export default meta;

type Story = StoryObj<Arguments>;

export const Basic: Story = {};

/** Before the first time on air. */
export const GoLive: Story = { render: (attributes) => show(createFakeRoom({ role: 'host' }), attributes) };

export const Narrow: Story = { render: (attributes) => show(speaking(), attributes, 'narrow') };

export const DeviceMenu: Story = {
  async play({ canvasElement }) {
    const element = canvasElement.querySelector<IlsControls>('ils-controls');
    await element?.updateComplete;
    element?.shadowRoot?.querySelector<HTMLElement>('[part=microphone-menu-button]')?.click();
  },
};

/** Nothing to publish: only what is heard, and the way out. */
export const Viewer: Story = { render: (attributes) => show(createFakeRoom(), attributes) };

export const CameraBlocked: Story = {
  render: (attributes) =>
    show(
      createFakeRoom({
        ...host,
        sources: { microphone: live, camera: { status: 'failed', error: 'permissionDenied' } },
      }),
      attributes,
    ),
};

/** A machine without devices gets a generated picture and tone at one click. */
export const NoDevices: Story = {
  render: (attributes) =>
    show(
      createFakeRoom({
        role: 'host',
        sources: {
          camera: { status: 'failed', error: 'notFound' },
          microphone: { status: 'failed', error: 'notFound' },
        },
        devices: { camera: [], microphone: [], speaker: [] },
      }),
      attributes,
    ),
};

export const MutedByHost: Story = { render: (attributes) => show(mutedByHost(), attributes) };

const titled = (title: string, content: TemplateResult): TemplateResult =>
  html`<figure>
    <figcaption>${title}</figcaption>
    ${content}
  </figure>`;

/** Every state on one sheet. */
export const All: Story = {
  render: () =>
    html`<div class="story-sheet">
      ${titled('On air', show(speaking(), {}, 'medium'))}
      ${titled('Before going live', show(createFakeRoom({ role: 'host' }), {}, 'medium'))}
      ${titled('Guest, starting', show(createFakeRoom({ role: 'guest', sources: { microphone: { status: 'starting' }, camera: { status: 'starting' } } }), {}, 'medium'))}
      ${titled('Muted, sharing the screen', show(createFakeRoom({ ...host, sources: { microphone: { status: 'muted', published: true }, camera: { status: 'muted', published: true }, screen: live } }), {}, 'medium'))}
      ${titled('Muted by the host', show(mutedByHost(), {}, 'medium'))}
      ${titled('Camera in use', show(createFakeRoom({ ...host, sources: { microphone: live, camera: { status: 'failed', error: 'inUse' } } }), {}, 'medium'))}
      ${titled('No WebRTC', show(createFakeRoom({ role: 'host', unsupported: true }), {}, 'medium'))}
      ${titled('Viewer', show(createFakeRoom(), {}, 'medium'))}
      ${titled('Idle', show(createFakeRoom({ state: 'idle' }), {}, 'medium'))}
      ${titled('Left', show(createFakeRoom({ state: 'left' }), {}, 'medium'))}
      ${titled('Ended', show(createFakeRoom({ state: 'ended' }), {}, 'medium'))}
      ${titled('Narrow', show(speaking(), {}, 'narrow'))}
    </div>`,
};
