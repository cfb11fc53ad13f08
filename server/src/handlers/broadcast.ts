import type { broadcastRequests } from '../../../src/protocol/index.ts';
import type { Handlers } from './handler.ts';

export const broadcastHandlers: Handlers<keyof typeof broadcastRequests> = {
  async startBroadcast({ room }, { options }) {
    room.broadcast.assertTemplateAllowed(options.templateUrl);
    await room.broadcast.start(options);
    return {};
  },

  async stopBroadcast({ room }) {
    await room.broadcast.stop();
    return {};
  },

  async startRecording({ room }, { options }) {
    room.broadcast.assertTemplateAllowed(options.templateUrl);
    await room.broadcast.startRecording(options);
    return {};
  },

  async stopRecording({ room }) {
    await room.broadcast.stopRecording();
    return {};
  },

  async renewBroadcastUrls({ room }) {
    return room.broadcast.renewUrls();
  },

  async changeBroadcastLayout({ room }, { layout }) {
    await room.broadcast.changeLayout(layout);
    return {};
  },
};
