import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define.ts';
import type { ParticipantId } from '../src/protocol/index.ts';
import { createFakeRoom, type FakeParticipantOptions, type FakeRoom } from '../src/testing/index.ts';
import { adoptPictureFrames } from './picture-frames.ts';
import { adoptStoryFrames } from './story-frames.ts';

adoptStoryFrames();
adoptPictureFrames();

interface Arguments {
  source: 'camera' | 'screen';
  noMenu: boolean;
  noMirror: boolean;
}

const live = { camera: 'live', microphone: 'live' } as const;

/** A room with Ada in it, and her id. */
function withAda(ada: FakeParticipantOptions = { sources: live }): { room: FakeRoom; id: ParticipantId } {
  const room = createFakeRoom({ role: 'host', hosts: 0, moving: false });
  return { room, id: room.join({ name: 'Ada Lovelace', ...ada }) };
}

const tile = (
  room: FakeRoom,
  id: string,
  source: 'camera' | 'screen' = 'camera',
  frame = 'story-square',
): TemplateResult =>
  html`<ils-room no-banner .headless=${room}>
    <div class=${frame}><ils-tile participant=${id} source=${source}></ils-tile></div>
  </ils-room>`;

const meta: Meta<Arguments> = {
  title: 'Elements/Tile',
  component: 'ils-tile',
  args: { source: 'camera', noMenu: false, noMirror: false },
  render: ({ source, noMenu, noMirror }) => {
    const { room, id } = withAda({ sources: { ...live, screen: 'live' } });
    return html`<ils-room no-banner .headless=${room}>
      <div class="story-square">
        <ils-tile participant=${id} source=${source} ?no-menu=${noMenu} ?no-mirror=${noMirror}></ils-tile>
      </div>
    </ils-room>`;
  },
};
export default meta;

type Story = StoryObj<Arguments>;

export const Basic: Story = {};

export const Speaking: Story = {
  render() {
    const { room, id } = withAda();
    room.speak(id, -18);
    return tile(room, id);
  },
};

export const Oneself: Story = {
  render() {
    const room = createFakeRoom({ role: 'host', hosts: 0, moving: false });
    void room.actions.startSource('camera');
    void room.actions.startSource('microphone');
    return tile(room, room.selfId);
  },
};

export const Screen: Story = {
  render() {
    const { room, id } = withAda({ sources: { screen: 'live' } });
    return tile(room, id, 'screen');
  },
};

/** With the page's own badge over the picture. */
export const Overlay: Story = {
  render() {
    const { room, id } = withAda();
    return html`<ils-room no-banner .headless=${room}>
      <div class="story-square">
        <ils-tile participant=${id}><mark>✋ Question</mark></ils-tile>
      </div>
    </ils-room>`;
  },
};

const marks: Readonly<Record<string, (room: FakeRoom, id: ParticipantId) => void>> = {
  'Microphone off': (room, id) => muteAll(room, id, 'audio'),
  'Pinned, in the spotlight, weak connection': (room, id) => {
    room.store.stage.pinned.value = id;
    room.store.stage.spotlight.value = id;
    room.setQuality(id, 1);
  },
  'Camera off': (room, id) => muteAll(room, id, 'video'),
  'Camera turned off by a host': (room, id) => muteAll(room, id, 'video', 'host'),
  Connecting: (room, id) => receive(room, id, 'waiting'),
  'Too weak a connection': (room, id) => receive(room, id, 'starved'),
  'Connection lost': (room, id) => room.lose(id),
};

function muteAll(room: FakeRoom, id: ParticipantId, kind: string, by: 'self' | 'host' = 'self'): void {
  for (const stream of room.store.stage.streams.value.values())
    if (stream.participantId === id && stream.kind === kind) room.mute(stream.id, true, by);
}

function receive(room: FakeRoom, id: ParticipantId, reception: 'waiting' | 'starved'): void {
  for (const stream of room.store.stage.streams.value.values())
    if (stream.participantId === id && stream.kind === 'video') room.setReception(stream.id, reception);
}

/** Every reason for a dark tile, and every mark. */
export const All: Story = {
  render() {
    const sheet = Object.entries(marks).map(([title, change]) => {
      const { room, id } = withAda();
      change(room, id);
      return html`<figure>
        <figcaption>${title}</figcaption>
        ${tile(room, id)}
      </figure>`;
    });
    const none = withAda({ sources: {} });
    const failing = (['permissionDenied', 'inUse', 'notFound'] as const).map((error) => {
      const room = createFakeRoom({ role: 'host', hosts: 0, sources: { camera: { status: 'failed', error } } });
      return html`<figure>
        <figcaption>${error}</figcaption>
        ${tile(room, room.selfId)}
      </figure>`;
    });
    const small = withAda({ sources: { microphone: 'live' } });
    return html`<div class="story-sheet">
      ${sheet}
      <figure>
        <figcaption>No camera</figcaption>
        ${tile(none.room, none.id)}
      </figure>
      ${failing}
      <figure>
        <figcaption>Small</figcaption>
        ${tile(small.room, small.id, 'camera', 'story-strip')}
      </figure>
    </div>`;
  },
};
