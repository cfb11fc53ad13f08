import { defineElement } from '../../../src/elements/define-element.ts';
// Loaded before the first test: on a crowded machine that takes longer than a test may.
import '../../../src/controllers/menu.ts';
import '../../../src/elements/chat/announcements.ts';
import '../../../src/elements/chat/chat-extras.ts';
import '../../../src/elements/chat/chat-order.ts';
import { IlsChat } from '../../../src/elements/chat/chat.ts';
import '../../../src/elements/chat/direct-part.ts';
import '../../../src/elements/chat/live-part.ts';
import '../../../src/elements/chat/mentions.ts';
import '../../../src/elements/chat/message-menu.ts';
import '../../../src/elements/chat/message-tools.ts';
import '../../../src/elements/chat/options-menu.ts';
import '../../../src/elements/chat/pending-row.ts';
import '../../../src/elements/chat/replies.ts';
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
