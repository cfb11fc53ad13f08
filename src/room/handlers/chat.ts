import type { ChatLedger } from '../chat-ledger.ts';
import type { EventHandlers } from './handlers.ts';

export function createChatEvents(ledger: ChatLedger): Pick<EventHandlers, 'chatSent' | 'chatDeleted'> {
  return {
    chatSent({ message }) {
      ledger.receive(message);
    },

    chatDeleted({ messageId, index }) {
      ledger.remove(messageId, index);
    },
  };
}
