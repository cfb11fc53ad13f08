import type { types } from 'mediasoup';
import type { StreamTap, TapListener } from '../media.ts';
import { askSfu } from './media-errors.ts';

const ORIENTATION = 'urn:3gpp:video-orientation';

/** Takes a stream out of the SFU into this process, from the worker where it is published. */
export async function openStreamTap(
  router: types.Router,
  producerId: string,
  listener: TapListener,
): Promise<StreamTap> {
  const transport = await askSfu(router.createDirectTransport(), 'unavailable');
  try {
    const consumer = await askSfu(
      transport.consume({ producerId, rtpCapabilities: router.rtpCapabilities, paused: true, enableRtx: false }),
    );
    consumer.once('producerclose', () => transport.close());
    consumer.on('rtp', (bytes) => listener.packet(bytes));
    transport.on('rtcp', (bytes) => listener.report(bytes));
    await askSfu(consumer.resume());
    const extensions = consumer.rtpParameters.headerExtensions ?? [];
    return {
      orientationId: extensions.find(({ uri }) => uri === ORIENTATION)?.id ?? null,
      // One that closes just now gives no more key frames.
      requestKeyFrame: () => void consumer.requestKeyFrame().catch(() => {}),
      close: () => transport.close(),
    };
  } catch (error) {
    transport.close();
    throw error;
  }
}
