import type { SignalData, SentSource, StreamId } from '../../protocol/index.ts';
import type { Incoming, MediaEngine, MediaObserver, OutgoingSource, Reception } from '../media-engine.ts';
import { createTestPicture, createTestTone, type GeneratedTrack } from '../test-media.ts';

export interface FakeEngineOptions {
  readonly observer: MediaObserver;
  /** Written into the picture of a stream. */
  readonly nameOf?: (streamId: StreamId) => string;
  /** Pictures a second, 10 unless told otherwise. */
  readonly frameRate?: number;
}

/** An engine without a network: every stream is a generated picture or tone, everything sent is on the air at once. */
export class FakeEngine implements MediaEngine {
  readonly #options: FakeEngineOptions;
  readonly #streams = new Map<StreamId, FakeStream>();
  readonly #muted = new Set<StreamId>();
  readonly #published = new Set<SentSource>();
  #outgoing: ReadonlyMap<SentSource, OutgoingSource> = new Map();
  #connected = false;
  #watching = true;
  #closed = false;

  constructor(options: FakeEngineOptions) {
    this.#options = options;
  }

  setOutgoing(sources: ReadonlyMap<SentSource, OutgoingSource>): void {
    this.#outgoing = sources;
    this.#updateSoon();
  }

  setWatching(watching: boolean): void {
    this.#watching = watching;
    this.#updateSoon();
  }

  receive(streamId: StreamId, kind: 'audio' | 'video'): Incoming {
    let stream = this.#streams.get(streamId);
    if (!stream) {
      const { nameOf = () => streamId, frameRate = 10 } = this.#options;
      const generate = () =>
        kind === 'audio' ? createTestTone() : createTestPicture({ name: nameOf(streamId), frameRate });
      stream = new FakeStream(generate, (reception) => {
        if (!this.#closed) this.#options.observer.received(streamId, reception);
      });
      stream.setMuted(this.#muted.has(streamId));
      this.#streams.set(streamId, stream);
    }
    this.#updateSoon();
    return stream.createHandle();
  }

  forget(streamId: StreamId): void {
    this.#streams.get(streamId)?.close();
    this.#streams.delete(streamId);
  }

  streamMuted(streamId: StreamId, muted: boolean): void {
    if (muted) this.#muted.add(streamId);
    else this.#muted.delete(streamId);
    this.#streams.get(streamId)?.setMuted(muted);
  }

  connected(kept: boolean): void {
    this.#connected = true;
    if (!kept) this.mediaReset({ directions: ['send', 'receive'] });
    this.#updateSoon();
  }

  disconnected(): void {
    this.#connected = false;
  }

  mediaReset({ directions }: SignalData<'mediaReset'>): void {
    if (directions.includes('receive')) for (const stream of this.#streams.values()) stream.stop();
    if (directions.includes('send')) for (const source of this.#published) this.#setPublished(source, false);
    this.#updateSoon();
  }

  subscriptionEnded({ streamId }: SignalData<'subscriptionEnded'>): void {
    this.#streams.get(streamId)?.stop();
    this.#updateSoon();
  }

  subscriptionLayerChanged({ streamId, spatialLayer }: SignalData<'subscriptionLayerChanged'>): void {
    this.#streams.get(streamId)?.setStarved(spatialLayer === null);
  }

  close(): void {
    this.#closed = true;
    for (const stream of this.#streams.values()) stream.close();
    this.#streams.clear();
  }

  /** As a real one does, it acts only after whoever asked has finished. */
  #updateSoon(): void {
    queueMicrotask(() => this.#update());
  }

  #update(): void {
    if (this.#closed || !this.#connected) return;
    for (const [source, { track }] of this.#outgoing) if (track) this.#setPublished(source, true);
    for (const source of this.#published) if (!this.#outgoing.has(source)) this.#setPublished(source, false);
    for (const [streamId, stream] of this.#streams) {
      if (!stream.held) this.forget(streamId);
      else if (this.#watching) stream.start();
      else stream.stop();
    }
  }

  #setPublished(source: SentSource, published: boolean): void {
    if (this.#closed || this.#published.has(source) === published) return;
    if (published) this.#published.add(source);
    else this.#published.delete(source);
    this.#options.observer.published(source, published);
  }
}

class FakeStream {
  readonly #generate: () => GeneratedTrack;
  readonly #report: (reception: Reception) => void;
  readonly #handles = new Set<FakeIncoming>();
  #generated: GeneratedTrack | undefined;
  #presented = false;
  #starved = false;
  #muted = false;
  #reception: Reception = 'idle';

  constructor(generate: () => GeneratedTrack, report: (reception: Reception) => void) {
    this.#generate = generate;
    this.#report = report;
  }

  get track(): MediaStreamTrack | null {
    return this.#generated?.track ?? null;
  }

  get held(): boolean {
    return this.#handles.size > 0;
  }

  createHandle(): Incoming {
    const handle = new FakeIncoming(this);
    this.#handles.add(handle);
    return handle;
  }

  start(): void {
    if (this.#generated) return;
    this.#generated = this.#generate();
    for (const handle of this.#handles) handle.tell(this.track);
    this.update();
  }

  stop(): void {
    if (!this.#generated) return;
    this.#generated.stop();
    this.#generated = undefined;
    this.#presented = false;
    this.#starved = false;
    for (const handle of this.#handles) handle.tell(null);
    this.update();
  }

  setMuted(muted: boolean): void {
    if (this.#muted === muted) return;
    this.#muted = muted;
    this.#starved = false;
    if (!muted && this.track?.kind === 'video') {
      this.#presented = false;
      for (const handle of this.#handles) handle.tell(this.track);
    }
    this.update();
  }

  setStarved(starved: boolean): void {
    this.#starved = starved;
    this.update();
  }

  handlePresented(): void {
    if (this.#generated && this.#visible) this.#presented = true;
    this.update();
  }

  handleReleased(handle: FakeIncoming): void {
    this.#handles.delete(handle);
    if (!this.held) this.stop();
    this.update();
  }

  update(): void {
    if (!this.#visible) this.#presented = false;
    const reception = this.#describe();
    if (reception === this.#reception) return;
    this.#reception = reception;
    this.#report(reception);
  }

  close(): void {
    this.stop();
    this.#handles.clear();
    this.update();
  }

  get #visible(): boolean {
    return [...this.#handles].some(({ width }) => width > 0);
  }

  #describe(): Reception {
    if (!this.#visible || this.#muted) return 'idle';
    if (this.#starved) return 'starved';
    return this.#presented ? 'playing' : 'waiting';
  }
}

class FakeIncoming implements Incoming {
  readonly #stream: FakeStream;
  readonly #listeners: ((track: MediaStreamTrack | null) => void)[] = [];
  width = 0;

  constructor(stream: FakeStream) {
    this.#stream = stream;
  }

  onTrack(listener: (track: MediaStreamTrack | null) => void): void {
    this.#listeners.push(listener);
    if (this.#stream.track) listener(this.#stream.track);
  }

  tell(track: MediaStreamTrack | null): void {
    for (const listener of this.#listeners) listener(track);
  }

  setWidth(pixels: number): void {
    this.width = pixels;
    this.#stream.update();
  }

  presented(): void {
    this.#stream.handlePresented();
  }

  release(): void {
    this.#listeners.length = 0;
    this.#stream.handleReleased(this);
  }
}
