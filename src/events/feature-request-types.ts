import type {} from './breakout-requests.ts';
import type {} from './caption-requests.ts';
import type {} from './gift-requests.ts';
import type {} from './hand-requests.ts';
import type {} from './held-chat-requests.ts';
import type {} from './moderation-desk-requests.ts';
import type {} from './overlay-requests.ts';
import type {} from './direct-chat-requests.ts';
import type {} from './pin-requests.ts';
import type {} from './poll-requests.ts';
import type {} from './question-requests.ts';
import type {} from './reaction-requests.ts';

const verbs = [
  'vote',
  'create-poll',
  'manage-poll',
  'raise-hand',
  'lower-hand',
  'lower-all-hands',
  'bring-on-stage',
  'bring-backstage',
  'talk-back',
  'breakouts',
  'ask-question',
  'vote-for-question',
  'answer-question',
  'open-question',
  'dismiss-question',
  'highlight-question',
  'question-settings',
  'send-reaction',
  'overlay',
  'caption',
  'send-gift',
  'retry-gift',
  'discard-gift',
  'gift-goal',
  'review-chat',
  'admit',
  'turn-away',
  'lock-room',
  'end-with-slate',
  'chat-policies',
  'lobby',
  'mute-all',
  'load-moderation-log',
  'pin-chat',
  'unpin-chat',
  'announce',
  'slow-mode',
  'send-direct-chat',
  'retry-direct-chat',
  'discard-direct-chat',
  'dismiss-refused-chat',
] as const;

export type FeatureRequestType = `ils-${(typeof verbs)[number]}-request`;

/** Requests of features: listened to once the first of them is used. */
export const FEATURE_REQUEST_TYPES = verbs.map((verb): FeatureRequestType => `ils-${verb}-request`);
