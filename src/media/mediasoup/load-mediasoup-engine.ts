import type { MediaEngine, MediaObserver, MediaSignaling } from '../media-engine.ts';
import type { Library } from './device-source.ts';

/** Fetches the engine and its library side by side; nothing of them is loaded before. */
export async function loadMediasoupEngine(signaling: MediaSignaling, observer: MediaObserver): Promise<MediaEngine> {
  const [{ createMediasoupEngine }, library] = await Promise.all([
    import('./mediasoup-engine.ts'),
    import('mediasoup-client').then(unwrap),
  ]);
  return createMediasoupEngine(library, signaling, observer);
}

/** The library is CommonJS: some bundlers give its exports by name, some as the default alone. */
function unwrap(module: Library | { default: Library }): Library {
  return 'Device' in module ? module : module.default;
}
