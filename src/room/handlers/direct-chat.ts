import { ProtocolError } from '../../protocol/errors.ts';
import { LIMITS } from '../../protocol/limits.ts';
import type { DirectMessage, ReplyData, RequestData } from '../../protocol/index.ts';
import { batch } from '@preact/signals-core';
import { createDirectChatSlice, type PendingDirectMessage } from '../../store/direct-chat.ts';
import type { Feature, FeatureParts } from '../features.ts';
import { createKey } from '../rpc.ts';

/** So many are loaded unasked. */
const LOADED_AT_FIRST = 5 * LIMITS.pageSize;
/** Most that are read again after a break, of those that were loaded. */
const MOST_READ_AGAIN = 2 * LOADED_AT_FIRST;

export function createDirectChat({ request }: Pick<FeatureParts, 'request'>): Feature<'directChat'> {
  const slice = createDirectChatSlice();
  const { messages, hasEarlier, pending } = slice;
  /** Which restoring is under way: an older one that ends later is not heard. */
  let restoring = 0;
  let earlier: Promise<void> | undefined;

  const add = (message: DirectMessage): void => {
    if (messages.value.some(({ id }) => id === message.id)) return;
    messages.value = [...messages.value, message];
  };

  /** All that one may read now: another role has others. */
  const restore = async (): Promise<void> => {
    const attempt = ++restoring;
    const known = new Set(messages.value.map(({ id }) => id));
    const wanted = Math.min(MOST_READ_AGAIN, Math.max(LOADED_AT_FIRST, known.size));
    let read: DirectMessage[] = [];
    let isMore = true;
    while (isMore && read.length < wanted) {
      const before = read[0]?.id;
      // oxlint-disable-next-line no-await-in-loop -- each page says where the next one ends
      const page = await request('loadDirectChat', { before, limit: LIMITS.pageSize });
      read = [...page.messages, ...read];
      isMore = page.messages.length === LIMITS.pageSize;
    }
    if (attempt !== restoring) return;
    const isRead = new Set(read.map(({ id }) => id));
    // What was told meanwhile is later than all of them.
    const since = messages.value.filter(({ id }) => !known.has(id) && !isRead.has(id));
    batch(() => {
      messages.value = [...read, ...since];
      hasEarlier.value = isMore;
    });
  };

  const loadEarlier = async (): Promise<void> => {
    const attempt = restoring;
    const page = await request('loadDirectChat', { before: messages.value[0]?.id, limit: LIMITS.pageSize });
    if (attempt !== restoring) return;
    batch(() => {
      messages.value = [...page.messages, ...messages.value];
      hasEarlier.value = page.messages.length === LIMITS.pageSize;
    });
  };

  const put = (key: string, change: PendingDirectMessage | undefined): void => {
    const others = pending.value.filter((each) => each.key !== key);
    pending.value = change === undefined ? others : [...others, change];
  };

  const deliver = async (message: PendingDirectMessage): Promise<ReplyData<'sendDirectChat'>> => {
    const { key, to, text } = message;
    put(key, { ...message, state: 'sending', error: null });
    try {
      const reply = await request('sendDirectChat', { text, to }, { key, patient: true });
      put(key, undefined);
      add(reply.message);
      return reply;
    } catch (error) {
      put(key, error instanceof ProtocolError ? { ...message, state: 'failed', error: error.toWire() } : undefined);
      throw error;
    }
  };

  return {
    slice,
    restore,
    signals: {
      directChatSent: ({ message }) => add(message),
      directChatDeleted({ messageId }) {
        messages.value = messages.value.map((each) => (each.id === messageId ? { ...each, text: '' } : each));
      },
      // Told on every return and after each change of role: signals in between were missed.
      permissionsChanged() {
        restore().catch(() => undefined);
      },
    },
    verbs: {
      async loadEarlierDirectChat(): Promise<void> {
        if (!hasEarlier.value) return;
        earlier ??= loadEarlier().finally(() => (earlier = undefined));
        await earlier;
      },
      sendDirectChat: ({ text, to }: RequestData<'sendDirectChat'>) =>
        deliver({ key: createKey(), to, text, state: 'sending', error: null }),
      async retryDirectChat(key: string): Promise<void> {
        const message = pending.value.find((each) => each.key === key);
        if (message?.state === 'failed') await deliver(message);
      },
      discardDirectChat: (key: string): void => put(key, undefined),
    },
  };
}
