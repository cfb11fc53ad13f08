import { expect } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import type { IlsChat } from '../../../src/elements/chat/chat.ts';
import type { MessageId } from '../../../src/protocol/index.ts';
import type { FakeRoomOptions } from '../../../src/testing/index.ts';
import { atRest, createRoom, drawn, useColorScheme, until, type Shown } from '../show-element.ts';
import { showChat } from './show-chat.ts';

const show = (options: FakeRoomOptions = {}) => showChat(createRoom(options));

const messages = (chat: Shown<IlsChat>) => chat.findAll('.message[data-index]');
const lastMessage = (chat: Shown<IlsChat>) => messages(chat).at(-1)!;

describe('ils-chat', () => {
  describe('is accessible', () => {
    const states: Readonly<Record<string, FakeRoomOptions>> = {
      'while idle': { state: 'idle' },
      'while joining': { state: 'connecting' },
      'without messages': {},
      'with messages': { messages: 60, viewers: 12 },
      'with history not loaded': { messages: 500, loadedMessages: 4 },
      'while reconnecting': { messages: 20, state: 'reconnecting' },
      'after the end': { messages: 20, state: 'ended' },
      'after the end of an empty room': { state: 'ended' },
      'when denied': { state: 'denied', error: 'tokenInvalid' },
      'when failed': { state: 'failed', error: 'roomFull' },
      'for a moderator': { messages: 20, role: 'host' },
    };
    for (const [name, options] of Object.entries(states)) {
      for (const colorScheme of ['light', 'dark'] as const) {
        it(`${name}, ${colorScheme}`, async () => {
          await useColorScheme(colorScheme);
          const chat = await show(options);
          await expect(chat.element).to.be.accessible();
        });
      }
    }

    it('with a failed message and its menu open', async () => {
      await emulateMedia({ reducedMotion: 'reduce' });
      const room = createRoom({ messages: 3, role: 'host' });
      room.failNext('sendChat', 'rateLimited');
      await room.actions.sendChat('too fast').catch(() => undefined);
      const chat = await showChat(room);
      lastMessage(chat).focus();
      await sendKeys({ press: 'ArrowUp' });
      await sendKeys({ press: 'Enter' });
      await until(() => chat.findAll('[role=menu]:popover-open').length === 1);
      await atRest(chat.element);
      await expect(chat.element).to.be.accessible();
    });
  });

  describe('a message', () => {
    it('names an author once for messages in a row', async () => {
      const chat = await show({
        messages: [
          { author: 'Ada', text: 'one' },
          { author: 'Ada', text: 'two' },
          { author: 'Grace', text: 'three' },
        ],
      });
      expect(chat.findAll('[part~=message-author]').map((name) => name.textContent)).to.deep.equal(['Ada', 'Grace']);
    });

    it('carries the role of those who speak for the event', async () => {
      const chat = await show({
        messages: [
          { author: 'Ada', role: 'host', text: 'welcome' },
          { author: 'Grace', role: 'viewer', text: 'hello' },
        ],
      });
      expect(chat.findAll('[part~=message-badge]').map((badge) => badge.textContent)).to.deep.equal(['Host']);
    });

    it('keeps its place when it is deleted', async () => {
      const room = createRoom({ messages: 5, role: 'host' });
      const chat = await showChat(room);
      await room.actions.deleteChat(room.store.chat.log.at(2)!.id);
      await drawn(chat.element);
      expect(chat.text('[data-index="2"] [part~=message-text]')).to.equal('Message deleted');
      expect(messages(chat)).to.have.length(5);
    });

    it('opens links apart and tells them nothing', async () => {
      const chat = await show({ messages: [{ author: 'Ada', text: 'see https://example.com/a?b=1#c.' }] });
      const link = chat.part<HTMLAnchorElement>('link');
      expect(link.href).to.equal('https://example.com/a?b=1#c');
      expect(link.target).to.equal('_blank');
      expect(link.rel).to.equal('noopener noreferrer nofollow');
    });

    const hostile = [
      '<img src=x onerror="globalThis.hacked = true">',
      '<script>globalThis.hacked = true</script>',
      'javascript:globalThis.hacked=true',
      '"><svg onload=globalThis.hacked=true>',
      'https://example.com/"onmouseover="globalThis.hacked=true',
      '${globalThis.hacked = true}',
      '<!--><a href="javascript:hacked">',
      'data:text/html,<script>globalThis.hacked=true</script>',
    ];
    for (const text of hostile) {
      it(`is only text: ${text}`, async () => {
        const chat = await show({ messages: [{ author: text, text }] });
        expect(chat.text('[part~=message-text]')).to.equal(text);
        expect(chat.text('[part~=message-author]')).to.equal(text);
        for (const link of chat.findAll<HTMLAnchorElement>('a')) expect(link.protocol).to.equal('https:');
        expect(lastMessage(chat).querySelectorAll('img, script, svg[onload]')).to.have.length(0);
        expect('hacked' in globalThis).to.equal(false);
      });
    }
  });

  describe('the menu of a message', () => {
    async function openMenu(chat: Shown<IlsChat>): Promise<void> {
      lastMessage(chat).focus();
      await sendKeys({ press: 'ArrowUp' });
      await sendKeys({ press: 'Enter' });
      await until(() => chat.findAll('[role=menu]:popover-open').length === 1, 'the menu opens');
    }

    it('lets a moderator delete by the keyboard alone', async () => {
      const chat = await show({ messages: 3, role: 'host' });
      await openMenu(chat);
      await sendKeys({ press: 'd' });
      await sendKeys({ press: 'Enter' });
      await until(() => chat.findAll('.deleted').length === 1);
      expect(chat.events.map(({ type }) => type)).to.deep.equal(['ils-delete-chat-request']);
      expect(chat.text('[data-index="1"] [part~=message-text]')).to.equal('Message deleted');
    });

    it('lets nobody else delete', async () => {
      const chat = await show({ messages: 3 });
      await openMenu(chat);
      expect(labels(chat)).to.deep.equal(['Reply', 'Copy text', 'Hide Margaret Hamilton', 'Report message']);
    });

    const labels = (chat: Shown<IlsChat>) =>
      chat.findAll('[role=menuitem] .words > :first-child').map((item) => item.textContent!.trim());
    const choose = (chat: Shown<IlsChat>, label: string) =>
      chat
        .findAll('[role=menuitem]')
        .find((item) => item.textContent!.includes(label))!
        .click();

    it('lets a viewer report it', async () => {
      const room = createRoom({ messages: [{ author: 'Ada', text: 'Buy my coins' }, { text: 'No' }] });
      const chat = await showChat(room);
      await openMenu(chat);
      choose(chat, 'Report message');
      await until(() => room.calls.length === 1);
      expect(room.calls).to.deep.equal([{ action: 'reportChat', args: [{ messageId: 'm0' }] }]);
    });

    it('lets a host time its author out, or ban them', async () => {
      const room = createRoom({ role: 'host', messages: [{ author: 'Ada', text: 'HEY' }, { text: 'Calm' }] });
      const chat = await showChat(room);
      await openMenu(chat);
      expect(labels(chat)).to.deep.equal([
        'Reply',
        'Write to Ada alone',
        'Copy text',
        'Hide Ada',
        'Pin message',
        'Pin for ten minutes',
        'Delete message',
        'Time Ada out',
        'Remove Ada',
        'Ban Ada',
      ]);
      choose(chat, 'Time Ada out');
      await until(() => room.calls.length === 1);
      await openMenu(chat);
      choose(chat, 'Ban Ada');
      await until(() => room.calls.length === 2);
      expect(room.calls).to.deep.equal([
        { action: 'timeOutParticipant', args: [{ participantId: 'author-ada', durationMs: 300_000 }] },
        { action: 'banParticipant', args: [{ participantId: 'author-ada' }] },
      ]);
    });

    it('offers no time-out and no ban of who may more', async () => {
      const room = createRoom({
        role: 'producer',
        messages: [{ author: 'Hanna', role: 'host', text: 'Hello' }, { text: 'Hi' }],
      });
      const chat = await showChat(room);
      await openMenu(chat);
      expect(labels(chat).filter((label) => /Time|Ban/.test(label))).to.deep.equal([]);
    });

    it('answers a message, and lets it be', async () => {
      const room = createRoom({ messages: [{ author: 'Ada', text: 'Is this recorded?' }, { text: 'Hm' }] });
      const chat = await showChat(room);
      await emulateMedia({ reducedMotion: 'reduce' });
      await openMenu(chat);
      choose(chat, 'Reply');
      await until(() => chat.findAll('[part~=reply-banner]').length === 1, 'the banner');
      await until(() => chat.text('[part~=reply-banner]').includes('Replying to Ada · Is this recorded?'), 'its words');
      await until(() => chat.find('textarea').matches(':focus'), 'the field has the focus');
      await atRest(chat.element);
      await expect(chat.element).to.be.accessible();
      chat.part('cancel-reply-button').click();
      await drawn(chat.element);
      expect(chat.findAll('[part~=reply-banner]')).to.have.length(0);
      await openMenu(chat);
      choose(chat, 'Reply');
      await until(() => chat.findAll('[part~=reply-banner]').length === 1, 'the banner again');
      chat.element.value = 'Yes';
      await drawn(chat.element);
      chat.part('send-button').click();
      await until(() => chat.findAll('[part~=quote]').length === 1, 'the quote');
      expect(chat.text('[part~=quote]')).to.equal('Ada Is this recorded?');
      expect(room.calls).to.deep.equal([{ action: 'sendChat', args: ['Yes', 'm0'] }]);
      expect(chat.findAll('[part~=reply-banner]')).to.have.length(0);
      await atRest(chat.element);
      await expect(chat.element).to.be.accessible();
    });

    it('leads from a quote to the message, whose words go when it is deleted', async () => {
      const room = createRoom({ role: 'host', messages: 2_000 });
      await room.actions.sendChat('As I said', 'm100' as MessageId);
      const chat = await showChat(room);
      await until(() => chat.findAll('[part~=quote]').length === 1, 'the quote');
      chat.part('quote').click();
      await until(() => chat.findAll('[data-index="100"]').length === 1, 'the message');
      await room.actions.deleteChat('m100' as MessageId);
      chat.element.scrollToLatest();
      await until(() => chat.findAll('[part~=quote]').length === 1, 'the quote again');
      expect(chat.text('[part~=quote]')).to.contain('Message deleted');
    });

    it('gives the focus back to the message that it came from', async () => {
      const chat = await show({ messages: 3, role: 'host' });
      await openMenu(chat);
      await sendKeys({ press: 'Escape' });
      await until(() => chat.findAll('[role=menu]:popover-open').length === 0);
      expect(chat.find('[data-index="1"]').matches(':focus-within')).to.equal(true);
    });

    it('holds the list still while the keyboard is on a message', async () => {
      const room = createRoom({ messages: Array.from({ length: 100 }, () => ({ author: 'Ada', text: 'no link' })) });
      const chat = await showChat(room);
      chat.find<HTMLTextAreaElement>('textarea').focus();
      await sendKeys({ down: 'Shift' });
      await sendKeys({ press: 'Tab' });
      await sendKeys({ up: 'Shift' });
      expect(chat.part('log').matches(':focus')).to.equal(true);
      await sendKeys({ press: 'ArrowUp' });
      expect(chat.findAll('.message:focus')).to.have.length(1);
      for (let more = 0; more < 40; more++) room.say('Ada', `more ${more}`);
      await drawn(chat.element);
      expect(chat.findAll('.message:focus').map((row) => row.dataset.index)).to.deep.equal(['99']);
      expect(chat.text('[part~=jump-button]')).to.equal('40 new messages');
    });
  });
});
