import type * as mediasoup from 'mediasoup-client';
import type { Device, types } from 'mediasoup-client';

/** What is needed of the library. */
export type Library = Pick<typeof mediasoup, 'Device'>;
type NativeCapabilities = types.HandlerFactory['getNativeRtpCapabilities'];

/**
 * Makes unloaded devices of the library. Throws in a browser that the library does not know.
 * The library asks the browser what it can do only once it knows what the SFU can do; here that is asked at once, while the socket still connects.
 */
export function createDeviceSource(library: Library): () => Device {
  const handlerFactory = findHandlerFactory(new library.Device());
  if (!handlerFactory) return () => new library.Device();
  const getNativeRtpCapabilities = remember(handlerFactory.getNativeRtpCapabilities);
  // After whatever is asked of the server right now: answers travel meanwhile.
  setTimeout(() => {
    for (const direction of ['recvonly', 'sendonly'] as const) getNativeRtpCapabilities({ direction }).catch(() => {});
  });
  return () => new library.Device({ handlerFactory: { ...handlerFactory, getNativeRtpCapabilities } });
}

/** The one that the library chose for this browser; it is not in its public types, so it may be missing. */
function findHandlerFactory(device: Device): types.HandlerFactory | undefined {
  const factory: unknown = Reflect.get(device, '_handlerFactory');
  return isHandlerFactory(factory) ? factory : undefined;
}

function isHandlerFactory(value: unknown): value is types.HandlerFactory {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'factory' in value &&
    typeof value.factory === 'function' &&
    'getNativeRtpCapabilities' in value &&
    typeof value.getNativeRtpCapabilities === 'function'
  );
}

function remember(ask: NativeCapabilities): NativeCapabilities {
  const answers = new Map<string, Promise<types.RtpCapabilities>>();
  return (options) => {
    const known = answers.get(options.direction);
    if (known) return known;
    const answer = ask(options).catch((error: unknown) => {
      answers.delete(options.direction);
      throw error;
    });
    answers.set(options.direction, answer);
    return answer;
  };
}
