import type { mediaRequests } from '../../../src/protocol/index.ts';
import type { Handlers } from './handler.ts';

export const mediaHandlers: Handlers<keyof typeof mediaRequests> = {
  async getMediaCapabilities({ room }) {
    return { rtpCapabilities: await room.streams.capabilities() };
  },

  async openTransport({ room, participant }, { direction }) {
    return { transport: await room.streams.openTransport(participant, direction) };
  },

  async connectTransport({ room, participant }, { transportId, dtlsParameters }) {
    const media = await room.streams.media();
    await media.connectTransport(participant.id, transportId, dtlsParameters);
    return {};
  },

  async restartTransport({ room, participant }, { transportId }) {
    const media = await room.streams.media();
    return { iceParameters: await media.restartTransport(participant.id, transportId) };
  },

  async publish({ room, participant }, data) {
    return { streamId: await room.streams.publish(participant, data) };
  },

  unpublish({ room, participant }, { streamId }) {
    room.streams.unpublish(participant, streamId);
    return {};
  },

  async muteStream({ room, participant }, { streamId, muted }) {
    await room.streams.setMuted(participant, streamId, muted);
    return {};
  },

  subscribe: ({ room, participant }, data) => room.streams.subscribe(participant, data),

  async setSubscription({ room, participant }, { subscriptionId, paused, spatialLayer }) {
    const media = await room.streams.media();
    await media.setSubscription(participant.id, subscriptionId, { paused, spatialLayer });
    return {};
  },

  async unsubscribe({ room, participant }, { subscriptionId }) {
    const media = await room.streams.media();
    media.unsubscribe(participant.id, subscriptionId);
    return {};
  },
};
