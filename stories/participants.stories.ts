import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define.ts';
import type { IlsParticipants } from '../src/elements/participants/participants.ts';
import { createFakeRoom, type FakeRoom } from '../src/testing/index.ts';
import { adoptStoryFrames } from './story-frames.ts';

interface Arguments {
  noHeader: boolean;
  noSearch: boolean;
}

type Options = Parameters<typeof createFakeRoom>[0];

adoptStoryFrames();

function frame(room: FakeRoom, { noHeader, noSearch }: Partial<Arguments> = {}): TemplateResult {
  return html`<ils-room no-banner .headless=${room}>
    <div class="story-panel">
      <ils-participants ?no-header=${noHeader ?? false} ?no-search=${noSearch ?? false}></ils-participants>
    </div>
  </ils-room>`;
}

const people: Options = {
  hosts: 1,
  viewers: 46,
  audience: 12_480,
  participants: [
    { name: 'Hedy Lamarr', role: 'guest', sources: { camera: 'muted', microphone: 'live' } },
    { name: 'Katherine Johnson', role: 'guest', sources: { camera: 'live', microphone: 'muted', screen: 'live' } },
    { name: 'Alan Turing', role: 'guest', lost: true },
    { name: 'Margaret Hamilton', role: 'producer' },
  ],
};

/** A host's view, with somebody speaking, somebody invited and a place of their own. */
function hosting(): FakeRoom {
  const room = createFakeRoom({
    ...people,
    audience: 240,
    role: 'host',
    sources: { microphone: { status: 'live', published: true } },
  });
  const [first, second] = [...room.store.participants.byId.value.keys()].filter((id) => id !== room.selfId);
  room.speak(first ?? null);
  room.store.stage.spotlight.value = second ?? null;
  void room.actions
    .listParticipants({ role: 'viewer' as never, limit: 1 })
    .then(({ participants }) => participants[0] && room.actions.changeRole(participants[0].id, 'guest' as never));
  return room;
}

const meta: Meta<Arguments> = {
  title: 'Elements/Participants',
  component: 'ils-participants',
  args: { noHeader: false, noSearch: false },
  render: (attributes) => frame(createFakeRoom({ ...people, audience: 240 }), attributes),
};
export default meta;

type Story = StoryObj<Arguments>;

export const Basic: Story = {};

export const Host: Story = { render: (attributes) => frame(hosting(), attributes) };

export const HostMenu: Story = {
  render: (attributes) => frame(hosting(), attributes),
  async play({ canvasElement }) {
    const element = canvasElement.querySelector<IlsParticipants>('ils-participants');
    await element?.updateComplete;
    element?.shadowRoot?.querySelectorAll<HTMLElement>('[data-participant]')[1]?.click();
  },
};

export const NobodyElse: Story = { render: (attributes) => frame(createFakeRoom({ hosts: 0 }), attributes) };

const company: Options = {
  ...people,
  audience: 240,
  participants: [
    ...(people.participants ?? []),
    { name: 'Grace Hopper', role: 'viewer', isFriend: true },
    { name: 'Joan Clarke', role: 'audience', isFriend: true },
    { name: 'Mary Jackson', role: 'viewer', groups: ['Class of 2026'] },
    { name: 'Dorothy Vaughan', role: 'audience', groups: ['Class of 2026'] },
  ],
};

/** Friends and members of the reader's own groups come first. */
export const Friends: Story = { render: (attributes) => frame(createFakeRoom(company), attributes) };

/** A role that may not list everyone sees the stage and the number. */
export const WithoutList: Story = {
  render: (attributes) =>
    frame(
      createFakeRoom({
        ...people,
        audience: 0,
        role: 'fan',
        roles: { fan: { name: 'fan', publish: [], watch: 'webrtc', permissions: [] } },
      }),
      attributes,
    ),
};

const titled = (title: string, content: TemplateResult): TemplateResult =>
  html`<figure>
    <figcaption>${title}</figcaption>
    ${content}
  </figure>`;

/** Every state on one sheet. */
export const All: Story = {
  render: () =>
    html`<div class="story-sheet">
      ${titled('Viewer', frame(createFakeRoom({ ...people, audience: 240 })))} ${titled('Host', frame(hosting()))}
      ${titled('Friends', frame(createFakeRoom(company)))} ${titled('Nobody else', frame(createFakeRoom({ hosts: 0 })))}
      ${titled('Idle', frame(createFakeRoom({ state: 'idle' })))}
      ${titled('Joining', frame(createFakeRoom({ state: 'connecting' })))}
      ${titled('Reconnecting', frame(createFakeRoom({ ...people, audience: 0, state: 'reconnecting' })))}
      ${titled('Ended', frame(createFakeRoom({ state: 'ended' })))}
      ${titled('Full', frame(createFakeRoom({ state: 'failed', error: 'roomFull' })))}
    </div>`,
};
