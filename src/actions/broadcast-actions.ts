import type { ActionParts } from './action-parts.ts';
import type { RoomActions } from './room-actions.ts';

type BroadcastActions = Pick<
  RoomActions,
  'startBroadcast' | 'stopBroadcast' | 'startRecording' | 'stopRecording' | 'changeBroadcastLayout'
>;

export function createBroadcastActions({ request }: ActionParts): BroadcastActions {
  return {
    async startBroadcast(options = {}) {
      await request('startBroadcast', { options });
    },

    async stopBroadcast() {
      await request('stopBroadcast', {});
    },

    async startRecording(options = {}) {
      await request('startRecording', { options });
    },

    async stopRecording() {
      await request('stopRecording', {});
    },

    async changeBroadcastLayout(layout) {
      await request('changeBroadcastLayout', { layout });
    },
  };
}
