import type {} from './broadcast-requests.ts';
import type {} from './caption-requests.ts';
import type {} from './chat-requests.ts';
import type {} from './connection-requests.ts';
import type {} from './gift-requests.ts';
import type {} from './hand-requests.ts';
import type {} from './media-requests.ts';
import type {} from './overlay-requests.ts';
import type {} from './moderation-requests.ts';
import type {} from './participant-requests.ts';
import type {} from './poll-requests.ts';
import type {} from './question-requests.ts';
import type {} from './reaction-requests.ts';
import type {} from './stage-requests.ts';

type RequestType = Extract<keyof GlobalEventHandlersEventMap, `ils-${string}-request`>;
type Verb = RequestType extends `ils-${infer V}-request` ? V : never;

const verbs: Record<Verb, true> = {
  join: true,
  leave: true,
  'end-room': true,
  'start-source': true,
  'stop-source': true,
  'mute-source': true,
  'select-device': true,
  'test-media': true,
  volume: true,
  'playback-mute': true,
  'resume-playback': true,
  program: true,
  'change-role': true,
  'answer-role-offer': true,
  'withdraw-role-offer': true,
  'remove-participant': true,
  'mute-participant': true,
  spotlight: true,
  pin: true,
  'send-chat': true,
  'retry-chat': true,
  'discard-chat': true,
  'load-chat': true,
  'delete-chat': true,
  'report-chat': true,
  'time-out-participant': true,
  'ban-participant': true,
  vote: true,
  'create-poll': true,
  'manage-poll': true,
  'raise-hand': true,
  'lower-hand': true,
  'lower-all-hands': true,
  'bring-on-stage': true,
  'bring-backstage': true,
  'ask-question': true,
  'vote-for-question': true,
  'answer-question': true,
  'open-question': true,
  'dismiss-question': true,
  'highlight-question': true,
  'question-settings': true,
  'send-reaction': true,
  overlay: true,
  caption: true,
  'send-gift': true,
  'retry-gift': true,
  'discard-gift': true,
  'gift-goal': true,
  'start-broadcast': true,
  'stop-broadcast': true,
  'start-recording': true,
  'stop-recording': true,
  'broadcast-layout': true,
};

/** Every request an element may fire; the compiler keeps it complete. */
export const REQUEST_TYPES = (Object.keys(verbs) as readonly Verb[]).map((verb): RequestType => `ils-${verb}-request`);
