import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../../src/define.ts';
import { createFakeRoom, type FakeRoom, type FakeRoomOptions } from '../../src/testing/index.ts';
import { adoptPageLayout } from './page-layout.ts';

adoptPageLayout();

/** Whole pages as a site would build them: plain HTML around the elements, on a room without a network. */
const meta: Meta = {
  title: 'Pages',
  parameters: { layout: 'fullscreen', controls: { disable: true } },
  tags: ['!autodocs'],
};
export default meta;

type Story = StoryObj;
type RoleContext = Readonly<{ globals: Readonly<Record<string, unknown>> }>;

/** The role that the toolbar says, or the one that the page is made for. */
function openRoom({ globals }: RoleContext, usual: string, options: FakeRoomOptions): FakeRoom {
  const chosen = String(globals['role'] ?? 'usual');
  const role = chosen === 'usual' ? usual : chosen;
  return createFakeRoom({
    moving: false,
    ...options,
    role,
    ...(role === 'audience' && { broadcast: {} }),
  });
}

const page = (room: FakeRoom, content: TemplateResult): TemplateResult =>
  html`<ils-room no-banner .headless=${room}>${content}</ils-room>`;

export const Webinar: Story = {
  render(_arguments, context) {
    const room = openRoom(context, 'viewer', {
      title: 'Designing for the next billion',
      hosts: 0,
      viewers: 1_912,
      participants: [
        { name: 'Radia Perlman', role: 'host', sources: { camera: 'live', microphone: 'live', screen: 'live' } },
        { name: 'Alan Kay', role: 'guest', sources: { camera: 'live', microphone: 'live' } },
      ],
      overlays: { live: [{ kind: 'lowerThird', title: 'Radia Perlman', subtitle: 'Networks that heal themselves' }] },
      polls: {
        polls: [
          {
            question: 'What slows your team down the most?',
            kind: 'single',
            options: ['Too many tools', 'Waiting for reviews', 'Meetings', 'Flaky tests'],
          },
        ],
      },
      questions: {
        questions: [
          { asker: 'Hedy Lamarr', text: 'Will the recording stay online after today?', votes: 42, isVoted: true },
          { asker: 'Alan Turing', text: 'How do you keep a network from looping?', votes: 31 },
          { asker: 'Joan Clarke', text: 'Can we host it ourselves?', votes: 12, answer: 'Yes: one process, one port.' },
        ],
      },
    });
    return page(
      room,
      html`<div class="site two">
        <header>
          <h1>Designing for the next billion</h1>
          <p class="quiet">Open lecture with Radia Perlman and Alan Kay</p>
        </header>
        <section class="screen" aria-label="The show">
          <ils-overlay><ils-player></ils-player></ils-overlay>
        </section>
        <div class="below row">
          <div class="grow"><ils-reactions></ils-reactions></div>
          <ils-hand-raise></ils-hand-raise>
        </div>
        <div class="side">
          <section class="fits" aria-label="Poll"><ils-poll></ils-poll></section>
          <section class="card" aria-label="Questions"><ils-qa></ils-qa></section>
        </div>
      </div>`,
    );
  },
};

const goods = [
  ['coat', 'Wool coat', '€ 189'],
  ['scarf', 'Striped scarf', '€ 39'],
  ['boots', 'Walking boots', '€ 145'],
  ['bag', 'Felt bag', '€ 72'],
] as const;

export const LiveShopping: Story = {
  render(_arguments, context) {
    const room = openRoom(context, 'viewer', {
      title: 'Autumn collection',
      hosts: 0,
      participants: [{ name: 'Ada Lovelace', role: 'host', sources: { camera: 'live', microphone: 'live' } }],
      viewers: 8_431,
      messages: [
        { author: 'Mina', role: 'viewer', text: 'That coat in green, please! 😍' },
        { author: 'Ada Lovelace', role: 'host', text: 'Green comes back on Friday. We keep ten for tonight.' },
        { author: 'Jonas', role: 'viewer', text: 'How warm are the boots?' },
        { author: 'Sofia', role: 'viewer', text: 'Wore mine through a whole winter in Oslo' },
        { author: 'Mina', role: 'viewer', text: 'Ordered two 🎉' },
      ],
      gifts: { given: [{ from: 'Sofia', gift: 'rose', count: 3 }] },
      overlays: {
        live: [{ kind: 'countdown', title: 'Tonight’s price ends in', at: null, afterMs: 754_000 }],
      },
    });
    return page(
      room,
      html`<div class="site two">
        <header class="row">
          <div class="grow">
            <h1>Nordlys · Autumn collection, live</h1>
            <p class="quiet">Ask anything, we try it on for you</p>
          </div>
          <ils-gift-tray></ils-gift-tray>
        </header>
        <section class="screen" aria-label="The show">
          <ils-overlay><ils-player></ils-player></ils-overlay>
          <ils-gift-feed class="over" no-top><span hidden></span></ils-gift-feed>
        </section>
        <ul class="below goods" aria-label="Shown tonight">
          ${goods.map(
            ([kind, name, price]) =>
              html`<li class="card">
                <span class="picture ${kind}"></span>
                <strong>${name}</strong>
                <span class="quiet">${price}</span>
                <button type="button" aria-label="Add to basket: ${name}">Add to basket</button>
              </li>`,
          )}
        </ul>
        <div class="side">
          <section class="card"><ils-chat></ils-chat></section>
        </div>
      </div>`,
    );
  },
};

