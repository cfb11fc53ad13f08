import type { types } from 'mediasoup';
import * as v from 'valibot';
import { rtpParameters, subscriptionId, type StreamId, type SubscriptionId } from '../../../../src/protocol/index.ts';
import type { Subscription } from '../media.ts';
import { askSfu } from './media-errors.ts';
import type { ParticipantTransport } from './participant-transport.ts';

export interface SubscriptionEvents {
  /** Once, whatever the cause. */
  readonly handleClosed: () => void;
  /** The stream is gone; `handleClosed` comes before. */
  readonly handleStreamEnded: () => void;
  readonly handleLayerChanged: (spatialLayer: number | null) => void;
}

/** What one participant receives of one stream. */
export class StreamSubscription {
  readonly id: SubscriptionId;
  readonly streamId: StreamId;
  readonly transport: ParticipantTransport;
  readonly #consumer: types.Consumer;
  readonly #events: SubscriptionEvents;
  #wanted = false;
  #layer: number | null = null;
  #closed = false;

  constructor(
    streamId: StreamId,
    transport: ParticipantTransport,
    consumer: types.Consumer,
    events: SubscriptionEvents,
  ) {
    this.id = v.parse(subscriptionId, consumer.id);
    this.streamId = streamId;
    this.transport = transport;
    this.#consumer = consumer;
    this.#events = events;
    consumer.once('producerclose', () => {
      this.#end();
      events.handleStreamEnded();
    });
    consumer.once('transportclose', () => this.#end());
    consumer.on('layerschange', (layers) => this.#handleLayers(layers));
  }

  view(): Subscription {
    const { kind, rtpParameters: parameters } = this.#consumer;
    return { subscriptionId: this.id, kind, rtpParameters: v.parse(rtpParameters, parameters) };
  }

  async change({ paused, spatialLayer }: { paused?: boolean | undefined; spatialLayer?: number | undefined }) {
    const layered = this.#consumer.type !== 'simple';
    // The layer first: resuming asks for a key frame, of the right one then.
    const asked = [
      ...(spatialLayer !== undefined && layered ? [this.#consumer.setPreferredLayers({ spatialLayer })] : []),
      ...(paused === undefined ? [] : [this.#setPaused(paused)]),
    ];
    await askSfu(Promise.all(asked));
  }

  close(): void {
    this.#consumer.close();
    this.#end();
  }

  async #setPaused(paused: boolean): Promise<void> {
    this.#wanted = !paused;
    // The worker itself asks for the key frame only once packets can arrive; before, it would be lost: [M3].
    await (paused ? this.#consumer.pause() : this.#consumer.resume());
  }

  #handleLayers(layers: types.ConsumerLayers | undefined): void {
    const layer = layers?.spatialLayer ?? null;
    // No layer flows while it is paused at either end, which says nothing of the link.
    if (layer === null && (!this.#wanted || this.#consumer.producerPaused)) return;
    if (layer === this.#layer) return;
    this.#layer = layer;
    this.#events.handleLayerChanged(layer);
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#events.handleClosed();
  }
}
