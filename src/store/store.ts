import type { ReadonlySignal, Signal } from '@preact/signals-core';
import { createChatSlice } from './chat.ts';
import type { ChatLog, ReadonlyChatLog } from './chat-log.ts';
import { createConnectionSlice } from './connection.ts';
import { createLocalMediaSlice } from './local-media.ts';
import { createNoticesSlice } from './notices.ts';
import { createParticipantsSlice } from './participants.ts';
import { createPlaybackSlice } from './playback.ts';
import { createStageSlice } from './stage.ts';

/** All that is known of one room, as signals by domain. Only `room` and `media` observers write it. */
export function createStore() {
  return {
    connection: createConnectionSlice(),
    participants: createParticipantsSlice(),
    stage: createStageSlice(),
    chat: createChatSlice(),
    localMedia: createLocalMediaSlice(),
    playback: createPlaybackSlice(),
    notices: createNoticesSlice(),
  };
}
export type WritableStore = ReturnType<typeof createStore>;

type ReadonlyEntry<T> = T extends Signal<infer V> ? ReadonlySignal<V> : T extends ChatLog<infer M> ? ReadonlyChatLog<M> : T;

/** The same for those who only look. */
export type Store = {
  readonly [S in keyof WritableStore]: { readonly [K in keyof WritableStore[S]]: ReadonlyEntry<WritableStore[S][K]> };
};
