import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define.ts';
import { createFakeRoom, type FakeRoom, type FakeRoomOptions } from '../src/testing/index.ts';
import { adoptPictureFrames } from './picture-frames.ts';

adoptPictureFrames();

interface Arguments {
  layout: 'auto' | 'grid' | 'spotlight' | 'sidebar';
  hideSelf: boolean;
  people: number;
}

const show = (room: FakeRoom, layout = 'auto', frame = 'story-wide'): TemplateResult =>
  html`<ils-room no-banner .headless=${room}>
    <div class=${frame}><ils-stage layout=${layout}></ils-stage></div>
  </ils-room>`;

const staged = (options: FakeRoomOptions, layout?: string, frame?: string): Story => ({
  render: () => show(createFakeRoom({ moving: false, ...options }), layout, frame),
});

const meta: Meta<Arguments> = {
  title: 'Elements/Stage',
  component: 'ils-stage',
  args: { layout: 'auto', hideSelf: false, people: 4 },
  argTypes: { people: { control: { type: 'range', min: 0, max: 100 } } },
  render: ({ layout, hideSelf, people }) => {
    const room = createFakeRoom({ role: 'guest', hosts: Math.min(1, people), guests: Math.max(0, people - 1) });
    return html`<ils-room no-banner .headless=${room}>
      <div class="story-wide"><ils-stage layout=${layout} ?hide-self=${hideSelf}></ils-stage></div>
    </ils-room>`;
  },
};
export default meta;

type Story = StoryObj<Arguments>;

export const Basic: Story = {};
export const One = staged({ hosts: 1 });
export const Two = staged({ hosts: 1, guests: 1 });
export const Nine = staged({ hosts: 1, guests: 8 });
export const TwentyFive = staged({ hosts: 1, guests: 24 });
export const Hundred = staged({ hosts: 1, guests: 99 });
export const Sidebar = staged({ role: 'host', hosts: 1, guests: 8 }, 'sidebar');
export const Phone = staged({ hosts: 1, guests: 3 }, 'auto', 'story-tall');
export const PhoneHundred = staged({ hosts: 1, guests: 99 }, 'auto', 'story-tall');
export const PhoneSidebar = staged({ hosts: 1, guests: 5 }, 'sidebar', 'story-tall');

export const Spotlight: Story = {
  render() {
    const room = createFakeRoom({ role: 'host', hosts: 1, guests: 2, moving: false });
    void room.actions.startSource('camera');
    return show(room, 'spotlight');
  },
};

/** The screen takes the main place, and the others stand beside it. */
export const ScreenShare = staged({
  hosts: 1,
  guests: 4,
  participants: [
    { name: 'Katherine Johnson', role: 'host', sources: { camera: 'live', microphone: 'live', screen: 'live' } },
  ],
});

export const Speaker: Story = {
  render() {
    const room = createFakeRoom({ hosts: 1, guests: 3, moving: false });
    const speaker = [...room.store.participants.byId.value.keys()].at(-1);
    room.speak(speaker ?? null, -16);
    return show(room);
  },
};

export const NobodyLiveHost = staged({ role: 'host', hosts: 0 });
export const NobodyLiveViewer = staged({ role: 'viewer', hosts: 0 });
export const CameraBlocked = staged({
  role: 'host',
  hosts: 0,
  sources: { camera: { status: 'failed', error: 'permissionDenied' } },
});
export const Joining = staged({ state: 'connecting', hosts: 0 });
export const NotJoined = staged({ state: 'idle', hosts: 0 });
export const Ended = staged({ state: 'ended', hosts: 0 });
export const Denied = staged({ state: 'denied', error: 'tokenExpired', hosts: 0 });
export const HeldBackSound = staged({ hosts: 1, playback: { blocked: true } });
