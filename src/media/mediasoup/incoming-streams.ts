import type { Device } from 'mediasoup-client';
import type { StreamId, SubscriptionId } from '../../protocol/index.ts';
import type { Incoming, MediaObserver, MediaSignaling, Reception } from '../media-engine.ts';
import { AnswersTogether } from './answers-together.ts';
import { Backoff } from './backoff.ts';
import { Subscription, type ReceivingSide } from './subscription.ts';
import { TransportLink } from './transport-link.ts';

/** Everything of others that comes in, over one transport. */
export class IncomingStreams implements ReceivingSide {
  readonly signaling: MediaSignaling;
  readonly #device: () => Promise<Device>;
  readonly #observer: MediaObserver;
  readonly #subscriptions = new Map<StreamId, Subscription>();
  readonly #muted = new Set<StreamId>();
  readonly #losses = new Backoff();
  readonly #answers = new AnswersTogether();
  #link: TransportLink | undefined;
  #linkTimer: ReturnType<typeof setTimeout> | undefined;
  #connected = false;
  #watching = true;
  #interrupted = false;
  #closed = false;

  constructor(signaling: MediaSignaling, device: () => Promise<Device>, observer: MediaObserver) {
    this.signaling = signaling;
    this.#device = device;
    this.#observer = observer;
  }

  get up(): boolean {
    return this.#connected && this.#watching && !this.#closed;
  }

  get interrupted(): boolean {
    return this.#interrupted;
  }

  setWatching(watching: boolean): void {
    if (this.#watching === watching) return;
    this.#watching = watching;
    this.reset();
  }

  receive(streamId: StreamId, kind: 'audio' | 'video'): Incoming {
    let subscription = this.#subscriptions.get(streamId);
    if (!subscription) {
      subscription = new Subscription(streamId, kind, this, this.#muted.has(streamId));
      this.#subscriptions.set(streamId, subscription);
    }
    return subscription.createHandle();
  }

  forget(streamId: StreamId): void {
    this.#subscriptions.get(streamId)?.close();
    this.#subscriptions.delete(streamId);
    this.#muted.delete(streamId);
  }

  streamMuted(streamId: StreamId, muted: boolean): void {
    if (muted) this.#muted.add(streamId);
    else this.#muted.delete(streamId);
    this.#subscriptions.get(streamId)?.handleMuted(muted);
  }

  connected(kept: boolean): void {
    this.#connected = true;
    if (!kept) this.reset();
    this.#link?.resume();
    this.#openAhead();
    for (const subscription of this.#subscriptions.values()) subscription.resume();
  }

  disconnected(): void {
    this.#connected = false;
  }

  /** The server has nothing of ours any more. */
  reset(delayMs = 0): void {
    clearTimeout(this.#linkTimer);
    this.#link?.close();
    this.#link = undefined;
    this.#interrupted = false;
    if (delayMs > 0) this.#linkTimer = setTimeout(() => this.#openAhead(), delayMs);
    else this.#openAhead();
    for (const subscription of this.#subscriptions.values()) subscription.reset(delayMs);
  }

  subscriptionEnded(streamId: StreamId, id: SubscriptionId): void {
    this.#subscriptions.get(streamId)?.handleEnded(id);
  }

  layerChanged(streamId: StreamId, id: SubscriptionId, layer: number | null): void {
    this.#subscriptions.get(streamId)?.handleLayer(id, layer);
  }

  link(): TransportLink {
    this.#link ??= this.#createLink();
    return this.#link;
  }

  together<T>(asking: Promise<T>): Promise<T> {
    return this.#answers.wait(asking);
  }

  received(streamId: StreamId, reception: Reception): void {
    if (!this.#closed) this.#observer.received(streamId, reception);
  }

  finished(subscription: Subscription): void {
    if (this.#subscriptions.get(subscription.streamId) !== subscription) return;
    this.#subscriptions.delete(subscription.streamId);
    subscription.close();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#linkTimer);
    for (const subscription of this.#subscriptions.values()) subscription.close();
    this.#subscriptions.clear();
    this.#link?.close();
  }

  /** Whoever watches will receive: the transport need not wait for the first stream. */
  #openAhead(): void {
    if (!this.up) return;
    // A failure is the link's to report, by `lost`.
    this.link()
      .open()
      .catch(() => {});
  }

  #createLink(): TransportLink {
    const link: TransportLink = new TransportLink({
      direction: 'receive',
      signaling: this.signaling,
      device: this.#device,
      flowing: (flows) => {
        if (this.#link !== link) return;
        if (flows) this.#losses.clear();
        this.#interrupted = !flows;
        for (const subscription of this.#subscriptions.values()) subscription.report();
      },
      lost: () => {
        if (this.#link === link) this.reset(this.#losses.nextDelayMs());
      },
    });
    return link;
  }
}