export const FitnessClass: Story = {
  render(_arguments, context) {
    const room = openRoom(context, 'guest', {
      title: 'Morning strength',
      hosts: 0,
      viewers: 64,
      sources: { camera: { status: 'live', published: true }, microphone: { status: 'muted', published: true } },
      participants: ['Coach Amara', 'Lena', 'Diego', 'Priya', 'Tom', 'Yuki'].map((name, index) => ({
        name,
        role: index === 0 ? 'host' : 'guest',
        sources: { camera: 'live', microphone: index === 0 ? 'live' : 'muted' } as const,
      })),
      reactions: ['💪', '🔥', '👏', '💧', '😅', '❤️'],
      overlays: {
        live: [
          { kind: 'lowerThird', title: 'Side plank, left', subtitle: 'Hips high, look ahead' },
          { kind: 'countdown', title: 'Change in', at: null, afterMs: 45_000 },
        ],
      },
      messages: [
        { author: 'Coach Amara', role: 'host', text: 'Water within reach? Then we begin.' },
        { author: 'Diego', role: 'guest', text: 'Ready 💪' },
        { author: 'Priya', role: 'guest', text: 'My cat is joining, sorry in advance' },
        { text: 'Mine too 😹' },
      ],
    });
    return page(
      room,
      html`<div class="site two">
        <header>
          <h1>Morning strength</h1>
          <p class="quiet">40 minutes · all levels · with Coach Amara</p>
        </header>
        <section class="screen" aria-label="The show">
          <ils-overlay><ils-stage layout="sidebar"></ils-stage></ils-overlay>
        </section>
        <div class="below row">
          <div class="grow"><ils-controls></ils-controls></div>
          <ils-reactions></ils-reactions>
        </div>
        <div class="side">
          <section class="card"><ils-chat></ils-chat></section>
        </div>
      </div>`,
    );
  },
};

export const AudioRoom: Story = {
  render(_arguments, context) {
    const room = openRoom(context, 'viewer', {
      title: 'Late letters',
      hosts: 0,
      viewers: 342,
      participants: ['Grace Hopper', 'Maya Lin', 'Ola', 'Noor', 'Sam Reyes', 'Wei Chen'].map((name, index) => ({
        name,
        role: index === 0 ? 'host' : 'guest',
        sources: { microphone: index === 3 ? 'muted' : 'live' } as const,
      })),
      captions: [{ speaker: 'Grace Hopper', text: 'The best letter I ever got was three words long.' }],
      messages: [
        { author: 'Ines', role: 'viewer', text: 'Which three?' },
        { author: 'Grace Hopper', role: 'host', text: 'It works now. 🙂' },
        { author: 'Karim', role: 'viewer', text: 'Would love to read mine, hand is up' },
      ],
    });
    const [speaker] = [...room.store.participants.byId.value.values()].filter(({ name }) => name === 'Grace Hopper');
    room.speak(speaker?.id ?? null, -18);
    return page(
      room,
      html`<div class="site two">
        <header>
          <h1>Late letters</h1>
          <p class="quiet">An evening of reading aloud. Cameras stay off.</p>
        </header>
        <section class="screen" aria-label="The show">
          <ils-stage layout="grid"></ils-stage>
          <ils-captions></ils-captions>
        </section>
        <div class="below row">
          <div class="grow"><ils-reactions></ils-reactions></div>
          <ils-hand-raise></ils-hand-raise>
        </div>
        <div class="side">
          <section class="card" aria-label="People"><ils-participants></ils-participants></section>
          <section class="card" aria-label="Chat"><ils-chat></ils-chat></section>
        </div>
      </div>`,
    );
  },
};

export const ConcertOnAPhone: Story = {
  render(_arguments, context) {
    const room = openRoom(context, 'viewer', {
      title: 'Aurora · Live at the Harbour',
      hosts: 0,
      participants: [{ name: 'Aurora', role: 'host', sources: { camera: 'live', microphone: 'live' } }],
      viewers: 24_180,
      messages: [
        { author: 'Bea', role: 'viewer', text: 'This bridge!! 🔥' },
        { author: 'Luca', role: 'viewer', text: 'Greetings from Napoli' },
        { author: 'Ada Lovelace', role: 'host', text: 'Two more songs, then we take your wishes' },
        { author: 'Kenji', role: 'viewer', text: 'Play “Northern Line” please' },
        { author: 'Bea', role: 'viewer', text: '🎸🎸🎸' },
      ],
      gifts: { given: [{ from: 'Kenji', gift: 'star', count: 2 }] },
    });
    setTimeout(() => room.give({ from: 'Kenji', gift: 'rose', count: 5 }), 100);
    return page(
      room,
      html`<div class="phone-desk">
        <div class="handset">
          <ils-player no-controls></ils-player>
          <ils-gift-feed no-top><span hidden></span></ils-gift-feed>
          <ils-chat display="overlay" no-header></ils-chat>
          <div class="thumb"><ils-gift-tray></ils-gift-tray></div>
        </div>
      </div>`,
    );
  },
};
