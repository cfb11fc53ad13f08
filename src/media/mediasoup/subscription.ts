import type { types } from 'mediasoup-client';
import type { ReplyData, RequestData, StreamId, SubscriptionId } from '../../protocol/index.ts';
import type { Incoming, MediaSignaling, Reception } from '../media-engine.ts';
import { chooseLayer } from './layer-choice.ts';
import { fromWireRtpParameters, toWireRtpCapabilities } from './parameters.ts';
import { Reconciler } from './reconciler.ts';
import { refusalCode } from './refusal.ts';
import type { TransportLink } from './transport-link.ts';

/** How long a stream goes on after it was last in sight, or held by anyone: tiles move, pages scroll back. */
const LINGER_MS = 1_000;
/** A size must hold this long before the layer follows. */
const LAYER_DELAY_MS = 150;

/** What a subscription may ask of the receiving side it belongs to. */
export interface ReceivingSide {
  readonly signaling: MediaSignaling;
  /** The connection to the room is up, and its role may watch. */
  readonly up: boolean;
  /** The path is broken for now. */
  readonly interrupted: boolean;
  link(): TransportLink;
  received(streamId: StreamId, reception: Reception): void;
  /** The answer, once what was asked at the same time is answered too: the browser takes them in one go. */
  together<T>(asking: Promise<T>): Promise<T>;
  /** Nobody holds it any more and the server has let it go. */
  finished(subscription: Subscription): void;
}

interface Flow {
  readonly link: TransportLink;
  readonly consumer: types.Consumer;
  readonly id: SubscriptionId;
  /** As the server knows it. */
  paused: boolean;
  layer: number | undefined;
}

