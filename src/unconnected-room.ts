import type { RoomActions } from './actions/room-actions.ts';
import type { RoomContext } from './context/room-context.ts';
import { createStore } from './store/store.ts';

/** What needs a device, or somebody's gift, before it has anything to show. */
const WITHOUT_ROOM: ReadonlySet<string> = new Set(['ils-preview', 'ils-gift-feed', 'ils-room']);

/**
 * The room by which an element is drawn on a server, and again in the page while what came from there is taken over: nobody has
 * joined, and nothing that is asked of it has an effect. `undefined` for elements that wait for the real one.
 * @param joins whether the room joins by itself
 */
export function createUnconnectedRoom(tag: string, joins: boolean): RoomContext | undefined {
  if (WITHOUT_ROOM.has(tag)) return undefined;
  const store = createStore();
  store.connection.state.value = joins ? 'connecting' : 'idle';
  const actions = new Proxy({} as RoomActions, { get: () => () => () => undefined });
  return { store, actions, use: () => undefined };
}
