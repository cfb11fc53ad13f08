import { expect } from '@open-wc/testing';
import '../../../src/elements/chat/sampled-part.ts';
import type { IlsChat } from '../../../src/elements/chat/chat.ts';
import type { FakeRoomOptions } from '../../../src/testing/index.ts';
import { atRest, createRoom, drawn, until, useColorScheme, type Shown } from '../show-element.ts';
import { showChat } from './show-chat.ts';

const rows = (chat: Shown<IlsChat>) =>
  chat
    .findAll('.row[data-index]')
    .map((row) => (row.querySelector('[part~=message-text]') ?? row).textContent!.trim().replaceAll(/\s+/g, ' '));
const folds = (chat: Shown<IlsChat>) => chat.findAll('[part~=left-out]');
const asked = (room: ReturnType<typeof createRoom>) => room.calls.filter(({ action }) => action === 'loadChat').length;

const quiet: FakeRoomOptions = { messages: [{ author: 'Ada', text: 'Good evening' }] };

async function showCrowd(options: FakeRoomOptions = quiet) {
  const room = createRoom(options);
  const chat = await showChat(room);
  room.crowd(300, 100);
  await until(() => folds(chat).length === 1, 'the gap');
  await drawn(chat.element);
  return { room, chat };
}

describe('a chat of a crowd', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    it(`is accessible, ${colorScheme}`, async () => {
      await useColorScheme(colorScheme);
      const { chat } = await showCrowd();
      await atRest(chat.element);
      await expect(chat.element).to.be.accessible();
    });
  }

  it('[C5] shows what was told, and how many more there were', async () => {
    const { room, chat } = await showCrowd();
    expect(rows(chat)).to.deep.equal(['Good evening', 'Goal! 101', 'Goal! 201', 'Goal! 301', '297 more']);
    expect(chat.part('left-out-button').getAttribute('aria-label')).to.equal('Show 297 more messages');
    expect(asked(room)).to.equal(0);
  });

  it('[C5] goes on behind a gap, and joins gaps of which nothing was told', async () => {
    const { room, chat } = await showCrowd();
    room.crowd(50, 100);
    room.crowd(50, 100);
    room.say('Ada', 'What a match');
    await until(() => rows(chat).at(-1) === 'What a match', 'the next message');
    expect(rows(chat).slice(-3)).to.deep.equal(['Goal! 301', '397 more', 'What a match']);
  });

  it('[C5] never leaves out what was told to the reader besides', async () => {
    const { room, chat } = await showCrowd();
    room.store.chat.log.put([{ ...room.store.chat.log.at(300)!, index: 50, text: '@You hello', id: 'm50' as never }]);
    await until(() => rows(chat).includes('296 more'), 'one less is left out');
    expect(rows(chat)[1]).to.equal('@You hello');
  });

  it('opens a gap at a click, and loads it as any other history', async () => {
    const { room, chat } = await showCrowd();
    chat.part('left-out-button').click();
    await until(() => rows(chat).includes('Goal! 2'), 'what was left out');
    expect(folds(chat).length).to.equal(0);
    expect(asked(room)).to.be.greaterThan(0);
  });

  it('[C5] leaves nothing out for those who moderate', async () => {
    const room = createRoom({ ...quiet, role: 'host' });
    const chat = await showChat(room);
    room.crowd(300, 100);
    await until(() => asked(room) > 0 && chat.findAll('[part~=placeholder]').length === 0, 'all of it');
    expect(folds(chat).length).to.equal(0);
    expect(rows(chat).at(-2)).to.equal('Goal! 300');
  });

  it('puts messages for the reader alone where they were sent', async () => {
    const { room, chat } = await showCrowd({
      ...quiet,
      directMessages: [{ author: 'Hanna', role: 'host', text: 'You are next', after: 1 }],
    });
    expect(rows(chat)).to.deep.equal([
      'Good evening',
      'You are next',
      'Goal! 101',
      'Goal! 201',
      'Goal! 301',
      '297 more',
    ]);
    room.close();
  });
});
