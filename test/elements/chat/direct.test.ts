import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { IlsChat } from '../../../src/elements/chat/chat.ts';
import type { FakeRoomOptions } from '../../../src/testing/index.ts';
import { atRest, createRoom, drawn, until, useColorScheme, type Shown } from '../show-element.ts';
import { showChat } from './show-chat.ts';

const rows = (chat: Shown<IlsChat>) =>
  chat.findAll('.message[data-index] [part~=message-text]').map((row) => row.textContent);
const isDirect = (chat: Shown<IlsChat>) => chat.findAll('[part~=direct-message]').length;

const talk: FakeRoomOptions = {
  messages: [
    { author: 'Ada', text: 'one' },
    { author: 'Ada', text: 'two' },
    { author: 'Ada', text: 'three' },
  ],
  directMessages: [
    { author: 'Hanna', role: 'host', text: 'You are next', after: 1 },
    { toRole: 'host', text: 'Thank you', after: 1 },
    { author: 'Hanna', role: 'host', text: 'Now', after: 3 },
  ],
};

async function choose(chat: Shown<IlsChat>, label: string): Promise<void> {
  chat.part('options-button').click();
  await until(() => chat.findAll('[role=menu]:popover-open').length === 1, 'the options');
  const items = chat.findAll('[role=menu]:popover-open .menu-item');
  items.find((item) => item.textContent!.trim().startsWith(label))!.click();
}

