import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define.ts';
import { createFakeRoom, type FakeRoom, type FakeRoomOptions } from '../src/testing/index.ts';
import { adoptPictureFrames } from './picture-frames.ts';

adoptPictureFrames();

interface Arguments {
  noControls: boolean;
  noViewers: boolean;
  hideAfterMs: number;
}

const show = (room: FakeRoom, frame = 'story-wide'): TemplateResult =>
  html`<ils-room .headless=${room}
    ><div class=${frame}><ils-player></ils-player></div
  ></ils-room>`;

const watched = (options: FakeRoomOptions, frame?: string): Story => ({
  render: () => show(createFakeRoom({ moving: false, ...options }), frame),
});

const meta: Meta<Arguments> = {
  title: 'Elements/Player',
  component: 'ils-player',
  args: { noControls: false, noViewers: false, hideAfterMs: 3_000 },
  render: ({ noControls, noViewers, hideAfterMs }) => {
    const room = createFakeRoom({ hosts: 1, viewers: 1_240 });
    return html`<ils-room .headless=${room}>
      <div class="story-wide">
        <ils-player ?no-controls=${noControls} ?no-viewers=${noViewers} hide-after-ms=${hideAfterMs}></ils-player>
      </div>
    </ils-room>`;
  },
};
export default meta;

type Story = StoryObj<Arguments>;

export const Basic: Story = {};
export const Several = watched({ hosts: 1, guests: 2, viewers: 87 });
export const Phone = watched({ hosts: 1, viewers: 1_240 }, 'story-tall');
export const Small = watched({ hosts: 1, viewers: 12 }, 'story-square');
export const TapToUnmute = watched({ hosts: 1, viewers: 12, playback: { blocked: true } });
export const Muted = watched({ hosts: 1, viewers: 12, playback: { muted: true } });
export const NotJoined = watched({ hosts: 0, state: 'idle' });
export const Joining = watched({ hosts: 0, state: 'connecting' });
export const Waiting = watched({ hosts: 0, viewers: 41 });
export const WaitingSmall = watched({ hosts: 0, viewers: 41 }, 'story-square');
export const Ended = watched({ hosts: 0, state: 'ended' });
export const Removed = watched({ hosts: 0, state: 'removed', error: 'removed' });
export const Denied = watched({ hosts: 0, state: 'denied', error: 'tokenInvalid' });
export const Unreachable = watched({ hosts: 0, state: 'failed', error: 'internal' });
export const Unsupported = watched({ hosts: 1, unsupported: true });
export const BroadcastNotStarted = watched({ hosts: 1, role: 'audience' });

export const Reconnecting: Story = {
  render() {
    const room = createFakeRoom({ hosts: 1, viewers: 12, moving: false });
    setTimeout(() => room.setState('reconnecting', 'disconnected'), 300);
    return show(room);
  },
};

/** Invited on stage: one's own tile, and the microphone and camera in the bar. */
export const OnStage: Story = {
  render() {
    const room = createFakeRoom({ role: 'guest', hosts: 1, viewers: 12, moving: false });
    void room.actions.startSource('camera');
    void room.actions.startSource('microphone');
    return show(room);
  },
};

export const OnStageNobodyLive = watched({ role: 'guest', hosts: 0, viewers: 12 });

const broadcast = (options: FakeRoomOptions = {}, frame?: string): Story =>
  watched(
    { role: 'audience', hosts: 0, audience: 3_480, title: 'Autumn collection', broadcast: {}, ...options },
    frame,
  );
const captions = [
  { id: '0', label: 'English', language: 'en' },
  { id: '1', label: 'Português', language: 'pt' },
];
const behind = { position: 1_717, atLive: false };

export const BroadcastStarting = broadcast({ broadcast: { state: 'HLS_STARTING' } });
export const BroadcastAboutToBegin = broadcast({ program: { state: 'waiting' } });
export const BroadcastLoading = broadcast({ program: { state: 'loading' } });
export const BroadcastLive = broadcast();
export const BroadcastLivePhone = broadcast({}, 'story-tall');
export const BroadcastLiveSmall = broadcast({}, 'story-square');
export const BroadcastBuffering = broadcast({ program: { state: 'buffering' } });
export const BroadcastPaused = broadcast({ program: { state: 'paused', timeline: behind } });
export const BroadcastBehindLive = broadcast({ program: { state: 'playing', timeline: behind, tracks: { captions } } });
export const BroadcastBehindLivePhone = broadcast({ program: { state: 'playing', timeline: behind } }, 'story-tall');
export const BroadcastTapToUnmute = broadcast({ playback: { blocked: true } });
export const BroadcastEnded = broadcast({ broadcast: { state: 'HLS_STOPPED' } });
export const BroadcastUnsupported = broadcast({ program: { state: 'failed', failure: 'unsupported' } });
export const BroadcastExpired = broadcast({ program: { state: 'failed', failure: 'expired' } });

export const Recording = broadcast({
  program: { state: 'paused', timeline: { live: false, start: 0, end: 4_215, position: 1_263, atLive: false } },
});

export const BroadcastQualityMenu: Story = {
  render() {
    const room = createFakeRoom({ role: 'audience', hosts: 0, audience: 3_480, broadcast: {}, moving: false });
    openWhenThere('quality-button');
    return show(room);
  },
};

export const BroadcastCaptionsMenu: Story = {
  render() {
    const program = { tracks: { captions, caption: '0' } };
    const room = createFakeRoom({ role: 'audience', hosts: 0, audience: 3_480, broadcast: {}, program, moving: false });
    openWhenThere('captions-button');
    return show(room);
  },
};

/** Presses a button of the player as soon as it is drawn. */
function openWhenThere(part: string): void {
  const button = document.querySelector('ils-player')?.shadowRoot?.querySelector<HTMLElement>(`[part='${part}']`);
  if (button) button.click();
  else requestAnimationFrame(() => openWhenThere(part));
}
