import type { RequestData } from '../protocol/index.ts';
import type { ActionParts } from './action-parts.ts';
import { createBroadcastActions } from './broadcast-actions.ts';
import { createChatActions } from './chat-actions.ts';
import { createConnectionActions } from './connection-actions.ts';
import { createMediaActions } from './media-actions.ts';
import { createParticipantActions } from './participant-actions.ts';
import type { FeatureVerb, LoadedVerbs, RoomActions } from './room-actions.ts';
import { createStageActions } from './stage-actions.ts';

/** All verbs of one room, family by family. */
export function createActions(parts: ActionParts): RoomActions {
  let reactions: Promise<Pick<RoomActions, 'sendReaction'>> | undefined;
  const loadReactions = () =>
    (reactions ??= import('./reaction-actions.ts').then(
      ({ createReactionActions }) => createReactionActions(parts),
      (error: unknown) => {
        // The next tap tries again.
        reactions = undefined;
        throw error;
      },
    ));

  return withFeatureVerbs(parts, {
    ...createConnectionActions(parts),
    ...createMediaActions(parts),
    ...createParticipantActions(parts),
    ...createStageActions(parts),
    ...createChatActions(parts),
    ...createBroadcastActions(parts),
    sendReaction: async (emoji: string) => (await loadReactions()).sendReaction(emoji),
  });
}

/** A feature's verb is its request and no more, so that a page which shows none does not load their names. */
function withFeatureVerbs(
  { request, verb: loadedVerb }: ActionParts,
  actions: Omit<RoomActions, FeatureVerb | keyof LoadedVerbs>,
): RoomActions {
  return new Proxy(actions as RoomActions, {
    get(target, verb: FeatureVerb | 'then' | symbol) {
      // Whoever awaits the actions asks whether they are a promise.
      if (verb in target || typeof verb === 'symbol' || verb === 'then') return Reflect.get(target, verb);
      return loadedVerb(verb) ?? ((data: RequestData<FeatureVerb> = {}) => request(verb, data));
    },
  });
}
