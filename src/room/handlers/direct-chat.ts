import { ProtocolError } from '../../protocol/errors.ts';
import { LIMITS } from '../../protocol/limits.ts';
import type { DirectMessage, ReplyData, RequestData } from '../../protocol/index.ts';
import { createDirectChatSlice, type PendingDirectMessage } from '../../store/direct-chat.ts';
import type { Feature, FeatureParts } from '../features.ts';
import { createKey } from '../rpc.ts';

/** Most that are kept of what was said before. */
const KEPT = 5 * LIMITS.pageSize;

export function createDirectChat({ request }: Pick<FeatureParts, 'request'>): Feature<'directChat'> {
  const slice = createDirectChatSlice();
  const { messages, pending } = slice;
  /** Which restoring is under way: an older one that ends later is not heard. */
  let restoring = 0;

  const add = (message: DirectMessage): void => {
    if (messages.value.some(({ id }) => id === message.id)) return;
    messages.value = [...messages.value, message].slice(-2 * KEPT);
  };

  /** All that one may read now: another role has others. */
  const restore = async (): Promise<void> => {
    const attempt = ++restoring;
    const known = new Set(messages.value.map(({ id }) => id));
    let read: DirectMessage[] = [];
    for (let isMore = true; isMore && read.length < KEPT;) {
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
    messages.value = [...read, ...since];
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
