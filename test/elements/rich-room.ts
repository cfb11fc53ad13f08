import { createFakeRoom, type FakeRoom, type FakeRoomOptions } from '../../src/testing/index.ts';

/** A room in which every element has something to show, and nothing moves. */
export function createRichRoom(options: FakeRoomOptions = {}): FakeRoom {
  return createFakeRoom({
    role: 'host',
    hosts: 1,
    guests: 2,
    viewers: 1_240,
    moving: false,
    messages: [
      { author: 'Ada Lovelace', role: 'host', text: 'Welcome, everyone! We start in five minutes.' },
      { author: 'Hedy Lamarr', role: 'viewer', text: 'Hello from Vienna' },
      { author: 'Hedy Lamarr', role: 'viewer', text: 'The sound is perfect now.' },
      { author: 'Grace Hopper', role: 'producer', text: 'Here: https://example.com/slides, and they stay there.' },
      { text: 'I do 👋', replyTo: 1 },
    ],
    polls: {
      polls: [
        {
          question: 'Which colour should we make next?',
          kind: 'single',
          options: ['Midnight blue', 'Forest green', 'Sunset orange'],
        },
      ],
    },
    questions: {
      questions: [
        { asker: 'Hedy Lamarr', text: 'Will the recording stay online after today?', votes: 42, isVoted: true },
        { asker: 'Radia Perlman', text: 'Can we host it ourselves?', votes: 12, answer: 'Yes: one process, one port.' },
      ],
    },
    gifts: { given: [{ from: 'Grace Hopper', gift: 'rocket' }], goal: { title: 'A new microphone', target: 3_200 } },
    hands: {
      queue: [{ name: 'Hedy Lamarr', note: 'About the latency on mobile', ageMs: 312_000 }],
      backstage: [{ name: 'Katherine Johnson' }],
    },
    breakouts: { rooms: [{ name: 'Design', present: 4 }], isOpen: true, leftMs: 540_000 },
    overlays: { live: [{ kind: 'lowerThird', title: 'Katherine Johnson', subtitle: 'Flight research, Langley' }] },
    captions: [{ speaker: 'Ada Lovelace', text: 'Good evening, and welcome to the launch.' }],
    broadcast: {},
    ...options,
  });
}
