import type { HlsLibrary } from './load-hls.ts';

/**
 * As much of hls.js as the kit's own broadcast needs: CMAF with its sound in a rendition of its own, low latency, no captions.
 * hls.js's own light build will not do, since it plays no separate sound. The bundle for pages makes a lean one of this
 * import (`scripts/build/lean-hls.ts`); other bundlers find the whole library here.
 */
export async function loadLeanHls(): Promise<HlsLibrary> {
  return (await import('hls.js')).default;
}
