import type { FeatureName } from '../store/features.ts';
import type { Feature, FeatureParts } from './features.ts';

type FeatureLoaders = { readonly [N in FeatureName]: (parts: FeatureParts) => Promise<Feature<N>> };

/** Loaded with the first feature, so that a page that shows none does not even know their names. */
export const featureLoaders: FeatureLoaders = {
  polls: async (parts) => (await import('./handlers/polls.ts')).createPolls(parts),
  gifts: async (parts) => (await import('./handlers/gifts.ts')).createGifts(parts),
  hands: async (parts) => (await import('./handlers/hands.ts')).createHands(parts),
  breakouts: async (parts) => (await import('./handlers/breakouts.ts')).createBreakouts(parts),
  questions: async (parts) => (await import('./handlers/questions.ts')).createQuestions(parts),
  reactions: async (parts) => (await import('./handlers/reactions.ts')).createReactions(parts),
  overlays: async (parts) => (await import('./handlers/overlays.ts')).createOverlays(parts),
  captions: async (parts) => (await import('./handlers/captions.ts')).createCaptions(parts),
  moderation: async (parts) => (await import('./handlers/moderation.ts')).createModeration(parts),
  directChat: async (parts) => (await import('./handlers/direct-chat.ts')).createDirectChat(parts),
  moderationDesk: async (parts) => (await import('./handlers/moderation-desk.ts')).createModerationDesk(parts),
};
