import type { Device } from 'mediasoup-client';
import type { SentSource, StreamId } from '../../protocol/index.ts';
import type { MediaObserver, MediaSignaling, OutgoingSource } from '../media-engine.ts';
import { Backoff } from './backoff.ts';
import { Publication, type SendingSide } from './publication.ts';
import { TransportLink } from './transport-link.ts';

/** How long the transport stays open after the last source went off the air. */
const LINGER_MS = 2_000;

/** Everything of ours that goes out, over one transport that exists as long as it is needed. */
export class Outgoing implements SendingSide {
  readonly signaling: MediaSignaling;
  readonly #device: () => Promise<Device>;
  readonly #observer: MediaObserver;
  readonly #publications = new Map<SentSource, Publication>();
  readonly #groups = new Map<string, string>();
  readonly #losses = new Backoff();
  #link: TransportLink | undefined;
  #up = false;
  #lingerTimer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(signaling: MediaSignaling, device: () => Promise<Device>, observer: MediaObserver) {
    this.signaling = signaling;
    this.#device = device;
    this.#observer = observer;
  }

  get up(): boolean {
    return this.#up;
  }

  set(sources: ReadonlyMap<SentSource, OutgoingSource>): void {
    if (this.#closed) return;
    for (const source of sources.keys())
      if (!this.#publications.has(source)) this.#publications.set(source, new Publication(source, this));
    for (const [source, publication] of this.#publications) publication.want(sources.get(source));
    this.#lingerOrStay();
  }

  connected(kept: boolean): void {
    this.#up = true;
    if (!kept) this.reset();
    this.#link?.resume();
    for (const publication of this.#publications.values()) publication.resume();
  }

  disconnected(): void {
    this.#up = false;
  }

  /** The server has nothing of ours any more. */
  reset(delayMs = 0): void {
    this.#link?.close();
    this.#link = undefined;
    for (const publication of this.#publications.values()) publication.reset(delayMs);
  }

  forget(streamId: StreamId): void {
    this.#byId(streamId)?.forget();
  }

  streamMuted(streamId: StreamId, muted: boolean): void {
    this.#byId(streamId)?.handleMuted(muted);
  }

  link(): TransportLink {
    this.#link ??= this.#createLink();
    return this.#link;
  }

  groupOf(source: SentSource): string {
    const isScreen = source === 'screen' || source === 'screenAudio';
    const group = isScreen ? 'screen' : source === 'talkback' ? source : 'camera';
    let id = this.#groups.get(group);
    if (id === undefined) {
      // The browser's own unique name; `crypto.randomUUID` is missing on pages without TLS.
      id = new MediaStream().id;
      this.#groups.set(group, id);
    }
    return id;
  }

  published(source: SentSource, published: boolean): void {
    if (this.#closed) return;
    this.#observer.published(source, published);
  }

  changed(): void {
    this.#lingerOrStay();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#lingerTimer);
    for (const publication of this.#publications.values()) publication.close();
    this.#link?.close();
  }

  #byId(streamId: StreamId): Publication | undefined {
    return [...this.#publications.values()].find((publication) => publication.streamId === streamId);
  }

  #lingerOrStay(): void {
    clearTimeout(this.#lingerTimer);
    if (!this.#link || [...this.#publications.values()].some((publication) => !publication.idle)) return;
    this.#lingerTimer = setTimeout(() => {
      this.#link?.close();
      this.#link = undefined;
    }, LINGER_MS);
  }

  #createLink(): TransportLink {
    const link: TransportLink = new TransportLink({
      direction: 'send',
      signaling: this.signaling,
      device: this.#device,
      flowing: () => this.#losses.clear(),
      lost: () => {
        if (this.#link === link) this.reset(this.#losses.nextDelayMs());
      },
      published: (source, streamId) => this.#publications.get(source)?.handleGivenId(streamId),
    });
    return link;
  }
}
