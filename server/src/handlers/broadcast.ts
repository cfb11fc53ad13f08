import { ProtocolError, type broadcastRequests } from '../../../src/protocol/index.ts';
import type { Handlers } from './handler.ts';

const refuse = (): never => {
  throw new ProtocolError('unavailable', 'This server does not broadcast.');
};

export const broadcastHandlers: Handlers<keyof typeof broadcastRequests> = {
  startBroadcast: refuse,
  stopBroadcast: refuse,
  changeBroadcastLayout: refuse,
};
