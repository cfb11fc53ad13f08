import type { WritableStore } from '../../store/store.ts';
import type { EventHandlers } from './handlers.ts';

export function createBroadcastEvents(store: WritableStore): Pick<EventHandlers, 'broadcastChanged'> {
  return {
    broadcastChanged({ broadcast }) {
      store.broadcast.view.value = broadcast;
    },
  };
}