describe('messages for some alone', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    it(`are accessible, ${colorScheme}`, async () => {
      await useColorScheme(colorScheme);
      const chat = await showChat(createRoom(talk));
      await until(() => isDirect(chat) === 3, 'the messages');
      await choose(chat, 'Only Hosts');
      await until(() => chat.findAll('[part~=target-banner]').length === 1, 'the banner');
      await atRest(chat.element);
      await expect(chat.element).to.be.accessible();
    });
  }

  it('stand where they were sent, and say for whom they are', async () => {
    const chat = await showChat(createRoom(talk));
    await until(() => isDirect(chat) === 3, 'the messages');
    expect(rows(chat)).to.deep.equal(['one', 'You are next', 'Thank you', 'two', 'three', 'Now']);
    expect(chat.findAll('[part~=message-target]').map((target) => target.textContent!.trim())).to.deep.equal([
      'Only for you',
      'Only for: Hosts',
      'Only for you',
    ]);
    expect(chat.find('[data-index="1"]').getAttribute('aria-label')).to.contain('Only for you');
  });

  it('keep their places while others come', async () => {
    const room = createRoom(talk);
    const chat = await showChat(room);
    await until(() => isDirect(chat) === 3, 'the messages');
    room.say('Ada', 'four');
    await until(() => rows(chat).at(-1) === 'four', 'the next');
    expect(rows(chat).slice(-3)).to.deep.equal(['three', 'Now', 'four']);
  });

  it('stand among holes of the history that load', async () => {
    const room = createRoom({
      messages: 500,
      loadedMessages: 5,
      directMessages: [{ text: 'psst', toRole: 'host', after: 497 }],
    });
    const chat = await showChat(room);
    await until(() => isDirect(chat) === 1 && chat.findAll('[part~=placeholder]').length === 0, 'all is loaded');
    expect(rows(chat)).to.contain('psst');
    const shown = chat.findAll('.message[data-index]').map(({ dataset }) => Number(dataset.index));
    expect(shown.at(-1)).to.equal(500);
  });

  it('of long ago are loaded where the reader gets to them, who stays at what they read', async () => {
    const all = Array.from({ length: 700 }, (_, number) => ({
      author: 'Hanna',
      role: 'host',
      text: `direct ${number}`,
      after: 1,
    }));
    const room = createRoom({ messages: 3, directMessages: all, loadedDirectMessages: 500 });
    const chat = await showChat(room);
    await until(() => isDirect(chat) > 0, 'the messages');
    const scroller = chat.find('.scroller');
    const asked = () => room.calls.filter(({ action }) => action === 'loadEarlierDirectChat').length;
    expect(asked()).to.equal(0);
    scroller.scrollTop = -scroller.scrollHeight;
    await until(() => asked() === 1 && rows(chat).includes('direct 200'), 'the earliest');
    await until(() => rows(chat).includes('direct 199'), 'what is earlier');
    // In the middle of the view is what was there.
    await until(() => {
      const { top, bottom } = scroller.getBoundingClientRect();
      const seen = chat.findAll('.message[data-index]').filter((row) => {
        const box = row.getBoundingClientRect();
        return box.bottom > top && box.top < bottom;
      });
      return seen.some((row) => /direct 20\d$/.test(row.querySelector('[part~=message-text]')!.textContent));
    }, 'the place');
    expect(asked()).to.equal(1);
  });

  it('go to a role, and so do those after, until everyone is meant again', async () => {
    const room = createRoom({ messages: 3 });
    const chat = await showChat(room);
    await choose(chat, 'Only Hosts');
    await until(() => chat.findAll('[part~=target-banner]').length === 1, 'the banner');
    chat.element.value = 'Help';
    await drawn(chat.element);
    chat.find<HTMLTextAreaElement>('textarea').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => isDirect(chat) === 1, 'the message');
    expect(room.calls).to.deep.equal([
      { action: 'sendDirectChat', args: [{ text: 'Help', to: { kind: 'role', role: 'host' } }] },
    ]);
    expect(chat.element.value).to.equal('');
    expect(chat.findAll('[part~=target-banner]')).to.have.length(1);
    chat.part('cancel-target-button').click();
    await drawn(chat.element);
    chat.element.value = 'Hello all';
    await drawn(chat.element);
    await sendKeys({ press: 'Enter' });
    await until(() => rows(chat).at(-1) === 'Hello all', 'the other message');
    expect(room.calls.at(-1)).to.deep.equal({ action: 'sendChat', args: ['Hello all'] });
  });

  it('[J4] are deleted by their author, and say so where they stood', async () => {
    const room = createRoom({ messages: 1, directMessages: [{ toRole: 'host', text: 'Oops' }] });
    const chat = await showChat(room);
    await until(() => isDirect(chat) === 1, 'the message');
    chat.findAll('[part~=direct-message]')[0]!.focus();
    await sendKeys({ press: 'Enter' });
    await until(() => chat.findAll('[role=menu]:popover-open').length === 1, 'the menu');
    const items = chat.findAll('[role=menu]:popover-open .menu-item');
    items.find((item) => item.textContent!.trim().startsWith('Delete message'))!.click();
    await until(() => chat.findAll('.deleted').length === 1, 'it is gone');
    expect(room.calls.map(({ action }) => action)).to.deep.equal(['deleteDirectChat']);
    expect(rows(chat).at(-1)).to.equal('Message deleted');
  });

  it('that fail say why, and are sent again or given up', async () => {
    const room = createRoom({ messages: 3 });
    const chat = await showChat(room);
    await choose(chat, 'Only Hosts');
    room.failNext('sendDirectChat', 'rateLimited');
    await room.actions
      .sendDirectChat({ text: 'Help', to: { kind: 'role', role: 'host' as never } })
      .catch(() => undefined);
    await until(() => chat.findAll('[part~=failure]').length === 1, 'the failure');
    await atRest(chat.element);
    await expect(chat.element).to.be.accessible();
    chat.part('retry-button').click();
    await until(() => chat.findAll('[part~=failure]').length === 0 && isDirect(chat) === 1, 'it is sent');
    expect(rows(chat).at(-1)).to.equal('Help');
  });

  it('are for those alone to whom one may write', async () => {
    const chat = await showChat(createRoom({ messages: 3, participants: [{ name: 'Gus', role: 'guest' }] }));
    chat.part('options-button').click();
    await until(() => chat.findAll('[role=menu]:popover-open').length === 1, 'the options');
    const labels = chat.findAll('[role=menu]:popover-open .menu-item').map((item) => item.textContent!.trim());
    expect(labels).to.contain('Only Hosts');
    expect(labels).to.contain('Only Gus');
    expect(labels).not.to.contain('Only Viewers');
  });
});
