import { defineElement } from '../../../src/elements/define-element.ts';
import { IlsChat } from '../../../src/elements/chat/chat.ts';
import type { FakeRoom } from '../../../src/testing/index.ts';
import { drawn, showElement, until, type Shown } from '../show-element.ts';

defineElement('ils-chat', IlsChat);

/** A chat with all that its room's state asks for. */
export async function showChat(room: FakeRoom): Promise<Shown<IlsChat>> {
  const chat = await showElement('ils-chat', room);
  if (room.store.connection.state.value !== 'idle') {
    await until(() => chat.findAll('[role=log]').length === 1, 'the chat loads');
  }
  await drawn(chat.element);
  return chat;
}
