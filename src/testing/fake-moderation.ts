import type { ChatPin, MessageId, RoleName } from '../protocol/index.ts';
import { createModerationSlice } from '../store/moderation.ts';
import type { FakeFeature } from './fake-features.ts';
import type { FakeRoomModel } from './fake-room-model.ts';

/** What stands over the chat of a fake room: a message, by its index, or an announcement. */
export interface FakePin {
  readonly message?: number;
  readonly text?: string;
  /** Milliseconds from now; without it until it is taken down. */
  readonly expiresInMs?: number;
}

export interface FakeModerationOptions {
  readonly pins?: readonly FakePin[];
  readonly slowModeMs?: number;
  /** Roles that may write besides those who moderate; all unless told. */
  readonly writers?: readonly string[];
  /** How long ago oneself wrote in slow mode. Milliseconds. */
  readonly wroteMsAgo?: number;
  /** How long oneself may not write. Milliseconds from now. */
  readonly timedOutForMs?: number;
  readonly timeOutReason?: string;
  readonly locked?: boolean;
  /** Messages of one's own that wait for a moderator, or were refused. */
  readonly held?: readonly { readonly text: string; readonly isRefused?: boolean }[];
}

export function createFakeModeration(
  model: FakeRoomModel,
  options: FakeModerationOptions = {},
): FakeFeature<'moderation'> {
  const { pins = [], wroteMsAgo, timedOutForMs, ...rest } = options;
  const slice = createModerationSlice();
  const { isModerated } = model.store.chat;
  isModerated.value = Object.keys(options).length > 0;
  slice.isReady.value = true;
  const now = Date.now();
  const self = () => ({ id: model.selfId, name: model.personOf(model.selfId).name });
  const show = (next: readonly ChatPin[]): void => {
    isModerated.value = true;
    slice.pins.value = [{ from: 0, value: next }];
  };
  const shown = () => slice.pins.value.at(-1)?.value ?? [];
  const add = (pin: Pick<ChatPin, 'message' | 'text'>, expiresInMs: number | undefined): ChatPin => {
    const added: ChatPin = {
      id: model.nextId('pin'),
      ...pin,
      pinnedBy: self(),
      pinnedAt: model.nextTime(),
      expiresAt: expiresInMs === undefined ? null : Date.now() + expiresInMs,
    };
    show([...shown(), added].slice(-5));
    return added;
  };
  const pinMessage = (id: MessageId, expiresInMs: number | undefined): ChatPin => {
    const message = model.messages.find((each) => each.id === id);
    const { index = 0, author = { ...self(), role: model.personOf(model.selfId).role }, text = '' } = message ?? {};
    return add({ message: { id, index, author }, text }, expiresInMs);
  };

  for (const { message, text = '', expiresInMs } of pins) {
    if (message === undefined) add({ message: null, text }, expiresInMs);
    else pinMessage(`m${message}` as MessageId, expiresInMs);
  }
  slice.slowModeMs.value = rest.slowModeMs ?? 0;
  slice.writers.value = (rest.writers as readonly RoleName[] | undefined) ?? null;
  slice.wroteAt.value = wroteMsAgo === undefined ? null : now - wroteMsAgo;
  slice.timedOutUntil.value = timedOutForMs === undefined ? null : now + timedOutForMs;
  slice.timeOutReason.value = rest.timeOutReason ?? '';
  slice.locked.value = rest.locked ?? false;

  slice.held.value = (rest.held ?? []).map(({ text, isRefused = false }) => ({
    id: model.nextId('h') as MessageId,
    text,
    sentAt: now,
    isRefused,
  }));

  return {
    slice,
    answers: {
      dismissRefusedChat({ messageId }) {
        slice.held.value = slice.held.value.filter(({ id }) => id !== messageId);
        return {};
      },
      pinChat: ({ messageId, expiresInMs }) => ({ pin: pinMessage(messageId, expiresInMs) }),
      announce: ({ text, expiresInMs }) => ({ pin: add({ message: null, text }, expiresInMs) }),
      unpinChat({ pinId }) {
        show(shown().filter(({ id }) => id !== pinId));
        return {};
      },
      setSlowMode({ intervalMs }) {
        isModerated.value = true;
        slice.slowModeMs.value = intervalMs;
        return {};
      },
      setChatWriters({ roles }) {
        isModerated.value = true;
        slice.writers.value = roles;
        return {};
      },
      timeOutParticipant: () => ({}),
      banParticipant({ participantId }) {
        model.leave(participantId, 'removed');
        return {};
      },
      lockRoom({ locked }) {
        isModerated.value = true;
        slice.locked.value = locked;
        return {};
      },
    },
  };
}
