import type { ReadonlySignal, Signal } from '@preact/signals-core';
import { createBroadcastSlice } from './broadcast.ts';
import { createChatSlice } from './chat.ts';
import type { ChatLog, ReadonlyChatLog } from './chat-log.ts';
import { createConnectionSlice } from './connection.ts';
import { createFeaturesSlice, type FeatureName, type FeatureSlices } from './features.ts';
import { createLocalMediaSlice } from './local-media.ts';
import { createNoticesSlice } from './notices.ts';
import { createParticipantsSlice } from './participants.ts';
import { createPlaybackSlice } from './playback.ts';
import { createStageSlice } from './stage.ts';

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
    features: createFeaturesSlice(),
    localMedia: createLocalMediaSlice(measureLevel),
    playback: createPlaybackSlice(),
    notices: createNoticesSlice(),
  };
}
export type WritableStore = ReturnType<typeof createStore>;

type ReadonlyEntry<T> =
  T extends Signal<infer V> ? ReadonlySignal<V> : T extends ChatLog<infer M> ? ReadonlyChatLog<M> : T;

type ReadonlySlice<S> = { readonly [K in keyof S]: ReadonlyEntry<S[K]> };

/** A feature's part of the store, for those who only look. */
export type ReadonlyFeature<N extends FeatureName> = ReadonlySlice<FeatureSlices[N]>;

/** The same for those who only look. */
export type Store = {
  readonly [S in Exclude<keyof WritableStore, 'features'>]: ReadonlySlice<WritableStore[S]>;
} & {
  readonly features: { readonly loaded: ReadonlySignal<{ readonly [N in FeatureName]?: ReadonlyFeature<N> }> };
};
