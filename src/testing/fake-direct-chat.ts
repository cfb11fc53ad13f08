import { ProtocolError, type DirectMessage, type DirectTarget, type MessageId } from '../protocol/index.ts';
import { createDirectChatSlice, type PendingDirectMessage } from '../store/direct-chat.ts';
import type { FakeFeature, FakeRequest } from './fake-features.ts';
import type { FakeRoomModel } from './fake-room-model.ts';
import { asRole } from './fake-room-options.ts';

/** A message of a fake room for some alone. */
export interface FakeDirectMessage {
  /** Name of who wrote it; without it oneself. */
  readonly author?: string;
  readonly role?: string;
  /** The role that it is for; without it, and without `to`, oneself. */
  readonly toRole?: string;
  /** Name of whom it is for. */
  readonly to?: string;
  readonly text: string;
  /** How many messages of the chat it stands behind; all unless told. */
  readonly after?: number;
}

export function createFakeDirectChat(
  model: FakeRoomModel,
  given: readonly FakeDirectMessage[] = [],
  loaded = Number.POSITIVE_INFINITY,
): FakeFeature<'directChat'> {
  const slice = createDirectChatSlice();
  const add = (message: Omit<DirectMessage, 'id' | 'sentAt' | 'after'>, after: number): DirectMessage => {
    const sentAt = model.messages[after - 1]?.sentAt ?? model.nextTime();
    const sent: DirectMessage = { ...message, id: model.nextId('d') as MessageId, after, sentAt };
    slice.messages.value = [...slice.messages.value, sent];
    return sent;
  };
  const personCalled = (name: string | undefined) => {
    const person = model.messageOf({ author: name, text: '' }).author;
    return { id: person.id, name: person.name };
  };
  for (const { author, role = 'viewer', toRole, to, text, after = model.messages.length } of given) {
    const from = model.messageOf({ author, role, text }).author;
    const target: DirectMessage['to'] =
      toRole === undefined
        ? { kind: 'participant', participant: personCalled(to) }
        : { kind: 'role', role: asRole(toRole) };
    add({ author: from, to: target, text }, after);
  }

  const earlier = slice.messages.value.slice(0, Math.max(0, given.length - loaded));
  slice.messages.value = slice.messages.value.slice(earlier.length);
  slice.hasEarlier.value = earlier.length > 0;

  const put = (key: string, change: PendingDirectMessage | undefined): void => {
    const others = slice.pending.value.filter((each) => each.key !== key);
    slice.pending.value = change === undefined ? others : [...others, change];
  };
  const targetOf = (to: DirectTarget): DirectMessage['to'] => {
    if (to.kind === 'role') return to;
    const name = model.people.get(to.participantId)?.name ?? to.participantId;
    return { kind: 'participant', participant: { id: to.participantId, name } };
  };
  let nextKey = 1;

  return {
    slice,
    answers: {
      deleteDirectChat({ messageId }) {
        slice.messages.value = slice.messages.value.map((each) =>
          each.id === messageId ? { ...each, text: '' } : each,
        );
        return {};
      },
    },
    verbs(request: FakeRequest) {
      const deliver = async (message: PendingDirectMessage) => {
        const { key, text, to } = message;
        put(key, { ...message, state: 'sending', error: null });
        try {
          return await request('sendDirectChat', () => {
            put(key, undefined);
            const { author } = model.messageOf({ text });
            return { message: add({ author, text, to: targetOf(to) }, model.messages.length) };
          });
        } catch (error) {
          put(key, error instanceof ProtocolError ? { ...message, state: 'failed', error: error.toWire() } : undefined);
          throw error;
        }
      };
      return {
        sendDirectChat: ({ text, to }: { text: string; to: DirectTarget }) =>
          deliver({ key: `direct-${nextKey++}`, to, text, state: 'sending', error: null }),
        async retryDirectChat(key: string) {
          const message = slice.pending.value.find((each) => each.key === key);
          if (message?.state === 'failed') await deliver(message);
        },
        discardDirectChat: (key: string) => put(key, undefined),
        loadEarlierDirectChat: () =>
          request('loadDirectChat', () => {
            slice.messages.value = [...earlier.splice(-100), ...slice.messages.value];
            slice.hasEarlier.value = earlier.length > 0;
          }),
      };
    },
  };
}
