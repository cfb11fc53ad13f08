import { batch } from '@preact/signals-core';
import type { ChatPin } from '../../protocol/index.ts';
import { withMoment, type History } from '../../store/history.ts';
import { createModerationSlice } from '../../store/moderation.ts';
import type { Feature, FeatureParts } from '../features.ts';

export function createModeration({ store, request }: FeatureParts): Feature<'moderation'> {
  const slice = createModerationSlice();
  /** Counts what was told, so that an answer which it overtook is asked for again. */
  let told = 0;

  const restore = async (): Promise<void> => {
    let before: number;
    do {
      before = told;
      // oxlint-disable-next-line no-await-in-loop -- each answer shows whether the next is needed
      const whole = await request('getModeration', {});
      batch(() => {
        slice.pins.value = sincePinned(whole.pins);
        slice.slowModeMs.value = whole.slowModeMs;
        slice.wroteAt.value = whole.wroteAt;
        slice.timedOutUntil.value = whole.timedOutUntil;
        slice.timeOutReason.value = whole.timeOutReason;
        slice.locked.value = whole.locked;
        slice.hasDirectChat.value = whole.hasDirectChat;
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
      slowModeChanged({ intervalMs }) {
        told += 1;
        slice.slowModeMs.value = intervalMs;
      },
      roomLocked({ locked }) {
        told += 1;
        slice.locked.value = locked;
      },
      chatSent({ message }) {
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
  };
}

/** What stands there now, each from its pinning: the picture may be behind. */
function sincePinned(pins: readonly ChatPin[]): History<readonly ChatPin[]> {
  const inOrder = [...pins].sort((one, other) => one.pinnedAt - other.pinnedAt);
  return inOrder.map(({ pinnedAt }, index) => ({ from: pinnedAt, value: inOrder.slice(0, index + 1) }));
}
