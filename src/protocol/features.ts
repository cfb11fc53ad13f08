import { CHAT_POLICY_PERMISSIONS, chatPolicyEvents, chatPolicyRequests, chatPolicySignals } from './chat-policies.ts';
import { LOBBY_PERMISSIONS, lobbyRequests, lobbySignals } from './lobby.ts';
import { BREAKOUT_PERMISSIONS, breakoutRequests, breakoutSignals } from './breakouts.ts';
import { captionEvents, captionRequests, captionSignals } from './captions.ts';
import { DIRECT_CHAT_PERMISSIONS, directChatRequests, directChatSignals } from './direct-chat.ts';
import { overlayEvents, overlayRequests, overlaySignals } from './overlays.ts';
import { HAND_PERMISSIONS, handRequests, handSignals } from './hands.ts';
import { QUESTION_PERMISSIONS, questionEvents, questionRequests, questionSignals } from './questions.ts';
import { pollEvents, pollRequests, pollSignals } from './polls.ts';
import { giftEvents, giftRequests, giftSignals } from './gifts.ts';
import { MODERATION_PERMISSIONS, moderationEvents, moderationRequests, moderationSignals } from './moderation.ts';
import { reactionRequests, reactionSignals } from './reactions.ts';
import type { Permission } from './roles.ts';

/*
 * What the audience takes part by. A client loads the half of it that a page shows, so each has a request for all of its
 * own that a snapshot would hold.
 */

export const featureRequests = {
  ...handRequests,
  ...questionRequests,
  ...pollRequests,
  ...reactionRequests,
  ...overlayRequests,
  ...captionRequests,
  ...giftRequests,
  ...moderationRequests,
  ...chatPolicyRequests,
  ...breakoutRequests,
  ...directChatRequests,
  ...lobbyRequests,
} as const;

export const featureEvents = {
  ...questionEvents,
  ...overlayEvents,
  ...captionEvents,
  ...pollEvents,
  ...giftEvents,
  ...moderationEvents,
  ...chatPolicyEvents,
} as const;

export const featureSignals = {
  ...handSignals,
  ...questionSignals,
  ...pollSignals,
  ...reactionSignals,
  ...overlaySignals,
  ...captionSignals,
  ...giftSignals,
  ...moderationSignals,
  ...chatPolicySignals,
  ...breakoutSignals,
  ...directChatSignals,
  ...lobbySignals,
} as const;

/** What each request needs beyond having joined ([P1]). */
export const FEATURE_PERMISSIONS = {
  ...HAND_PERMISSIONS,
  ...QUESTION_PERMISSIONS,
  getPolls: null,
  vote: 'poll.vote',
  getLeaderboard: null,
  createPoll: 'poll.manage',
  updatePoll: 'poll.manage',
  deletePoll: 'poll.manage',
  launchPoll: 'poll.manage',
  closePoll: 'poll.manage',
  revealPoll: 'poll.manage',
  exportPoll: 'poll.manage',
  ...MODERATION_PERMISSIONS,
  ...CHAT_POLICY_PERMISSIONS,
  ...BREAKOUT_PERMISSIONS,
  ...DIRECT_CHAT_PERMISSIONS,
  ...LOBBY_PERMISSIONS,
  getReactions: null,
  sendReaction: 'reaction.send',
  getOverlays: null,
  saveCue: 'overlay.control',
  moveCue: 'overlay.control',
  removeCue: 'overlay.control',
  takeCue: 'overlay.control',
  takeOverlay: 'overlay.control',
  clearOverlays: 'overlay.control',
  sendCaption: 'caption.send',
  getCaptions: null,
  loadCaptions: null,
  getGifts: null,
  sendGift: 'gift.send',
  setGiftGoal: 'gift.manage',
} as const satisfies Record<keyof typeof featureRequests, Permission | null>;
