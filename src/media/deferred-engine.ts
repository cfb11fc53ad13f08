import type { SignalData, SentSource, StreamId } from '../protocol/index.ts';
import type { Incoming, MediaEngine, OutgoingSource } from './media-engine.ts';

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 8_000;

/** Stands for an engine that is fetched when it is first needed, and tells it then all that was asked meanwhile. */
export class DeferredEngine implements MediaEngine {
  readonly #load: () => Promise<MediaEngine>;
  readonly #handles = new Set<DeferredIncoming>();
  readonly #muted = new Set<StreamId>();
  #engine: MediaEngine | undefined;
  #loading = false;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #outgoing: ReadonlyMap<SentSource, OutgoingSource> = new Map();
  #watching = true;
  #connected = false;
  #closed = false;

  constructor(load: () => Promise<MediaEngine>) {
    this.#load = load;
  }

  /** It is there. */
  get ready(): boolean {
    return this.#engine !== undefined;
  }

  /** Fetches the engine now, if it is not there. A fetch that fails is tried again as long as the room is open. */
  preload(): void {
    if (this.#closed || this.#loading || this.#engine) return;
    this.#loading = true;
    clearTimeout(this.#timer);
    this.#load().then(
      (engine) => this.#handleLoaded(engine),
      (error: unknown) => this.#handleFailure(error),
    );
  }

  setOutgoing(sources: ReadonlyMap<SentSource, OutgoingSource>): void {
    this.#outgoing = sources;
    this.#engine?.setOutgoing(sources);
    if (sources.size > 0) this.preload();
  }

  setWatching(watching: boolean): void {
    this.#watching = watching;
    this.#engine?.setWatching(watching);
    if (watching && this.#connected) this.preload();
  }

  receive(streamId: StreamId, kind: 'audio' | 'video'): Incoming {
    const handle: DeferredIncoming = new DeferredIncoming(
      (engine) => engine.receive(streamId, kind),
      () => this.#handles.delete(handle),
    );
    if (this.#engine) handle.begin(this.#engine);
    else this.#handles.add(handle);
    if (this.#watching && this.#connected) this.preload();
    return handle;
  }

  forget(streamId: StreamId): void {
    this.#muted.delete(streamId);
    this.#engine?.forget(streamId);
  }

  streamMuted(streamId: StreamId, muted: boolean): void {
    if (muted) this.#muted.add(streamId);
    else this.#muted.delete(streamId);
    this.#engine?.streamMuted(streamId, muted);
  }

  connected(kept: boolean): void {
    this.#connected = true;
    if (this.#engine) this.#engine.connected(kept);
    else if (this.#watching || this.#outgoing.size > 0) this.preload();
  }

  disconnected(): void {
    this.#connected = false;
    this.#engine?.disconnected();
  }

  mediaReset(data: SignalData<'mediaReset'>): void {
    this.#engine?.mediaReset(data);
  }

  subscriptionEnded(data: SignalData<'subscriptionEnded'>): void {
    this.#engine?.subscriptionEnded(data);
  }

  subscriptionLayerChanged(data: SignalData<'subscriptionLayerChanged'>): void {
    this.#engine?.subscriptionLayerChanged(data);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#handles.clear();
    this.#engine?.close();
  }

  #handleLoaded(engine: MediaEngine): void {
    if (this.#closed) {
      engine.close();
      return;
    }
    this.#engine = engine;
    engine.setWatching(this.#watching);
    engine.setOutgoing(this.#outgoing);
    for (const streamId of this.#muted) engine.streamMuted(streamId, true);
    // It has nothing on the server yet, whatever the connection kept.
    if (this.#connected) engine.connected(false);
    for (const handle of this.#handles) handle.begin(engine);
    this.#handles.clear();
  }

  #handleFailure(error: unknown): void {
    this.#loading = false;
    if (this.#closed) return;
    // Nobody asked for it by name who could be told.
    if (this.#failures === 0) globalThis.reportError?.(error);
    const delayMs = Math.min(FIRST_DELAY_MS * 2 ** this.#failures, LONGEST_DELAY_MS);
    this.#failures += 1;
    this.#timer = setTimeout(() => this.preload(), delayMs);
  }
}

class DeferredIncoming implements Incoming {
  readonly #receive: (engine: MediaEngine) => Incoming;
  readonly #dropped: () => void;
  readonly #listeners: ((track: MediaStreamTrack | null) => void)[] = [];
  #incoming: Incoming | undefined;
  #width = 0;

  constructor(receive: (engine: MediaEngine) => Incoming, dropped: () => void) {
    this.#receive = receive;
    this.#dropped = dropped;
  }

  begin(engine: MediaEngine): void {
    this.#incoming = this.#receive(engine);
    for (const listener of this.#listeners) this.#incoming.onTrack(listener);
    this.#incoming.setWidth(this.#width);
  }

  onTrack(listener: (track: MediaStreamTrack | null) => void): void {
    if (this.#incoming) this.#incoming.onTrack(listener);
    else this.#listeners.push(listener);
  }

  setWidth(pixels: number): void {
    this.#width = pixels;
    this.#incoming?.setWidth(pixels);
  }

  presented(): void {
    this.#incoming?.presented();
  }

  release(): void {
    this.#listeners.length = 0;
    this.#incoming?.release();
    this.#dropped();
  }
}
