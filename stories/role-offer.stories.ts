import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define.ts';
import { createFakeRoom, type FakeRoom } from '../src/testing/index.ts';

const show = (room: FakeRoom): TemplateResult =>
  html`<ils-room no-banner .headless=${room}>
    <ils-role-offer></ils-role-offer>
  </ils-room>`;

const meta: Meta = {
  title: 'Elements/Role offer',
  component: 'ils-role-offer',
  render: () => show(createFakeRoom({ offer: 'guest', moving: false })),
};
export default meta;

type Story = StoryObj;

export const Basic: Story = {};

export const CameraOn: Story = {
  render() {
    const room = createFakeRoom({ offer: 'guest', moving: false });
    void room.actions.startSource('camera');
    void room.actions.startSource('microphone');
    return show(room);
  },
};

export const CameraBlocked: Story = {
  render: () =>
    show(createFakeRoom({ offer: 'guest', sources: { camera: { status: 'failed', error: 'permissionDenied' } } })),
};

export const NoDevices: Story = {
  render: () => show(createFakeRoom({ offer: 'guest', sources: { camera: { status: 'failed', error: 'notFound' } } })),
};

/** A role that is heard and not seen. */
export const AudioOnly: Story = {
  render: () =>
    show(
      createFakeRoom({
        offer: 'speaker',
        roles: { speaker: { name: 'speaker', publish: ['microphone'], watch: 'webrtc', permissions: [] } },
      }),
    ),
};

export const Withdrawn: Story = {
  render() {
    const room = createFakeRoom({ offer: 'guest' });
    requestAnimationFrame(() => {
      room.store.participants.offers.value = new Map();
    });
    return show(room);
  },
};
