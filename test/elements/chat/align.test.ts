import { expect, html } from '@open-wc/testing';
import { defineElement } from '../../../src/elements/define-element.ts';
import { IlsChat } from '../../../src/elements/chat/chat.ts';
import { roomFixture, settled, until } from '../room-fixture.ts';

defineElement('ils-chat', IlsChat);

const textsOf = (chat: IlsChat) =>
  [...chat.shadowRoot!.querySelectorAll('[part~="message-text"]')].map((text) => text.textContent?.trim());

/** A chat of somebody who sees the broadcast, whose picture is at `programTime`. */
async function chatOfBroadcast(align?: 'playhead' | 'live') {
  const made = await roomFixture<IlsChat>({ role: 'audience', broadcast: {} }, html`<ils-chat></ils-chat>`);
  const { room, element } = made;
  if (align !== undefined) element.align = align;
  element.style.blockSize = '400px';
  await until(() => element.shadowRoot!.querySelector('.scroller') !== null, 'the messages');
  const { playback } = room.store;
  const early = room.say('Ada', 'early');
  playback.programTime.value = early.sentAt;
  playback.showing.value = 'program';
  const showsTexts = (...texts: string[]) =>
    until(() => JSON.stringify(textsOf(element)) === JSON.stringify(texts), texts.join(', '));
  await showsTexts('early');
  return { ...made, playback, showsTexts };
}

describe('<ils-chat> beside a broadcast', () => {
  it('holds a message until the picture gets there', async () => {
    const { room, playback, element, showsTexts } = await chatOfBroadcast();
    const late = room.say('Grace', 'late');
    await settled(element);
    expect(textsOf(element)).to.deep.equal(['early']);
    playback.programTime.value = late.sentAt - 1;
    await settled(element);
    expect(textsOf(element)).to.deep.equal(['early']);
    playback.programTime.value = late.sentAt;
    await showsTexts('early', 'late');
  });

  it('shows all of it where it should be live', async () => {
    const { room, element, showsTexts } = await chatOfBroadcast('live');
    room.say('Grace', 'late');
    await showsTexts('early', 'late');
    element.align = 'playhead';
    await showsTexts('early');
  });

  it('shows all of it once the stage is in sight', async () => {
    const { room, playback, showsTexts } = await chatOfBroadcast();
    room.say('Grace', 'late');
    playback.showing.value = 'stage';
    await showsTexts('early', 'late');
  });

  it("shows one's own at once, with all before it", async () => {
    const { room, showsTexts } = await chatOfBroadcast();
    room.say('Grace', 'late');
    await room.actions.sendChat('mine');
    room.say('Ada', 'later');
    await showsTexts('early', 'late', 'mine');
  });

  it('takes back what the picture has not got to when it goes back', async () => {
    const { room, playback, showsTexts } = await chatOfBroadcast();
    const late = room.say('Grace', 'late');
    playback.programTime.value = late.sentAt;
    await showsTexts('early', 'late');
    playback.programTime.value = late.sentAt - 500;
    await showsTexts('early');
  });
});
