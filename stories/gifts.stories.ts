import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/define.ts';
import { createFakeRoom, type FakeGift, type FakeRoom, type FakeRoomOptions } from '../src/testing/index.ts';
import { adoptStoryFrames } from './story-frames.ts';

adoptStoryFrames();

const tray = (room: FakeRoom, caption = ''): TemplateResult => html`
  <figure>
    <figcaption>${caption}</figcaption>
    <ils-room no-banner .headless=${room}>
      <div class="story-card">
        <ils-gift-tray inline><a slot="top-up" class="top-up" href="#coins">Get coins</a></ils-gift-tray>
      </div>
    </ils-room>
  </figure>
`;

const feed = (room: FakeRoom, caption = ''): TemplateResult => html`
  <figure>
    <figcaption>${caption}</figcaption>
    <ils-room no-banner .headless=${room}>
      <div class="story-card"><ils-gift-feed></ils-gift-feed></div>
    </ils-room>
  </figure>
`;

const given: readonly FakeGift[] = [
  { from: 'Grace Hopper', gift: 'rocket' },
  { from: 'Alan Turing', gift: 'balloon', count: 3 },
  { from: 'Hedy Lamarr', gift: 'star', count: 2 },
];

/** A room in which that is given once the feed looks. */
function giving(gifts: readonly FakeGift[], options: FakeRoomOptions = {}): FakeRoom {
  const room = createFakeRoom({ ...options, gifts: { given, ...options.gifts } });
  setTimeout(() => gifts.forEach((gift) => room.give(gift)), 100);
  return room;
}

/** A gift that the server refuses. */
function failing(): FakeRoom {
  const room = createFakeRoom();
  room.failNext('sendGift', 'unavailable');
  void room.actions.sendGift({ giftId: 'rose', price: 5, count: 1, to: null }).catch(() => undefined);
  return room;
}

/** A gift that the server has not taken yet. */
function sending(): FakeRoom {
  const room = createFakeRoom({ gifts: { given } });
  room.pause();
  void room.actions.sendGift({ giftId: 'rose', price: 5, count: 5, to: null });
  return room;
}

const crowd = Array.from({ length: 40 }, (_, index): FakeGift => ({
  from: `Viewer ${index}`,
  gift: ['heart', 'rose', 'coffee', 'star'][index % 4] ?? 'heart',
  count: 1 + (index % 5),
}));

const meta: Meta = { title: 'Elements/Gifts', component: 'ils-gift-tray', render: () => tray(createFakeRoom()) };
export default meta;

export const Basic: StoryObj = {};

export const Button: StoryObj = {
  render: () => html`<ils-room no-banner .headless=${createFakeRoom()}><ils-gift-tray></ils-gift-tray></ils-room>`,
};

export const Feed: StoryObj = {
  render: () => feed(giving([{ from: 'Ada Lovelace', gift: 'rose', count: 3 }])),
};

export const Banner: StoryObj = { render: () => feed(giving([{ from: 'Ada Lovelace', gift: 'crown' }])) };

/** Every state on one sheet. */
export const All: StoryObj = {
  render: () =>
    html`<div class="story-sheet">
      ${tray(createFakeRoom(), 'a host on stage')}
      ${tray(createFakeRoom({ hosts: 0, gifts: { balance: 3 } }), 'little left')}
      ${tray(createFakeRoom({ loading: ['gifts'] }), 'loading')} ${tray(failing(), 'failed')}
      ${tray(createFakeRoom({ gifts: { balance: null } }), 'the site keeps the balance')}
      ${tray(createFakeRoom({ gifts: { catalogue: { unit: 'coins', items: [] } } }), 'no gifts')}
      ${feed(createFakeRoom(), 'empty')} ${feed(giving([{ from: 'Ada Lovelace', gift: 'rose' }]), 'one gift')}
      ${feed(
        giving([
          { from: 'Ada Lovelace', gift: 'rose', combo: 12 },
          { from: 'Joan Clarke', gift: 'coffee', combo: 3 },
        ]),
        'combos',
      )}
      ${feed(giving(crowd, { gifts: { goal: { title: 'A new microphone', target: 3_200 } } }), 'crowded, a goal near')}
      ${feed(giving([], { gifts: { goal: { title: 'Encore', target: 500 } } }), 'a goal reached')}
      ${feed(sending(), 'sending')}
    </div>`,
};
