import type {} from './broadcast-requests.ts';
import type {} from './chat-requests.ts';
import type {} from './connection-requests.ts';
import type {} from './media-requests.ts';
import type {} from './participant-requests.ts';
import type {} from './reaction-requests.ts';
import type {} from './stage-requests.ts';

type RequestType = Extract<keyof GlobalEventHandlersEventMap, `ils-${string}-request`>;

const requestTypes: Record<RequestType, true> = {
  'ils-join-request': true,
  'ils-leave-request': true,
  'ils-end-room-request': true,
  'ils-start-source-request': true,
  'ils-stop-source-request': true,
  'ils-mute-source-request': true,
  'ils-select-device-request': true,
  'ils-test-media-request': true,
  'ils-volume-request': true,
  'ils-playback-mute-request': true,
  'ils-resume-playback-request': true,
  'ils-program-request': true,
  'ils-change-role-request': true,
  'ils-answer-role-offer-request': true,
  'ils-withdraw-role-offer-request': true,
  'ils-remove-participant-request': true,
  'ils-mute-participant-request': true,
  'ils-spotlight-request': true,
  'ils-pin-request': true,
  'ils-send-chat-request': true,
  'ils-retry-chat-request': true,
  'ils-discard-chat-request': true,
  'ils-load-chat-request': true,
  'ils-delete-chat-request': true,
  'ils-send-reaction-request': true,
  'ils-start-broadcast-request': true,
  'ils-stop-broadcast-request': true,
  'ils-broadcast-layout-request': true,
};

/** Every request an element may fire; the compiler keeps it complete. */
export const REQUEST_TYPES = Object.keys(requestTypes) as readonly RequestType[];
