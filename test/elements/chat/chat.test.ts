import { aTimeout, expect, waitUntil } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import { defineElement } from '../../../src/elements/define-element.ts';
import { IlsChat } from '../../../src/elements/chat/chat.ts';
import { LIMITS } from '../../../src/protocol/index.ts';
import { createFakeRoom, type FakeRoom, type FakeRoomOptions } from '../../../src/testing/index.ts';
import { atRest, drawn, showElement, type Shown } from '../show-element.ts';

defineElement('ils-chat', IlsChat);

const rooms: FakeRoom[] = [];

function createRoom(options: FakeRoomOptions = {}): FakeRoom {
  const room = createFakeRoom(options);
  rooms.push(room);
  return room;
}

afterEach(() => rooms.splice(0).forEach((room) => room.close()));

const show = (options: FakeRoomOptions = {}) => showElement('ils-chat', createRoom(options));

const messages = (chat: Shown<IlsChat>) => chat.findAll('.message[data-index]');
const lastMessage = (chat: Shown<IlsChat>) => messages(chat).at(-1)!;

async function write(chat: Shown<IlsChat>, text: string): Promise<void> {
  const field = chat.find<HTMLTextAreaElement>('textarea');
  field.focus();
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await chat.element.updateComplete;
}

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
          document.documentElement.style.colorScheme = colorScheme;
          document.documentElement.style.background = 'Canvas';
          await emulateMedia({ colorScheme, reducedMotion: 'reduce' });
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
      const chat = await showElement('ils-chat', room);
      lastMessage(chat).focus();
      await sendKeys({ press: 'ArrowUp' });
      await sendKeys({ press: 'Enter' });
      await waitUntil(() => chat.findAll('[role=menu]:popover-open').length === 1);
      await atRest(chat.element);
      await expect(chat.element).to.be.accessible();
    });
  });

  describe('the list', () => {
    it('shows the newest message at its end', async () => {
      const chat = await show({ messages: 1_000 });
      expect(lastMessage(chat).dataset.index).to.equal('999');
      const log = chat.part('log').getBoundingClientRect();
      const bottom = lastMessage(chat).getBoundingClientRect().bottom;
      expect(bottom).to.be.within(log.bottom - 30, log.bottom);
    });

    it('holds few rows of many', async () => {
      const chat = await show({ messages: 100_000 });
      expect(messages(chat).length).to.be.within(8, 60);
    });

    it('fills the view, whatever the heights of the rows', async () => {
      const chat = await show({ messages: Array.from({ length: 200 }, () => ({ author: 'Ada', text: 'x' })) });
      const log = chat.part('log').getBoundingClientRect();
      expect(messages(chat)[0]!.getBoundingClientRect().top).to.be.at.most(log.top);
    });

    it('keeps to the newest while it is in view', async () => {
      const room = createRoom({ messages: 100 });
      const chat = await showElement('ils-chat', room);
      for (let more = 0; more < 50; more++) room.say('Ada', `more ${more}`);
      await drawn(chat.element);
      expect(lastMessage(chat).textContent).to.contain('more 49');
      expect(chat.part('log').scrollTop).to.equal(0);
    });

    it('stands still while one reads above, and counts what is new', async () => {
      const room = createRoom({ messages: 500 });
      const chat = await showElement('ils-chat', room);
      const log = chat.part('log');
      log.scrollTop = -1_500;
      await drawn(chat.element);
      const watched = messages(chat)[10]!;
      const index = watched.dataset.index!;
      const before = watched.getBoundingClientRect().top;
      for (let more = 0; more < 30; more++) room.say('Ada', `more ${more}`);
      await drawn(chat.element);
      const after = chat.find(`[data-index="${index}"]`).getBoundingClientRect().top;
      expect(after).to.be.closeTo(before, 1);
      expect(chat.text('[part~=jump-button]')).to.equal('30 new messages');
      expect(chat.element.matches(':state(scrolled)')).to.equal(true);
    });

    it('comes back to the newest by the button', async () => {
      const room = createRoom({ messages: 500 });
      const chat = await showElement('ils-chat', room);
      chat.part('log').scrollTop = -2_000;
      await drawn(chat.element);
      room.say('Ada', 'the newest');
      await drawn(chat.element);
      chat.part('jump-button').click();
      await drawn(chat.element);
      expect(lastMessage(chat).textContent).to.contain('the newest');
      expect(chat.findAll('[part~=jump-button]')).to.have.length(0);
    });

    it('lets one read on into what is new', async () => {
      const room = createRoom({ messages: 300 });
      const chat = await showElement('ils-chat', room);
      const log = chat.part('log');
      log.scrollTop = -900;
      await drawn(chat.element);
      for (let more = 0; more < 40; more++) room.say(`Viewer ${more}`, `more ${more}`);
      await drawn(chat.element);
      log.scrollTop = -120;
      await drawn(chat.element);
      expect(-log.scrollTop).to.be.greaterThan(1_000);
      expect(chat.findAll('[data-index="299"]')).to.have.length(1);
    });

    it('keeps its place when history is loaded above', async () => {
      const room = createRoom({ messages: 1_000, loadedMessages: 30 });
      const chat = await showElement('ils-chat', room);
      const log = chat.part('log');
      log.scrollTop = -1_100;
      await drawn(chat.element);
      const known = chat.find('.message[data-index]');
      const index = known.dataset.index!;
      const before = known.getBoundingClientRect().top;
      await waitUntil(() => chat.findAll('.hole').length === 0, 'history is loaded', { timeout: 4_000 });
      await drawn(chat.element);
      expect(chat.find(`[data-index="${index}"]`).getBoundingClientRect().top).to.be.closeTo(before, 1);
      expect(chat.events.some(({ type }) => type === 'ils-load-chat-request')).to.equal(true);
    });

    it('says when history does not load, and loads it on demand', async () => {
      const room = createRoom({ messages: 400, loadedMessages: 3 });
      room.failNext('loadChat', 'unavailable');
      const chat = await showElement('ils-chat', room);
      await waitUntil(() => chat.findAll('[part~=notice]').length === 1);
      expect(chat.text('[part~=notice]')).to.contain('did not load');
      chat.find('[part~=notice] button').click();
      await waitUntil(() => chat.findAll('.hole').length === 0);
      expect(chat.findAll('[part~=notice]')).to.have.length(0);
    });

    it('goes to the first message by Home and back by End', async () => {
      const chat = await show({ messages: 20_000 });
      lastMessage(chat).focus();
      await sendKeys({ press: 'Home' });
      await waitUntil(() => chat.findAll('[data-index="0"]').length === 1);
      const top = chat.find('[data-index="0"]').getBoundingClientRect().top;
      expect(top).to.be.closeTo(chat.part('log').getBoundingClientRect().top, 12);
      await sendKeys({ press: 'End' });
      await waitUntil(() => chat.findAll('[data-index="19999"]').length === 1);
      expect(chat.part('log').scrollTop).to.equal(0);
    });

    it('measures again when its width changes', async () => {
      const chat = await show({ messages: 400 });
      chat.part('log').scrollTop = -3_000;
      await drawn(chat.element);
      chat.element.parentElement!.style.width = '240px';
      await drawn(chat.element);
      const log = chat.part('log').getBoundingClientRect();
      const rows = messages(chat).map((row) => row.getBoundingClientRect());
      expect(rows[0]!.top).to.be.at.most(log.top);
      expect(rows.at(-1)!.bottom).to.be.at.least(log.bottom);
      for (const [place, row] of rows.entries())
        if (place > 0) expect(row.top).to.be.closeTo(rows[place - 1]!.bottom, 1);
    });

    it('has a height of its own where nothing around it has one', async () => {
      const room = createRoom({ messages: 5_000 });
      const chat = await showElement('ils-chat', room);
      chat.element.parentElement!.style.height = 'auto';
      await drawn(chat.element);
      expect(chat.part('log').getBoundingClientRect().height).to.be.closeTo(320, 1);
      expect(messages(chat).length).to.be.below(60);
    });

    it('starts again when the room is another', async () => {
      const first = createRoom({ messages: 200 });
      const chat = await showElement('ils-chat', first);
      const second = createRoom({ messages: [{ author: 'Grace', text: 'the other room' }] });
      chat.host.headless = second;
      await drawn(chat.element);
      expect(messages(chat)).to.have.length(1);
      first.say('Ada', 'heard by nobody');
      await drawn(chat.element);
      expect(messages(chat)).to.have.length(1);
    });

    it('is the same after it was moved in the page', async () => {
      const room = createRoom({ messages: 300 });
      const chat = await showElement('ils-chat', room);
      const { parentElement } = chat.element;
      chat.element.remove();
      parentElement!.append(chat.element);
      room.say('Ada', 'after the move');
      await drawn(chat.element);
      expect(lastMessage(chat).textContent).to.contain('after the move');
      expect(messages(chat).length).to.be.greaterThan(5);
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
      const chat = await showElement('ils-chat', room);
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
      await waitUntil(() => chat.findAll('[role=menu]:popover-open').length === 1, 'the menu opens');
    }

    it('lets a moderator delete by the keyboard alone', async () => {
      const chat = await show({ messages: 3, role: 'host' });
      await openMenu(chat);
      await sendKeys({ press: 'ArrowDown' });
      await sendKeys({ press: 'Enter' });
      await waitUntil(() => chat.findAll('.deleted').length === 1);
      expect(chat.events.map(({ type }) => type)).to.deep.equal(['ils-delete-chat-request']);
      expect(chat.text('[data-index="1"] [part~=message-text]')).to.equal('Message deleted');
    });

    it('lets nobody else delete', async () => {
      const chat = await show({ messages: 3 });
      await openMenu(chat);
      expect(chat.findAll('[role=menuitem]').map((item) => item.textContent!.trim())).to.deep.equal(['Copy text']);
    });

    it('gives the focus back to the message that it came from', async () => {
      const chat = await show({ messages: 3, role: 'host' });
      await openMenu(chat);
      await sendKeys({ press: 'Escape' });
      await waitUntil(() => chat.findAll('[role=menu]:popover-open').length === 0);
      expect(chat.find('[data-index="1"]').matches(':focus-within')).to.equal(true);
    });

    it('holds the list still while the keyboard is on a message', async () => {
      const room = createRoom({ messages: 100 });
      const chat = await showElement('ils-chat', room);
      chat.find<HTMLTextAreaElement>('textarea').focus();
      await sendKeys({ down: 'Shift' });
      await sendKeys({ press: 'Tab' });
      await sendKeys({ up: 'Shift' });
      expect(chat.findAll('.message:focus')).to.have.length(1);
      for (let more = 0; more < 40; more++) room.say('Ada', `more ${more}`);
      await drawn(chat.element);
      expect(chat.findAll('.message:focus').map((row) => row.dataset.index)).to.deep.equal(['99']);
      expect(chat.text('[part~=jump-button]')).to.equal('40 new messages');
    });
  });

  describe('the composer', () => {
    it('sends by Enter and clears the field', async () => {
      const room = createRoom();
      const chat = await showElement('ils-chat', room);
      await write(chat, '  hello  ');
      await sendKeys({ press: 'Enter' });
      await waitUntil(() => messages(chat).length === 1);
      expect(room.calls.filter(({ action }) => action === 'sendChat').map(({ args }) => args)).to.deep.equal([
        ['hello'],
      ]);
      expect(chat.find<HTMLTextAreaElement>('textarea').value).to.equal('');
      expect(chat.element.value).to.equal('');
    });

    it('breaks the line by Shift+Enter and grows to five lines', async () => {
      const chat = await show();
      const field = chat.find<HTMLTextAreaElement>('textarea');
      field.focus();
      const oneLine = field.offsetHeight;
      await sendKeys({ type: 'one' });
      await sendKeys({ down: 'Shift' });
      await sendKeys({ press: 'Enter' });
      await sendKeys({ up: 'Shift' });
      await sendKeys({ type: 'two' });
      await chat.element.updateComplete;
      expect(field.value).to.equal('one\ntwo');
      expect(field.offsetHeight).to.equal(oneLine + 20);
      await write(chat, 'line\n'.repeat(30));
      expect(field.offsetHeight).to.equal(oneLine + 80);
      expect(chat.events).to.have.length(0);
    });

    it('sends nothing while an input method composes', async () => {
      const chat = await show();
      await write(chat, 'こん');
      const field = chat.find('textarea');
      field.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }),
      );
      field.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true }),
      );
      await chat.element.updateComplete;
      expect(chat.events).to.have.length(0);
      expect(chat.element.value).to.equal('こん');
    });

    it('sends no empty message', async () => {
      const chat = await show();
      await write(chat, '   ');
      await sendKeys({ press: 'Enter' });
      chat.part('send-button').click();
      await chat.element.updateComplete;
      expect(chat.events).to.have.length(0);
    });

    it('shows what is on its way, then the message itself, once', async () => {
      const room = createRoom();
      const chat = await showElement('ils-chat', room);
      room.pause();
      await write(chat, 'on its way');
      await sendKeys({ press: 'Enter' });
      await waitUntil(() => chat.findAll('[part~=pending-message]').length === 1);
      expect(messages(chat)).to.have.length(0);
      await room.resume();
      await drawn(chat.element);
      expect(chat.findAll('[part~=pending-message]')).to.have.length(0);
      expect(messages(chat).map((row) => row.querySelector('[part~=message-text]')!.textContent)).to.deep.equal([
        'on its way',
      ]);
    });

    it('offers to send a failed message again', async () => {
      const room = createRoom();
      room.failNext('sendChat', 'rateLimited');
      const chat = await showElement('ils-chat', room);
      await write(chat, 'once more');
      await sendKeys({ press: 'Enter' });
      await waitUntil(() => chat.findAll('[part~=failure]').length === 1);
      expect(chat.text('[part~=failure]')).to.contain('Too fast');
      chat.part('retry-button').click();
      await waitUntil(() => messages(chat).length === 1);
      expect(chat.findAll('[part~=pending-message]')).to.have.length(0);
    });

    it('gives a failed message up', async () => {
      const room = createRoom();
      room.failNext('sendChat', 'unavailable');
      const chat = await showElement('ils-chat', room);
      await write(chat, 'never mind');
      await sendKeys({ press: 'Enter' });
      await waitUntil(() => chat.findAll('[part~=failure]').length === 1);
      chat.part('discard-button').click();
      await waitUntil(() => chat.findAll('[part~=pending-message]').length === 0);
      expect(messages(chat)).to.have.length(0);
    });

    it('keeps the draft through a break and where the page sends by itself', async () => {
      const room = createRoom();
      const chat = await showElement('ils-chat', room);
      await write(chat, 'half a sentence');
      room.setState('reconnecting', 'disconnected');
      await drawn(chat.element);
      expect(chat.find<HTMLTextAreaElement>('textarea').value).to.equal('half a sentence');
      room.setState('joined');
      chat.element.addEventListener('ils-send-chat-request', (event) => event.preventDefault());
      await sendKeys({ press: 'Enter' });
      await drawn(chat.element);
      expect(chat.element.value).to.equal('half a sentence');
      expect(room.calls.filter(({ action }) => action === 'sendChat')).to.have.length(0);
    });

    it('counts down near the limit and refuses beyond it', async () => {
      const chat = await show();
      await write(chat, 'x'.repeat(1_899));
      expect(chat.findAll('[part~=counter]')).to.have.length(0);
      await write(chat, 'x'.repeat(1_950));
      expect(chat.text('[part~=counter] [aria-hidden]')).to.equal('50');
      await write(chat, 'x'.repeat(2_001));
      expect(chat.element.validity.tooLong).to.equal(true);
      await sendKeys({ press: 'Enter' });
      await chat.element.updateComplete;
      expect(chat.events).to.have.length(0);
    });

    it('takes as much as the server does', () => {
      expect(new IlsChat().maxlength).to.equal(LIMITS.chatTextLength);
    });

    it('says why one may not write', async () => {
      const chat = await show({
        role: 'reader',
        roles: { reader: { name: 'reader', publish: [], watch: 'webrtc', permissions: [] } },
      });
      const field = chat.find<HTMLTextAreaElement>('textarea');
      expect(field.disabled).to.equal(true);
      expect(field.placeholder).to.equal('Only reading is allowed here');
      expect(chat.element.matches(':state(read-only)')).to.equal(true);
    });

    it('belongs to a form', async () => {
      const chat = await show();
      const form = document.createElement('form');
      chat.host.append(form);
      chat.element.name = 'comment';
      form.append(chat.element);
      await drawn(chat.element);
      await write(chat, 'a draft');
      expect(new FormData(form).get('comment')).to.equal('a draft');
      form.reset();
      expect(chat.element.value).to.equal('');
    });

    it('puts an emoji where the caret is, by the keyboard alone', async () => {
      const chat = await show();
      await write(chat, 'well done');
      chat.find<HTMLTextAreaElement>('textarea').setSelectionRange(4, 4);
      chat.part('emoji-button').focus();
      await sendKeys({ press: 'Enter' });
      await waitUntil(() => chat.findAll('[part~=emoji-picker]:popover-open').length === 1);
      await atRest(chat.element);
      await expect(chat.element).to.be.accessible();
      await sendKeys({ type: 'party' });
      await waitUntil(() => chat.findAll('.emoji').length < 10);
      await sendKeys({ press: 'ArrowDown' });
      await sendKeys({ press: 'Enter' });
      await waitUntil(() => chat.findAll('[part~=emoji-picker]:popover-open').length === 0);
      expect(chat.element.value).to.equal('well🥳 done');
      expect(chat.find('textarea').matches(':focus')).to.equal(true);
    });
  });

  describe('announcements', () => {
    const spoken = (chat: Shown<IlsChat>) => chat.find('[aria-live=polite]').textContent!.trim();

    it('are silent in the log itself', async () => {
      const chat = await show({ messages: 3 });
      expect(chat.part('log').getAttribute('role')).to.equal('log');
      expect(chat.part('log').getAttribute('aria-live')).to.equal('off');
      expect(spoken(chat)).to.equal('');
    });

    it('read a single message out and sum many up', async () => {
      const room = createRoom({ messages: 3 });
      const chat = await showElement('ils-chat', room);
      room.say('Ada', 'hello');
      await waitUntil(() => spoken(chat) === 'Ada: hello');
      for (let more = 0; more < 200; more++) room.say('Grace', `number ${more}`);
      await aTimeout(200);
      expect(spoken(chat), 'not at once').to.equal('Ada: hello');
      await waitUntil(() => spoken(chat) === '200 new messages. Grace: number 199', 'after a while', {
        timeout: 7_000,
      });
    });

    it('leave out what one says oneself', async () => {
      const room = createRoom();
      const chat = await showElement('ils-chat', room);
      await room.actions.sendChat('mine');
      room.say('Ada', 'hers');
      await waitUntil(() => spoken(chat) !== '');
      expect(spoken(chat)).to.equal('Ada: hers');
    });
  });
});
