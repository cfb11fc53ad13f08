import { createContext } from '@lit/context';
import type { RoomActions } from '../actions/room-actions.ts';
import type { FeatureName } from '../store/features.ts';
import type { Store } from '../store/store.ts';

/** What `<ils-room>` hands to every element within it, or to those that name it by `for`. */
export interface RoomContext {
  readonly store: Store;
  readonly actions: RoomActions;
  /** Follows what few pages show; an element says so of what it draws. */
  use(feature: FeatureName): void;
}

export const roomContext = createContext<RoomContext | undefined>(Symbol('ils-room'));
