import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { IlsChat } from '../../../src/elements/chat/chat.ts';
import type { FakeRoomOptions } from '../../../src/testing/index.ts';
import { atRest, createRoom, drawn, until, useColorScheme, type Shown } from '../show-element.ts';
import { showChat } from './show-chat.ts';

const MINUTE_MS = 60_000;

const texts = (chat: Shown<IlsChat>, selector: string) =>
  chat.findAll(selector).map((element) => element.textContent!.replaceAll(/\s+/g, ' ').trim());

async function openOptions(chat: Shown<IlsChat>): Promise<void> {
  chat.part('options-button').click();
  await until(() => chat.findAll('[role=menu]:popover-open').length === 1, 'the options');
}

const choose = (chat: Shown<IlsChat>, label: string) =>
  chat
    .findAll('[role=menu]:popover-open .menu-item')
    .find((item) => item.textContent!.includes(label))!
    .click();

describe('the order kept in a chat', () => {
  describe('is accessible', () => {
    const states: Readonly<Record<string, FakeRoomOptions>> = {
      'with an announcement': { moderation: { pins: [{ text: 'We start in five minutes. https://example.com' }] } },
      'with several pins, for a moderator': {
        role: 'host',
        moderation: { pins: [{ message: 2 }, { text: 'Welcome', expiresInMs: MINUTE_MS }] },
      },
      'in slow mode': { moderation: { slowModeMs: 30_000, wroteMsAgo: 1_000 } },
      'timed out': { moderation: { timedOutForMs: 5 * MINUTE_MS, timeOutReason: 'Shouting' } },
    };
    for (const [name, options] of Object.entries(states)) {
      for (const colorScheme of ['light', 'dark'] as const) {
        it(`${name}, ${colorScheme}`, async () => {
          await useColorScheme(colorScheme);
          const chat = await showChat(createRoom({ messages: 5, ...options }));
          await until(() => chat.findAll('[part~=pins], [part~=write-limit]').length > 0, 'the order');
          await atRest(chat.element);
          await expect(chat.element).to.be.accessible();
        });
      }
    }
  });

  it('invites nobody to say hello where the chat is closed', async () => {
    const chat = await showChat(createRoom({ messages: 0, moderation: { writers: ['host'] } }));
    await until(() => chat.findAll('[part~=write-limit]').length > 0, 'the order');
    await drawn(chat.element);
    expect(texts(chat, '.state .title')).to.deep.equal(['No messages yet']);
    expect(chat.findAll('.state button')).to.have.length(0);
  });

  it('is asked for once there is some, or a moderator looks for it', async () => {
    const used: string[] = [];
    const open = async (options: FakeRoomOptions) => {
      used.length = 0;
      const fake = createRoom({ messages: 2, ...options });
      const room: typeof fake = { ...fake, use: (feature) => void used.push(feature) };
      return { room, chat: await showChat(room) };
    };
    const { room, chat } = await open({});
    expect(used).to.deep.equal([]);
    room.store.chat.isModerated.value = true;
    await until(() => used.includes('moderation'), 'the feature');
    chat.element.remove();
    const { chat: host } = await open({ role: 'host' });
    expect(used).to.deep.equal([]);
    await openOptions(host);
    expect(used).to.include('moderation');
  });

  it('shows the newest pin, and steps to the others', async () => {
    const chat = await showChat(
      createRoom({ messages: 5, moderation: { pins: [{ message: 0 }, { text: 'Welcome' }] } }),
    );
    await until(() => chat.findAll('[part~=pins]').length === 1, 'the pins');
    expect(chat.part('pins').getAttribute('aria-label')).to.equal('Announcement, 2 of 2');
    expect(chat.text('.pin-text')).to.equal('Welcome');
    const [earlier, later] = chat.findAll<HTMLButtonElement>('[part~=pin-step-button]');
    expect(later!.disabled).to.equal(true);
    earlier!.click();
    await drawn(chat.element);
    expect(chat.part('pins').getAttribute('aria-label')).to.equal('Pinned message, 1 of 2');
    expect(chat.findAll('[part~=unpin-button]')).to.have.length(0);
  });

  it('leads from a pin to its message, also where that is not loaded', async () => {
    const chat = await showChat(
      createRoom({ messages: 3_000, loadedMessages: 50, moderation: { pins: [{ message: 40 }] } }),
    );
    await until(() => chat.findAll('[part~=pin-jump-button]').length === 1, 'the pin');
    chat.part('pin-jump-button').click();
    await until(() => chat.findAll('.message[data-index="40"]:focus').length === 1, 'the message has the focus');
  });

  it('lets a moderator pin a message and take it down', async () => {
    const room = createRoom({ role: 'host', messages: [{ author: 'Ada', text: 'The slides' }] });
    const chat = await showChat(room);
    await room.actions.pinChat({ messageId: room.store.chat.log.at(0)!.id });
    await until(() => chat.findAll('[part~=unpin-button]').length === 1, 'the pin');
    chat.part('unpin-button').click();
    await until(() => chat.findAll('[part~=pins]').length === 0, 'no pin');
    expect(room.calls.map(({ action }) => action)).to.deep.equal(['pinChat', 'unpinChat']);
  });

  it('shows a pin once the picture gets there', async () => {
    const room = createRoom({ role: 'audience', broadcast: {}, messages: 3 });
    const chat = await showChat(room);
    const { playback, features } = room.store;
    playback.programTime.value = 1_000;
    playback.showing.value = 'program';
    const pin = {
      id: 'pin',
      message: null,
      text: 'Look now',
      pinnedBy: { id: room.selfId, name: 'Hanna' },
      pinnedAt: 2_000,
      expiresAt: null,
    };
    features.loaded.value.moderation!.pins.value = [{ from: 2_000, value: [pin] }];
    await drawn(chat.element);
    expect(chat.findAll('[part~=pins]')).to.have.length(0);
    playback.programTime.value = 2_000;
    await until(() => chat.findAll('[part~=pins]').length === 1, 'the pin');
    chat.element.align = 'live';
    playback.programTime.value = 1_000;
    await drawn(chat.element);
    expect(chat.findAll('[part~=pins]')).to.have.length(1);
  });

  it('lets one write in slow mode, and send once the time has come', async () => {
    const room = createRoom({ messages: 3, moderation: { slowModeMs: MINUTE_MS, wroteMsAgo: 0 } });
    const chat = await showChat(room);
    await until(() => chat.findAll('[part~=write-limit]').length === 1, 'the limit');
    expect(chat.text('[part~=write-limit]')).to.contain('Slow mode: one message in 1 minute');
    chat.element.value = 'Almost';
    await drawn(chat.element);
    chat.find<HTMLTextAreaElement>('textarea').focus();
    await sendKeys({ press: 'Enter' });
    expect([chat.element.value, room.calls.length]).to.deep.equal(['Almost', 0]);
    // The server's clock is ahead: the minute is over there.
    room.store.connection.serverOffsetMs.value = MINUTE_MS;
    await until(() => chat.findAll('.countdown').length === 0, 'no countdown');
    await sendKeys({ press: 'Enter' });
    await until(() => room.calls.length === 1);
    expect(room.calls[0]).to.deep.equal({ action: 'sendChat', args: ['Almost'] });
  });

  it('says why and how long one cannot write, and keeps what was written', async () => {
    const room = createRoom({ messages: 3 });
    const chat = await showChat(room);
    chat.element.value = 'As I was saying';
    const order = room.store.features.loaded.value.moderation!;
    order.timeOutReason.value = 'Shouting';
    order.timedOutUntil.value = Date.now() + 10 * MINUTE_MS;
    await until(() => chat.findAll('[part~=write-limit]').length === 1, 'the limit');
    expect(chat.text('[part~=write-limit]')).to.match(/You cannot write for a while\.\s+Shouting\s+(10:00|9:59)/);
    expect(chat.find<HTMLTextAreaElement>('textarea').disabled).to.equal(true);
    order.timedOutUntil.value = null;
    await until(() => !chat.find<HTMLTextAreaElement>('textarea').disabled, 'one may write again');
    expect(chat.find<HTMLTextAreaElement>('textarea').value).to.equal('As I was saying');
  });

  it('[D10] says why the chat is closed, and opens it again with what was written', async () => {
    const room = createRoom({ role: 'viewer', messages: 3, moderation: { writers: ['guest'] } });
    const chat = await showChat(room);
    chat.element.value = 'As I was saying';
    await until(() => chat.findAll('[part~=write-limit]').length === 1, 'the limit');
    expect(chat.text('[part~=write-limit]')).to.contain('The chat is open only to: Guests');
    expect(chat.find<HTMLTextAreaElement>('textarea').disabled).to.equal(true);
    await expect(chat.element).to.be.accessible();
    const order = room.store.features.loaded.value.moderation!;
    order.writers.value = [];
    await until(() => chat.text('[part~=write-limit]').includes('The chat is closed for now.'), 'closed for all');
    order.writers.value = null;
    await until(() => !chat.find<HTMLTextAreaElement>('textarea').disabled, 'one may write again');
    expect(chat.find<HTMLTextAreaElement>('textarea').value).to.equal('As I was saying');
  });

  it('lets a moderator slow the chat down and announce, from its own menu', async () => {
    const room = createRoom({ role: 'host', messages: 3 });
    const chat = await showChat(room);
    await openOptions(chat);
    await atRest(chat.element);
    await expect(chat.element).to.be.accessible();
    choose(chat, 'One message in 30 seconds');
    await until(() => chat.findAll('[part~=write-limit]').length === 1, 'slow mode');
    await openOptions(chat);
    choose(chat, 'Announcement for five minutes');
    await until(() => chat.findAll('[part~=target-banner]').length === 1, 'the banner');
    expect(texts(chat, '[part~=target-banner]')).to.deep.equal(['An announcement, for 5 minutes']);
    chat.element.value = 'Back at eight';
    await drawn(chat.element);
    chat.part('send-button').click();
    await until(() => chat.findAll('[part~=announcement]').length === 1, 'the announcement');
    expect(room.calls).to.deep.equal([
      { action: 'setSlowMode', args: [{ intervalMs: 30_000 }] },
      { action: 'announce', args: [{ text: 'Back at eight', expiresInMs: 300_000 }] },
    ]);
    expect([chat.element.value, chat.findAll('[part~=target-banner]').length]).to.deep.equal(['', 0]);
  });

  it('offers none of that to others', async () => {
    const chat = await showChat(createRoom({ messages: 3 }));
    await openOptions(chat);
    expect(texts(chat, '[role=menu]:popover-open .menu-label')).to.deep.equal(['Write to']);
  });
});
