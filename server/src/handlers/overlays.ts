import type { overlayRequests, ReplyData } from '../../../src/protocol/index.ts';
import type { Change } from '../rooms/overlays.ts';
import type { Handlers, Recalls, RequestContext } from './handler.ts';

type Changing = Exclude<keyof typeof overlayRequests, 'getOverlays'>;

const changeBy = ({ participant, key }: RequestContext): Change => ({ by: participant.id, key });

export const overlayHandlers: Handlers<keyof typeof overlayRequests> = {
  getOverlays: ({ room, participant }) => room.features.overlays.stateFor(participant),

  async saveCue(context, { cue, before }) {
    await context.room.features.overlays.saveCue(changeBy(context), cue, before);
    return {};
  },

  async moveCue(context, { cueId, before }) {
    await context.room.features.overlays.moveCue(changeBy(context), cueId, before);
    return {};
  },

  async removeCue(context, { cueId }) {
    await context.room.features.overlays.removeCue(changeBy(context), cueId);
    return {};
  },

  async takeCue(context, { cueId }) {
    await context.room.features.overlays.takeCue(changeBy(context), cueId);
    return {};
  },

  async takeOverlay(context, { content, staysMs }) {
    await context.room.features.overlays.take(changeBy(context), content, staysMs);
    return {};
  },

  async clearOverlays(context, { layer }) {
    await context.room.features.overlays.clear(changeBy(context), layer);
    return {};
  },
};

/** They are all answered alike. */
const recall = async (context: RequestContext): Promise<ReplyData<Changing> | null> =>
  (await context.room.features.overlays.knows(changeBy(context))) ? {} : null;

export const overlayRecalls: Required<Pick<Recalls, Changing>> = {
  saveCue: recall,
  moveCue: recall,
  removeCue: recall,
  takeCue: recall,
  takeOverlay: recall,
  clearOverlays: recall,
};
