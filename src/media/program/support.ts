/** Whether an address is that of a playlist rather than of a file. */
export function isPlaylist(url: string): boolean {
  return /\.m3u8($|[?#])/i.test(url);
}

/**
 * Whether the browser's own HLS is the better one: Safari's, which has low latency and AirPlay. Others that claim it lag by
 * seconds, and are left alone as long as there are Media Source Extensions.
 */
export function prefersNativeHls(): boolean {
  if (document.createElement('video').canPlayType('application/vnd.apple.mpegurl') === '') return false;
  return 'WebKitPlaybackTargetAvailabilityEvent' in globalThis || !('MediaSource' in globalThis);
}
