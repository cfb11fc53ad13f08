import type { ReadonlySignal, Signal } from '@preact/signals-core';
import { createBroadcastSlice } from './broadcast.ts';
import { createChatSlice } from './chat.ts';
import type { ChatLog, ReadonlyChatLog } from './chat-log.ts';
import { createConnectionSlice } from './connection.ts';
import { createLocalMediaSlice } from './local-media.ts';
import { createNoticesSlice } from './notices.ts';
import { createParticipantsSlice } from './participants.ts';
import { createPlaybackSlice } from './playback.ts';
import { createReactionsSlice } from './reactions.ts';
import { createStageSlice } from './stage.ts';

/** Parts of the store that stay empty until they are used: few pages show them. */
export type FeatureName = 'reactions';

export interface StoreOptions {
  /** Measures the own microphone until the returned function is called. */
  readonly measureLevel?: () => () => void;
}

/**
 * All that is known of one room, as signals by domain. Handlers and observers in `room` write it;
 * actions write what concerns this page alone: pin, volume, a page of chat on its way.
 */
export function createStore({ measureLevel = () => () => {} }: StoreOptions = {}) {
  return {
    connection: createConnectionSlice(),
    participants: createParticipantsSlice(),
    stage: createStageSlice(),
    chat: createChatSlice(),
    broadcast: createBroadcastSlice(),
    reactions: createReactionsSlice(),
    localMedia: createLocalMediaSlice(measureLevel),
    playback: createPlaybackSlice(),
    notices: createNoticesSlice(),
  };
}
export type WritableStore = ReturnType<typeof createStore>;

type ReadonlyEntry<T> =
  T extends Signal<infer V> ? ReadonlySignal<V> : T extends ChatLog<infer M> ? ReadonlyChatLog<M> : T;

/** The same for those who only look. */
export type Store = {
  readonly [S in keyof WritableStore]: { readonly [K in keyof WritableStore[S]]: ReadonlyEntry<WritableStore[S][K]> };
};
