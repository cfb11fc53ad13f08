import { batch } from '@preact/signals-core';
import type { ChatPin, HeldMessage, MessageId, ReplyData, RequestData } from '../../protocol/index.ts';
import { withMoment, type History } from '../../store/history.ts';
import { createModerationSlice, type HeldOwnMessage } from '../../store/moderation.ts';
import type { Feature, FeatureParts } from '../features.ts';

export function createModeration({ store, request }: FeatureParts): Feature<'moderation'> {
  const slice = createModerationSlice();
  /** Counts what was told, so that an answer which it overtook is asked for again. */
  let told = 0;

  /** A refused message stays until its author has seen it: its words are known by then where it was written alone. */
  const restoreHeld = ({ held, refused }: ReplyData<'getModeration'>): void => {
    const known = new Map(slice.held.value.map((message) => [message.id, message]));
    const asked = refused.map((id) => asRefused(known.get(id) ?? { id, text: '', sentAt: 0, isRefused: true }));
    slice.held.value = [...asked.reverse(), ...held.map(asWaiting)].sort((one, other) => one.sentAt - other.sentAt);
  };
  /** The answer has those that came before this was loaded, or while the link was broken. */
  const addSampled = (ranges: ReplyData<'getModeration'>['sampled']): void => {
    const known = new Set(slice.sampled.value.map(({ from }) => from));
    const missed = ranges.filter(({ from }) => !known.has(from));
    if (missed.length > 0)
      slice.sampled.value = [...slice.sampled.value, ...missed].sort((one, other) => one.from - other.from);
  };
  const drop = (messageId: MessageId): void => {
    if (slice.held.value.some(({ id }) => id === messageId))
      slice.held.value = slice.held.value.filter(({ id }) => id !== messageId);
  };

  const restore = async (): Promise<void> => {
    let before: number;
    do {
      before = told;
      // oxlint-disable-next-line no-await-in-loop -- each answer shows whether the next is needed
      const whole = await request('getModeration', {});
      batch(() => {
        slice.pins.value = sincePinned(whole.pins);
        slice.slowModeMs.value = whole.slowModeMs;
        slice.writers.value = whole.writers;
        slice.wroteAt.value = whole.wroteAt;
        slice.timedOutUntil.value = whole.timedOutUntil;
        slice.timeOutReason.value = whole.timeOutReason;
        slice.locked.value = whole.locked;
        slice.hasDirectChat.value = whole.hasDirectChat;
        restoreHeld(whole);
        addSampled(whole.sampled);
        slice.isReady.value = true;
      });
    } while (told !== before);
  };

  return {
    slice,
    restore,
    events: {
      pinsChanged({ pins, at }) {
        told += 1;
        slice.pins.value = withMoment(slice.pins.value, at, pins);
      },
      chatRulesChanged({ slowModeMs, writers }) {
        told += 1;
        batch(() => {
          slice.slowModeMs.value = slowModeMs;
          slice.writers.value = writers;
        });
      },
      roomLocked({ locked }) {
        told += 1;
        slice.locked.value = locked;
      },
      chatSampled: (range) => addSampled([range]),
      chatSent({ message }) {
        drop(message.id);
        if (slice.slowModeMs.value > 0 && message.author.id === store.participants.selfId.value)
          slice.wroteAt.value = message.sentAt;
      },
    },
    signals: {
      timedOut({ until, reason }) {
        told += 1;
        batch(() => {
          slice.timedOutUntil.value = until;
          slice.timeOutReason.value = reason;
        });
      },
      chatHeld({ message }) {
        if (message.author.id !== store.participants.selfId.value) return;
        told += 1;
        drop(message.id);
        slice.held.value = [...slice.held.value, asWaiting(message)];
      },
      heldChatReviewed({ messageId, outcome }) {
        told += 1;
        if (outcome === 'approved') drop(messageId);
        else slice.held.value = slice.held.value.map((each) => (each.id === messageId ? asRefused(each) : each));
      },
      chatUnsampled: ({ messages }) => store.chat.log.put(messages),
      directChatSent({ message }) {
        slice.hasDirectChat.value = true;
        if (slice.slowModeMs.value > 0 && message.author.id === store.participants.selfId.value)
          slice.wroteAt.value = message.sentAt;
      },
      // Told on every return and after each change of what one may know: signals in between were missed.
      permissionsChanged() {
        restore().catch(() => undefined);
      },
    },
    verbs: {
      dismissRefusedChat({ messageId }: RequestData<'dismissRefusedChat'>) {
        drop(messageId);
        return request('dismissRefusedChat', { messageId });
      },
    },
  };
}

const asWaiting = ({ id, text, sentAt }: HeldMessage): HeldOwnMessage => ({ id, text, sentAt, isRefused: false });
const asRefused = (message: HeldOwnMessage): HeldOwnMessage => ({ ...message, isRefused: true });

/** What stands there now, each from its pinning: the picture may be behind. */
function sincePinned(pins: readonly ChatPin[]): History<readonly ChatPin[]> {
  const inOrder = [...pins].sort((one, other) => one.pinnedAt - other.pinnedAt);
  return inOrder.map(({ pinnedAt }, index) => ({ from: pinnedAt, value: inOrder.slice(0, index + 1) }));
}
