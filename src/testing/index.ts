export { createFakeRoom, type FakeRoom } from './create-fake-room.ts';
export type { FakeCall } from './fake-actions.ts';
export type { FakeMessageOptions, FakeParticipantOptions, FakeRoomOptions } from './fake-room-options.ts';
