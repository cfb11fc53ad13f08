/**
 * ILS Kit: elements, their events, and the headless room beneath them. Importing registers nothing: see `ils-kit/define`.
 * @packageDocumentation
 */
export * from './elements/index.ts';
export * from './events/index.ts';
export { autoload } from './autoloader.ts';
export { defineElement } from './elements/define-element.ts';
export { roomContext, type RoomContext } from './context/room-context.ts';
export { createRoom } from './create-room.ts';
export { ProtocolError } from './protocol/errors.ts';
export type * from './protocol/index.ts';
export type { Room, RoomOptions, TokenProvider, TokenReason } from './room/room.ts';
export type { RoomActions } from './actions/room-actions.ts';
export type { PendingMessage } from './store/chat.ts';
export type { ConnectionState } from './store/connection.ts';
export type { DeviceKind, DeviceView, LocalSource } from './store/local-media.ts';
export type { Notice } from './store/notices.ts';
export type {
  ProgramCaption,
  ProgramCommand,
  ProgramFailure,
  ProgramLevel,
  ProgramState,
  ProgramTimeline,
  ProgramTracks,
  Showing,
} from './store/playback.ts';
export type { Reception } from './store/stage.ts';
export type { Store } from './store/store.ts';
export * from './store/selectors.ts';
