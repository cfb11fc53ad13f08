import type { ChatLedger } from '../chat-ledger.ts';
import type { WritableStore } from '../../store/store.ts';
import type { EventHandlers, SignalHandlers } from './handlers.ts';

/** What tells that there is moderation to ask for, as long as nobody has ([D1]). */
type Hint =
  | keyof Pick<EventHandlers, 'pinsChanged' | 'chatRulesChanged' | 'roomLocked' | 'chatSampled'>
  | keyof Pick<SignalHandlers, 'chatModerated' | 'timedOut' | 'directChatSent'>;

export function createModerationHints({ chat }: WritableStore): Record<Hint, () => void> {
  const note = (): void => {
    chat.isModerated.value = true;
  };
  return {
    pinsChanged: note,
    chatRulesChanged: note,
    roomLocked: note,
    chatModerated: note,
    timedOut: note,
    directChatSent: note,
    chatSampled: note,
  };
}

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
