import type { types } from 'mediasoup';

/** How often it is looked, within the time that makes silence. */
const LOOKS = 4;

/**
 * Tells when nothing comes in any more, and when something does again. Asks no consent of the far end (RFC 7675):
 * libnice sends packets of media and no checks, and an ICE-lite end need not.
 */
export function watchSilence(
  transport: types.WebRtcTransport,
  seconds: number,
  handle: (state: 'connected' | 'lost') => void,
): void {
  let bytes = -1;
  let silentLooks = 0;
  const look = async () => {
    const [stats] = await transport.getStats();
    const isSilent = stats === undefined || stats.bytesReceived === bytes;
    bytes = stats?.bytesReceived ?? bytes;
    const wasLost = silentLooks >= LOOKS;
    silentLooks = isSilent ? silentLooks + 1 : 0;
    if (silentLooks === LOOKS) handle('lost');
    if (wasLost && !isSilent) handle('connected');
  };
  // One that is closing gives no statistics, and is told of elsewhere.
  const timer = setInterval(() => void look().catch(() => {}), (seconds * 1_000) / LOOKS).unref();
  transport.observer.once('close', () => clearInterval(timer));
}
