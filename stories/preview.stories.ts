import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define.ts';
import type { MediaErrorCode, Source } from '../src/protocol/index.ts';
import { createFakeRoom, type FakeRoom, type FakeRoomOptions } from '../src/testing/index.ts';
import { adoptPictureFrames } from './picture-frames.ts';

adoptPictureFrames();

interface Arguments {
  noDevices: boolean;
  noName: boolean;
}

const lobby: FakeRoomOptions = { state: 'idle', role: 'host', hosts: 0, moving: false };

const show = (room: FakeRoom): TemplateResult =>
  html`<ils-room .headless=${room}
    ><div class="story-lobby"><ils-preview></ils-preview></div
  ></ils-room>`;

const shown = (options: FakeRoomOptions = {}): Story => ({
  render: () => show(createFakeRoom({ ...lobby, ...options })),
});

const failing = (failures: Partial<Record<Source, MediaErrorCode>>): Story => ({
  render() {
    const sources = Object.fromEntries(
      Object.entries(failures).map(([source, error]) => [source, { status: 'failed' as const, error }]),
    );
    return show(createFakeRoom({ ...lobby, sources }));
  },
});

const meta: Meta<Arguments> = {
  title: 'Elements/Preview',
  component: 'ils-preview',
  args: { noDevices: false, noName: false },
  render: ({ noDevices, noName }) => {
    const room = createFakeRoom(lobby);
    void room.actions.startSource('camera');
    void room.actions.startSource('microphone');
    room.store.localMedia.microphoneLevel.value = 0.4;
    return html`<ils-room .headless=${room}>
      <div class="story-lobby"><ils-preview ?no-devices=${noDevices} ?no-name=${noName}></ils-preview></div>
    </ils-room>`;
  },
};
export default meta;

type Story = StoryObj<Arguments>;

export const Basic: Story = {};
export const Asking = shown();
export const Starting = shown({ sources: { camera: { status: 'starting' }, microphone: { status: 'starting' } } });
export const Blocked = failing({ camera: 'permissionDenied', microphone: 'permissionDenied' });
export const Dismissed = failing({ camera: 'permissionDismissed' });
export const CameraInUse = failing({ camera: 'inUse' });
export const NoCamera = failing({ camera: 'notFound' });
export const NotSecure = failing({ camera: 'insecure', microphone: 'insecure' });
export const MicrophoneInUse = failing({ microphone: 'inUse' });
export const Joining = shown({ state: 'connecting' });
export const Denied = shown({ state: 'denied', error: 'tokenExpired' });
export const Ended = shown({ state: 'ended' });
/** A role that publishes nothing is asked for no devices. */
export const Viewer = shown({ role: 'viewer' });

export const AudioOnly: Story = {
  render() {
    const room = createFakeRoom(lobby);
    void room.actions.startSource('microphone');
    return show(room);
  },
};
