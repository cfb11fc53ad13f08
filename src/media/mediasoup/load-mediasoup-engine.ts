import type { MediaEngine, MediaObserver, MediaSignaling } from '../media-engine.ts';

/** Fetches the engine and its library side by side; nothing of them is loaded before. */
export async function loadMediasoupEngine(signaling: MediaSignaling, observer: MediaObserver): Promise<MediaEngine> {
  const [{ MediasoupEngine }, { Device }] = await Promise.all([
    import('./mediasoup-engine.ts'),
    import('mediasoup-client'),
  ]);
  const createDevice = () => new Device();
  // Throws here, once, in a browser that the library does not know.
  createDevice();
  return new MediasoupEngine({ signaling, observer, createDevice });
}