/** One remote stream, shared by all who show it. */
export class Subscription {
  readonly streamId: StreamId;
  readonly #kind: 'audio' | 'video';
  readonly #side: ReceivingSide;
  readonly #reconciler = new Reconciler(() => this.#step());
  readonly #handles = new Set<IncomingHandle>();
  #flow: Flow | undefined;
  /** The server may still hold it. */
  #leaving: SubscriptionId | undefined;
  /** It ended while its subscription was being answered. */
  readonly #ended = new Set<SubscriptionId>();
  #held = true;
  #closed = false;
  #muted: boolean;
  #visible = false;
  #layer: number | undefined;
  #presented = false;
  #starved = false;
  #reception: Reception = 'idle';
  #lingerTimer: ReturnType<typeof setTimeout> | undefined;
  #layerTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(streamId: StreamId, kind: 'audio' | 'video', side: ReceivingSide, muted: boolean) {
    this.streamId = streamId;
    this.#kind = kind;
    this.#side = side;
    this.#muted = muted;
  }

  get track(): MediaStreamTrack | null {
    return this.#flow?.consumer.track ?? null;
  }

  createHandle(): Incoming {
    const handle = new IncomingHandle(this);
    this.#handles.add(handle);
    this.#held = true;
    // Who shows it has a moment to say how large.
    clearTimeout(this.#lingerTimer);
    this.#lingerTimer = undefined;
    this.handleWidths();
    this.#reconciler.restart();
    return handle;
  }

  handleReleased(handle: IncomingHandle): void {
    this.#handles.delete(handle);
    this.handleWidths();
  }

  handleWidths(): void {
    if (this.#closed) return;
    const pixels = Math.max(0, ...[...this.#handles].map((handle) => handle.width));
    if (pixels === 0) {
      this.#lingerTimer ??= setTimeout(() => this.#handleOutOfSight(), LINGER_MS);
      return;
    }
    clearTimeout(this.#lingerTimer);
    this.#lingerTimer = undefined;
    const layer = this.#kind === 'video' ? chooseLayer(pixels, this.#layer) : undefined;
    clearTimeout(this.#layerTimer);
    if (this.#visible && layer !== this.#layer) {
      this.#layerTimer = setTimeout(() => this.#setLayer(layer), LAYER_DELAY_MS);
    } else if (!this.#visible) {
      this.#visible = true;
      this.#setLayer(layer);
      this.report();
    }
  }

  handlePresented(): void {
    if (!this.#visible || !this.#flow) return;
    this.#presented = true;
    this.report();
  }

  handleLayer(id: SubscriptionId, layer: number | null): void {
    // Paused, nothing flows by our own wish.
    if (this.#flow?.id !== id || this.#flow.paused) return;
    this.#starved = layer === null;
    this.report();
  }

  handleMuted(muted: boolean): void {
    if (this.#muted === muted) return;
    this.#muted = muted;
    this.#starved = false;
    if (!muted && this.#kind === 'video' && this.#flow) {
      // What is shown is from before the mute.
      this.#presented = false;
      this.#tellTrack(this.#flow.consumer.track);
    }
    this.report();
  }

  handleEnded(id: SubscriptionId): void {
    if (this.#flow === undefined) this.#ended.add(id);
    if (this.#flow?.id !== id) return;
    this.#drop();
    this.#reconciler.restart(LINGER_MS);
  }

  /** The connection is up again. */
  resume(): void {
    this.#reconciler.restart();
  }

  /** The transport is gone, and all of it with it. */
  reset(delayMs: number): void {
    this.#drop();
    this.#leaving = undefined;
    this.#ended.clear();
    this.#reconciler.restart(delayMs);
  }

  /** For good: the stream is no more in the room, or the room is left. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#reconciler.close();
    clearTimeout(this.#lingerTimer);
    clearTimeout(this.#layerTimer);
    this.#visible = false;
    this.#drop();
  }

  report(): void {
    const reception = this.#describe();
    if (reception === this.#reception) return;
    this.#reception = reception;
    this.#side.received(this.streamId, reception);
  }

  #describe(): Reception {
    if (!this.#visible || this.#closed || this.#muted) return 'idle';
    if (this.#starved || this.#side.interrupted) return 'starved';
    return this.#presented ? 'playing' : 'waiting';
  }

  #handleOutOfSight(): void {
    this.#lingerTimer = undefined;
    this.#held = this.#handles.size > 0;
    this.#visible = false;
    this.#layer = undefined;
    clearTimeout(this.#layerTimer);
    this.#clearMarks();
    this.#reconciler.restart();
  }

  #setLayer(layer: number | undefined): void {
    this.#layer = layer;
    this.#reconciler.poke();
  }

  #clearMarks(): void {
    this.#presented = false;
    this.#starved = false;
    this.report();
  }

  #drop(): void {
    const flow = this.#flow;
    if (!flow) {
      this.report();
      return;
    }
    this.#flow = undefined;
    flow.consumer.close();
    this.#tellTrack(null);
    this.#clearMarks();
  }

  #tellTrack(track: MediaStreamTrack | null): void {
    for (const handle of this.#handles) handle.tell(track);
  }

  async #step(): Promise<'settled' | 'again'> {
    if (!this.#held && this.#flow) {
      this.#leaving = this.#flow.id;
      this.#drop();
    }
    if (!this.#side.up) return 'settled';
    if (this.#leaving !== undefined) {
      const subscriptionId = this.#leaving;
      this.#leaving = undefined;
      // Gone already, or going with the connection: either way it does not flow.
      await this.#side.signaling.request('unsubscribe', { subscriptionId }).catch(() => {});
      return 'again';
    }
    if (!this.#held) {
      this.#side.finished(this);
      return 'settled';
    }
    return this.#flow ? this.#adjust(this.#flow) : this.#subscribe();
  }

  async #subscribe(): Promise<'settled' | 'again'> {
    const link = this.#side.link();
    const { transport, id: transportId, device } = await link.open();
    if (link.closed) return 'again';
    const rtpCapabilities = toWireRtpCapabilities(device.recvRtpCapabilities);
    const reply = await this.#side.together(this.#ask(link, { transportId, streamId: this.streamId, rtpCapabilities }));
    if (link.closed || this.#closed || this.#ended.delete(reply.subscriptionId)) return 'again';
    const consumer = await transport.consume({
      id: reply.subscriptionId,
      producerId: this.streamId,
      kind: reply.kind,
      rtpParameters: fromWireRtpParameters(reply.rtpParameters),
    });
    if (link.closed || this.#closed || this.#ended.delete(reply.subscriptionId)) {
      consumer.close();
      return 'again';
    }
    this.#flow = { link, consumer, id: reply.subscriptionId, paused: true, layer: undefined };
    this.#tellTrack(consumer.track);
    return 'again';
  }

  async #ask(link: TransportLink, data: RequestData<'subscribe'>): Promise<ReplyData<'subscribe'>> {
    try {
      return await this.#side.signaling.request('subscribe', data);
    } catch (error) {
      // The server holds one whose answer was lost. Only a new transport makes it let go.
      if (refusalCode(error) === 'conflict') link.abandon();
      throw error;
    }
  }

  async #adjust(flow: Flow): Promise<'settled' | 'again'> {
    const paused = !this.#visible;
    const layer = this.#layer;
    const pausing = flow.paused !== paused;
    const layering = !paused && layer !== undefined && flow.layer !== layer;
    if (!pausing && !layering) return 'settled';
    await this.#side.signaling.request('setSubscription', {
      subscriptionId: flow.id,
      ...(pausing && { paused }),
      ...(layering && { spatialLayer: layer }),
    });
    flow.paused = paused;
    if (layering) flow.layer = layer;
    return 'again';
  }
}

class IncomingHandle implements Incoming {
  readonly #subscription: Subscription;
  readonly #listeners: ((track: MediaStreamTrack | null) => void)[] = [];
  #released = false;
  width = 0;

  constructor(subscription: Subscription) {
    this.#subscription = subscription;
  }

  onTrack(listener: (track: MediaStreamTrack | null) => void): void {
    if (this.#released) return;
    this.#listeners.push(listener);
    const { track } = this.#subscription;
    if (track) listener(track);
  }

  tell(track: MediaStreamTrack | null): void {
    for (const listener of this.#listeners) listener(track);
  }

  setWidth(pixels: number): void {
    if (this.#released || this.width === pixels) return;
    this.width = pixels;
    this.#subscription.handleWidths();
  }

  presented(): void {
    if (!this.#released) this.#subscription.handlePresented();
  }

  release(): void {
    if (this.#released) return;
    this.#released = true;
    this.#listeners.length = 0;
    this.#subscription.handleReleased(this);
  }
}
