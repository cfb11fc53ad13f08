import type { captionRequests } from '../../../src/protocol/index.ts';
import type { Handlers } from './handler.ts';

export const captionHandlers: Handlers<keyof typeof captionRequests> = {
  async sendCaption({ room, participant }, segment) {
    await room.features.captions.hear({ participantId: participant.id, name: participant.name }, segment);
    return {};
  },

  async getCaptions({ room }) {
    const { captions, drafts } = await room.features.captions.latest();
    return { captions: [...captions], drafts: [...drafts] };
  },

  async loadCaptions({ room }, { before, limit }) {
    return { captions: [...(await room.features.captions.load(before, limit))] };
  },
};
