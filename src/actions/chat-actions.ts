import { ProtocolError } from '../protocol/errors.ts';
import { LIMITS } from '../protocol/limits.ts';
import type { MessageId } from '../protocol/identifiers.ts';
import type { ActionParts } from './action-parts.ts';
import type { RoomActions } from './room-actions.ts';

type ChatActions = Pick<RoomActions, 'sendChat' | 'retryChat' | 'discardChat' | 'loadChat' | 'deleteChat'>;

/** Messages a page of history. */
const PAGE_SIZE = LIMITS.pageSize / 2;

export function createChatActions({ request, ledger, store, createKey, clock }: ActionParts): ChatActions {
  const { log, loading } = store.chat;
  /** Pages on their way, by the index that they end before. */
  const pages = new Map<number, Promise<void>>();

  const deliver = async (key: string, text: string, replyTo?: MessageId): Promise<void> => {
    ledger.send(key, text, clock.epoch(), replyTo);
    try {
      const { message } = await request('sendChat', { text, replyTo }, { key, patient: true });
      ledger.confirm(key, message);
    } catch (error) {
      if (error instanceof ProtocolError) ledger.fail(key, error.toWire());
      throw error;
    }
  };

  const loadPage = async (before: number): Promise<void> => {
    loading.value = true;
    try {
      const { messages } = await request('loadChat', { before, limit: Math.min(PAGE_SIZE, before) });
      ledger.fill(messages);
    } finally {
      pages.delete(before);
      loading.value = pages.size > 0;
    }
  };

  return {
    sendChat: (text, replyTo) => deliver(createKey(), text, replyTo),

    async retryChat(key) {
      const failed = ledger.failed(key);
      if (failed) await deliver(key, failed.text, failed.replyTo);
    },

    discardChat(key) {
      ledger.discard(key);
    },

    loadChat(before) {
      // The page ends at its newest hole: what is loaded is not asked for again.
      const first = Math.max(0, before - PAGE_SIZE);
      let end = Math.min(before, log.total);
      while (end > first && log.at(end - 1) !== undefined) end--;
      if (end <= first) return Promise.resolve();
      for (const [other, page] of pages) if (other >= end && other - PAGE_SIZE < end) return page;
      const page = loadPage(end);
      pages.set(end, page);
      return page;
    },

    async deleteChat(messageId) {
      await request('deleteChat', { messageId });
    },
  };
}
