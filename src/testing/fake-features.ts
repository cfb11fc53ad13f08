import type { featureRequests, ReplyData, RequestData, RequestName } from '../protocol/index.ts';
import type { FeatureName, FeatureSlices } from '../store/features.ts';
import { createFakeCaptions, type FakeHear } from './fake-captions.ts';
import { createFakeOverlays } from './fake-overlays.ts';
import { createFakeDirectChat } from './fake-direct-chat.ts';
import { createFakeModerationDesk } from './fake-moderation-desk.ts';
import { createFakeModeration } from './fake-moderation.ts';
import { createFakePolls } from './fake-polls.ts';
import { createFakeGifts, type FakeGifts } from './fake-gifts.ts';
import { createFakeBreakouts } from './fake-breakouts.ts';
import { createFakeHands } from './fake-hands.ts';
import { createFakeQuestions } from './fake-questions.ts';
import { createFakeReactions } from './fake-reactions.ts';
import type { FakeRoomModel } from './fake-room-model.ts';
import type { FakeRoomOptions } from './fake-room-options.ts';

type FeatureRequest = keyof typeof featureRequests;

/** Sends a request to the fake server, which answers with what `effect` gives. */
export type FakeRequest = <T>(name: RequestName, effect: () => T) => Promise<T>;

/** A feature of a fake room: its part of the store, and what the fake server does on each of its requests. */
export interface FakeFeature<N extends FeatureName = FeatureName> {
  readonly slice: FeatureSlices[N];
  /** Verbs that do more than ask; `request` asks as a verb does. */
  readonly verbs?: (request: FakeRequest) => Readonly<Record<string, (data: never) => unknown>>;
  readonly answers?: { readonly [R in FeatureRequest]?: (data: RequestData<R>) => ReplyData<R> };
}

export type FakeFeatures = { readonly [N in FeatureName]: FakeFeature<N> } & {
  readonly captions: { readonly hear: FakeHear };
  readonly gifts: FakeGifts;
};

/** All features of a fake room; they are there from the start. */
export function createFakeFeatures(model: FakeRoomModel, options: FakeRoomOptions): FakeFeatures {
  const features: FakeFeatures = {
    polls: createFakePolls(options.polls),
    gifts: createFakeGifts(model, options.gifts),
    hands: createFakeHands(model, options.hands),
    breakouts: createFakeBreakouts(model, options.breakouts),
    questions: createFakeQuestions(model, options.questions),
    reactions: createFakeReactions(options.reactions),
    overlays: createFakeOverlays(model, options.overlays),
    captions: createFakeCaptions(model, options.captions),
    moderation: createFakeModeration(model, options.moderation),
    moderationDesk: createFakeModerationDesk(options.moderationDesk),
    directChat: createFakeDirectChat(model, options.directMessages, options.loadedDirectMessages),
  };
  if (options.directMessages !== undefined) {
    model.store.chat.isModerated.value = true;
    features.moderation.slice.hasDirectChat.value = true;
  }
  const shown = Object.entries(features).filter(([name]) => !options.loading?.some((each) => each === name));
  model.store.features.loaded.value = Object.fromEntries(shown.map(([name, { slice }]) => [name, slice]));
  return features;
}

/** What the fake server answers to a feature's request. */
export function answerFake<R extends FeatureRequest>(
  features: FakeFeatures,
  request: R,
  data: RequestData<R>,
): ReplyData<R> | undefined {
  for (const { answers } of Object.values<FakeFeature>(features)) {
    const answer = answers?.[request];
    if (answer) return answer(data);
  }
  return undefined;
}
