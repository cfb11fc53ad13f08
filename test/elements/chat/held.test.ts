import { expect } from '@open-wc/testing';
import '../../../src/elements/chat/held-rows.ts';
import type { IlsChat } from '../../../src/elements/chat/chat.ts';
import type { FakeRoomOptions } from '../../../src/testing/index.ts';
import { atRest, createRoom, until, useColorScheme, type Shown } from '../show-element.ts';
import { showChat } from './show-chat.ts';

const held: FakeRoomOptions = {
  messages: 3,
  moderation: { held: [{ text: 'May I ask something?' }, { text: 'Buy this', isRefused: true }] },
};

const rows = (chat: Shown<IlsChat>) => chat.findAll('[part~=held-message]');

async function showHeld(options = held) {
  const room = createRoom(options);
  const chat = await showChat(room);
  await until(() => rows(chat).length === 2, 'the messages that wait');
  return { room, chat };
}

describe('messages that others do not see', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    it(`are accessible, ${colorScheme}`, async () => {
      await useColorScheme(colorScheme);
      const { chat } = await showHeld();
      await atRest(chat.element);
      await expect(chat.element).to.be.accessible();
    });
  }

  it('say what they wait for, after all others', async () => {
    const { chat } = await showHeld();
    const [waiting, refused] = rows(chat);
    expect(waiting!.textContent).to.contain('May I ask something?').and.to.contain('Waiting for a moderator');
    expect(refused!.textContent).to.contain('Buy this').and.to.contain('did not let it through');
    expect(waiting!.querySelector('button')).to.equal(null);
    expect(chat.findAll('[role=status]').length).to.be.at.least(2);
  });

  it('say so where one was refused whose words are not known any more', async () => {
    const { chat } = await showHeld({
      ...held,
      moderation: { held: [{ text: 'Waits' }, { text: '', isRefused: true }] },
    });
    const refused = rows(chat)[1]!;
    expect(refused.textContent).to.contain('A moderator did not let a message of yours through.');
    expect(refused.querySelectorAll('[part~=message-text]').length).to.equal(0);
    await atRest(chat.element);
    await expect(chat.element).to.be.accessible();
  });

  it('stand alone in a room where nothing was said', async () => {
    const { chat } = await showHeld({ ...held, messages: 0 });
    expect(chat.findAll('.state').length).to.equal(0);
    expect(rows(chat)[0]!.textContent).to.contain('May I ask something?');
  });

  it('go once they are dismissed, or let through', async () => {
    const { room, chat } = await showHeld();
    rows(chat)[1]!.querySelector('button')!.click();
    await until(() => rows(chat).length === 1, 'it is gone');
    expect(room.calls.at(-1)!.action).to.equal('dismissRefusedChat');
    expect(rows(chat)[0]!.textContent).to.contain('May I ask something?');
  });
});
