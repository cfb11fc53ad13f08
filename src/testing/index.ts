export { createFakeRoom, type FakeRoom } from './create-fake-room.ts';
export type { FakeCall } from './fake-actions.ts';
export { FakeClock, settle } from './fake-clock.ts';
export type { FakeGift } from './fake-gifts.ts';
export type {
  FakeGiftsOptions,
  FakeMessageOptions,
  FakeParticipantOptions,
  FakeRoomOptions,
} from './fake-room-options.ts';
export type { FakeHandsOptions } from './fake-hands.ts';
export type { FakeQuestion, FakeQuestionsOptions } from './fake-questions.ts';
export { FakeNetwork, SocketPair, type Direction, type ServerEnd } from './socket-pair.ts';
