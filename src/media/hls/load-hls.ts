import type Hls from 'hls.js';

export type HlsLibrary = typeof Hls;

/** All that hls.js can. */
export async function loadWholeHls(): Promise<HlsLibrary> {
  return (await import('hls.js')).default;
}
