import type { PlaybackEngine, PlaybackObserver, PlaybackRequest } from './media/playback-engine.ts';
import { isPlaylist, prefersNativeHls } from './media/program/support.ts';

/** Fetches what plays an address in this browser; nothing of it is loaded before. */
export async function loadPlaybackEngine(
  request: PlaybackRequest,
  observer: PlaybackObserver,
): Promise<PlaybackEngine> {
  if (!isPlaylist(request.url) || prefersNativeHls()) {
    const { NativeEngine } = await import('./media/native/native-engine.ts');
    return new NativeEngine(request, observer);
  }
  const { HlsEngine } = await import('./media/hls/hls-engine.ts');
  return new HlsEngine(request, observer);
}
