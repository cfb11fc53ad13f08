import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { IlsChat } from '../../../src/elements/chat/chat.ts';
import { LIMITS } from '../../../src/protocol/index.ts';
import type { FakeRoomOptions } from '../../../src/testing/index.ts';
import { atRest, createRoom, drawn, until, type Shown } from '../show-element.ts';
import { showChat } from './show-chat.ts';

const show = (options: FakeRoomOptions = {}) => showChat(createRoom(options));

const messages = (chat: Shown<IlsChat>) => chat.findAll('.message[data-index]');

async function write(chat: Shown<IlsChat>, text: string): Promise<void> {
  const field = chat.find<HTMLTextAreaElement>('textarea');
  field.focus();
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await chat.element.updateComplete;
}

describe('ils-chat', () => {
  describe('the composer', () => {
    it('sends by Enter and clears the field', async () => {
      const room = createRoom();
      const chat = await showChat(room);
      await write(chat, '  hello  ');
      await sendKeys({ press: 'Enter' });
      await until(() => messages(chat).length === 1);
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
      const chat = await showChat(room);
      room.pause();
      await write(chat, 'on its way');
      await sendKeys({ press: 'Enter' });
      await until(() => chat.findAll('[part~=pending-message]').length === 1);
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
      const chat = await showChat(room);
      await write(chat, 'once more');
      await sendKeys({ press: 'Enter' });
      await until(() => chat.findAll('[part~=failure]').length === 1);
      expect(chat.text('[part~=failure]')).to.contain('Too fast');
      chat.part('retry-button').click();
      await until(() => messages(chat).length === 1);
      expect(chat.findAll('[part~=pending-message]')).to.have.length(0);
    });

    it('gives a failed message up', async () => {
      const room = createRoom();
      room.failNext('sendChat', 'unavailable');
      const chat = await showChat(room);
      await write(chat, 'never mind');
      await sendKeys({ press: 'Enter' });
      await until(() => chat.findAll('[part~=failure]').length === 1);
      chat.part('discard-button').click();
      await until(() => chat.findAll('[part~=pending-message]').length === 0);
      expect(messages(chat)).to.have.length(0);
    });

    it('keeps the draft through a break and where the page sends by itself', async () => {
      const room = createRoom();
      const chat = await showChat(room);
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
      await until(() => chat.findAll('[part~=emoji-picker]:popover-open').length === 1);
      await atRest(chat.element);
      await expect(chat.element).to.be.accessible();
      await sendKeys({ type: 'party' });
      await until(() => chat.findAll('.emoji').length < 10);
      await sendKeys({ press: 'ArrowDown' });
      await sendKeys({ press: 'Enter' });
      await until(() => chat.findAll('[part~=emoji-picker]:popover-open').length === 0);
      expect(chat.element.value).to.equal('well🥳 done');
      expect(chat.find('textarea').matches(':focus')).to.equal(true);
    });
  });
});
