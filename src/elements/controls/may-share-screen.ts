import { mayPublish } from '../../store/selectors.ts';
import type { Store } from '../../store/store.ts';

/** The role may, and the browser can: those of phones cannot. */
export function mayShareScreen(store: Store): boolean {
  return mayPublish(store, 'screen') && typeof navigator.mediaDevices?.getDisplayMedia === 'function';
}
