import type { Device } from 'mediasoup-client';
import type { SignalData, SentSource, StreamId } from '../../protocol/index.ts';
import type { Incoming, MediaEngine, MediaObserver, MediaSignaling, OutgoingSource } from '../media-engine.ts';
import { createDeviceSource, type Library } from './device-source.ts';
import { IncomingStreams } from './incoming-streams.ts';
import { Outgoing } from './outgoing.ts';
import { PacedSignaling } from './paced-signaling.ts';
import { fromWireRtpCapabilities } from './parameters.ts';

export interface MediasoupEngineOptions {
  readonly signaling: MediaSignaling;
  readonly observer: MediaObserver;
  /** A new, unloaded device of the library. Throws where the browser is not supported. */
  readonly createDevice: () => Device;
}

/** Throws in a browser that the library does not know. */
export function createMediasoupEngine(
  library: Library,
  signaling: MediaSignaling,
  observer: MediaObserver,
): MediaEngine {
  return new MediasoupEngine({ signaling, observer, createDevice: createDeviceSource(library) });
}

/** The room's media over the SFU. */
export class MediasoupEngine implements MediaEngine {
  readonly #signaling: MediaSignaling;
  readonly #createDevice: () => Device;
  readonly #outgoing: Outgoing;
  readonly #incoming: IncomingStreams;
  #device: Promise<Device> | undefined;
  #closed = false;

  constructor({ signaling, observer, createDevice }: MediasoupEngineOptions) {
    this.#signaling = new PacedSignaling(signaling);
    this.#createDevice = createDevice;
    const device = () => this.#loadDevice();
    this.#outgoing = new Outgoing(this.#signaling, device, observer);
    this.#incoming = new IncomingStreams(this.#signaling, device, observer);
  }

  setOutgoing(sources: ReadonlyMap<SentSource, OutgoingSource>): void {
    this.#outgoing.set(sources);
  }

  setWatching(watching: boolean): void {
    this.#incoming.setWatching(watching);
  }

  receive(streamId: StreamId, kind: 'audio' | 'video'): Incoming {
    return this.#incoming.receive(streamId, kind);
  }

  forget(streamId: StreamId): void {
    this.#incoming.forget(streamId);
    this.#outgoing.forget(streamId);
  }

  streamMuted(streamId: StreamId, muted: boolean): void {
    this.#outgoing.streamMuted(streamId, muted);
    this.#incoming.streamMuted(streamId, muted);
  }

  connected(kept: boolean): void {
    if (this.#closed) return;
    // Another server may be able to do other things.
    if (!kept) this.#device = undefined;
    this.#incoming.connected(kept);
    this.#outgoing.connected(kept);
  }

  disconnected(): void {
    this.#incoming.disconnected();
    this.#outgoing.disconnected();
  }

  mediaReset({ directions }: SignalData<'mediaReset'>): void {
    if (this.#closed) return;
    if (directions.includes('receive')) this.#incoming.reset();
    if (directions.includes('send')) this.#outgoing.reset();
  }

  subscriptionEnded({ streamId, subscriptionId }: SignalData<'subscriptionEnded'>): void {
    this.#incoming.subscriptionEnded(streamId, subscriptionId);
  }

  subscriptionLayerChanged({ streamId, subscriptionId, spatialLayer }: SignalData<'subscriptionLayerChanged'>): void {
    this.#incoming.layerChanged(streamId, subscriptionId, spatialLayer);
  }

  close(): void {
    this.#closed = true;
    this.#incoming.close();
    this.#outgoing.close();
  }

  #loadDevice(): Promise<Device> {
    if (this.#device) return this.#device;
    const loading: Promise<Device> = this.#loadDeviceNow().catch((error: unknown) => {
      if (this.#device === loading) this.#device = undefined;
      throw error;
    });
    this.#device = loading;
    return loading;
  }

  async #loadDeviceNow(): Promise<Device> {
    const device = this.#createDevice();
    const { rtpCapabilities } = await this.#signaling.request('getMediaCapabilities', {});
    await device.load({ routerRtpCapabilities: fromWireRtpCapabilities(rtpCapabilities) });
    return device;
  }
}
