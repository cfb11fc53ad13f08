import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { IlsChat } from '../../../src/elements/chat/chat.ts';
import { speaksTo } from '../../../src/elements/chat/mentions.ts';
import type { FakeRoomOptions } from '../../../src/testing/index.ts';
import { atRest, createRoom, drawn, until, useColorScheme, type Shown } from '../show-element.ts';
import { showChat } from './show-chat.ts';

const options = (chat: Shown<IlsChat>) =>
  chat.findAll('[role=option] .mention-person').map((name) => name.textContent!.trim());

async function write(chat: Shown<IlsChat>, text: string): Promise<void> {
  chat.find<HTMLTextAreaElement>('textarea').focus();
  await sendKeys({ type: text });
}

const people: FakeRoomOptions = {
  hosts: 0,
  messages: 3,
  participants: [
    { name: 'Ada Lovelace', role: 'guest' },
    { name: 'Alan Turing', role: 'guest' },
    { name: 'Annie Easley', role: 'viewer' },
  ],
};

describe('mentions', () => {
  it('are whole names behind an @', () => {
    expect(speaksTo('Hello @Ada!', 'Ada')).to.equal(true);
    expect(speaksTo('@ada', 'Ada')).to.equal(true);
    expect(speaksTo('@Adam and @Ada', 'Ada')).to.equal(true);
    expect(speaksTo('@Adam', 'Ada')).to.equal(false);
    expect(speaksTo('mail@Ada', 'Ada')).to.equal(false);
    expect(speaksTo('Ada', 'Ada')).to.equal(false);
    expect(speaksTo('@', '')).to.equal(false);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`are accessible while one is chosen, and in messages, ${colorScheme}`, async () => {
      await useColorScheme(colorScheme);
      const room = createRoom({ ...people, name: 'Grace' });
      room.say('Ada Lovelace', 'Hello @Grace and @Alan Turing');
      const chat = await showChat(room);
      await until(() => chat.findAll('[part~=mention]').length === 2, 'the names');
      await write(chat, '@a');
      await until(() => options(chat).length === 3, 'the choice');
      await atRest(chat.element);
      await expect(chat.element).to.be.accessible();
    });
  }

  it('are completed by the keyboard, from those who are in the room', async () => {
    const room = createRoom(people);
    const chat = await showChat(room);
    await write(chat, 'Hi @al');
    await until(() => options(chat).join() === 'Alan Turing', 'one name');
    await sendKeys({ press: 'Backspace' });
    await until(() => options(chat).length === 3, 'all of them, whom the server knows too');
    const field = chat.find('textarea');
    expect(field.getAttribute('aria-activedescendant')).to.equal('mention-0');
    await sendKeys({ press: 'ArrowDown' });
    await drawn(chat.element);
    expect(field.getAttribute('aria-activedescendant')).to.equal('mention-1');
    const [, chosen] = options(chat);
    await sendKeys({ press: 'Enter' });
    await drawn(chat.element);
    expect(chat.element.value).to.equal(`Hi @${chosen} `);
    expect(options(chat)).to.deep.equal([]);
    expect(field.hasAttribute('aria-activedescendant')).to.equal(false);
    expect(room.calls.some(({ action }) => action === 'sendChat')).to.equal(false);
    await sendKeys({ press: 'Enter' });
    await until(() => room.calls.some(({ action }) => action === 'sendChat'), 'the message is sent');
  });

  it('are given up with Escape', async () => {
    const chat = await showChat(createRoom(people));
    await write(chat, '@a');
    await until(() => options(chat).length > 0, 'the choice');
    await sendKeys({ press: 'Escape' });
    await drawn(chat.element);
    expect(options(chat)).to.deep.equal([]);
    expect(chat.element.value).to.equal('@a');
  });

  it("mark the reader's own name, and no part of a longer one", async () => {
    const room = createRoom({ name: 'Ada', messages: 1, participants: [{ name: 'Adam', role: 'guest' }] });
    room.say('Grace', '@Ada, look');
    room.say('Grace', '@Adam, look');
    const chat = await showChat(room);
    await until(() => chat.findAll('.message.mention').length === 1, 'the mention');
    expect(chat.text('.message.mention [part~=message-text]')).to.equal('@Ada, look');
    expect(chat.findAll('[part~=mention]').map((name) => name.textContent)).to.deep.equal(['@Ada', '@Adam']);
  });

  it('lead to the message by a button while one reads above', async () => {
    const room = createRoom({ name: 'Ada', messages: 200 });
    room.say('Grace', 'who is @nobody');
    const chat = await showChat(room);
    chat.part('log').focus();
    await sendKeys({ press: 'Home' });
    await until(() => chat.findAll('[data-index="0"]').length === 1, 'the start');
    room.say('Grace', 'What do you think, @Ada?');
    for (let more = 0; more < 40; more++) room.say('Alan', `more ${more}`);
    await until(() => chat.findAll('[part~=mention-button]').length === 1, 'the button');
    expect(chat.text('[part~=mention-button]')).to.equal('Grace mentioned you');
    await atRest(chat.element);
    await expect(chat.element).to.be.accessible();
    chat.part('mention-button').click();
    await until(() => chat.findAll('.message.mention:focus').length === 1, 'the message has the focus');
    expect(chat.findAll('[part~=mention-button]')).to.have.length(0);
  });
});

describe('hidden people', () => {
  const KEY = 'ils-chat-hidden';
  beforeEach(() => localStorage.removeItem(KEY));
  afterEach(() => localStorage.removeItem(KEY));

  const texts = (chat: Shown<IlsChat>) =>
    chat.findAll('.message[data-index] [part~=message-text]').map((text) => text.textContent!.trim());

  async function hideAda(chat: Shown<IlsChat>): Promise<void> {
    chat.find('.message[data-index="0"]').focus();
    await until(() => chat.findAll('.message[data-index="0"] .options').length === 1, 'what it offers');
    await sendKeys({ press: 'Enter' });
    await until(() => chat.findAll('[role=menu]:popover-open').length === 1, 'the menu');
    const items = chat.findAll('[role=menu]:popover-open .menu-item');
    items.find((item) => item.textContent!.includes('Hide Ada'))!.click();
  }

  it('are hidden here alone, also after a reload, until they are shown again', async () => {
    const messages = [
      { author: 'Ada', text: 'spam' },
      { author: 'Grace', text: 'Hello' },
    ];
    const first = await showChat(createRoom({ messages }));
    first.part('log').focus();
    await sendKeys({ press: 'ArrowUp' });
    await hideAda(first);
    await until(() => texts(first)[0] === 'Hidden by you', 'it is hidden');
    first.host.remove();

    const again = await showChat(createRoom({ messages }));
    await until(() => texts(again)[0] === 'Hidden by you', 'it is hidden still');
    await atRest(again.element);
    await expect(again.element).to.be.accessible();
    expect(texts(again)).to.deep.equal(['Hidden by you', 'Hello']);
    again.part('options-button').click();
    await until(() => again.findAll('[role=menu]:popover-open').length === 1, 'the options');
    const items = again.findAll('[role=menu]:popover-open .menu-item');
    items.find((item) => item.textContent!.includes('Show Ada again'))!.click();
    await until(() => texts(again)[0] === 'spam', 'it is shown');
    expect(localStorage.getItem(KEY)).to.equal(null);
  });

  it('may be what a broken storage says without harm', async () => {
    localStorage.setItem(KEY, '{"fake":[["a"],7,null],"__proto__":1');
    const chat = await showChat(createRoom({ messages: 2 }));
    await drawn(chat.element);
    expect(texts(chat)).to.have.length(2);
  });
});
