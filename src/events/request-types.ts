import type {} from './broadcast-requests.ts';
import type {} from './chat-requests.ts';
import type {} from './connection-requests.ts';
import type {} from './media-requests.ts';
import type {} from './moderation-requests.ts';
import type {} from './participant-requests.ts';
import type {} from './stage-requests.ts';
import type { FeatureRequestType } from './feature-request-types.ts';

export type RequestType = Extract<keyof GlobalEventHandlersEventMap, `ils-${string}-request`>;
type Verb = Exclude<RequestType, FeatureRequestType> extends `ils-${infer V}-request` ? V : never;

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
  'start-broadcast': true,
  'stop-broadcast': true,
  'start-recording': true,
  'stop-recording': true,
  'broadcast-layout': true,
};

/** Every request that an element may fire, but for those of features; the compiler keeps it complete. */
export const REQUEST_TYPES = (Object.keys(verbs) as readonly Verb[]).map((verb): RequestType => `ils-${verb}-request`);
