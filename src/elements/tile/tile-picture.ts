import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Puts a picture into the element until the returned function is called. */
export type Attach = (video: HTMLVideoElement) => () => void;

/**
 * The picture of one tile: attached for as long as the host is in the page, told apart by its key,
 * and shown only from its first presented frame on, so that there is never a black one.
 */
export class TilePicture implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #video: () => HTMLVideoElement | null | undefined;
  #key: unknown;
  #detach: (() => void) | undefined;
  #stopWaiting: (() => void) | undefined;
  #hasFrame = false;

  constructor(host: ReactiveControllerHost & HTMLElement, video: () => HTMLVideoElement | null | undefined) {
    this.#host = host;
    this.#video = video;
    host.addController(this);
  }

  /** Whether a frame of the present picture has been seen. */
  get hasFrame(): boolean {
    return this.#hasFrame;
  }

  /** Shows what `attach` brings, unless that is shown already by the same `key`. */
  show(key: string, source: unknown, attach: Attach): void {
    const video = this.#video();
    if (!video || !this.#host.isConnected) return;
    const whole = `${key}@${identityOf(source)}`;
    if (this.#key === whole) return;
    this.clear();
    this.#key = whole;
    this.#detach = attach(video);
    this.#awaitFrame(video);
  }

  /** What is shown was dark for a while: the old frame must not come back before a new one. */
  hide(): void {
    const video = this.#video();
    if (!video || this.#detach === undefined) return;
    this.#awaitFrame(video);
  }

  clear(): void {
    this.#key = undefined;
    this.#stopWaiting?.();
    this.#stopWaiting = undefined;
    this.#hasFrame = false;
    this.#detach?.();
    this.#detach = undefined;
  }

  hostDisconnected(): void {
    // A move through the page takes the element out and puts it back within one task.
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.clear();
    });
  }

  #awaitFrame(video: HTMLVideoElement): void {
    this.#stopWaiting?.();
    this.#hasFrame = false;
    this.#stopWaiting = onNextFrame(video, () => {
      this.#stopWaiting = undefined;
      this.#hasFrame = true;
      this.#host.requestUpdate();
    });
  }
}

function onNextFrame(video: HTMLVideoElement, listener: () => void): () => void {
  if ('requestVideoFrameCallback' in video) {
    const handle = video.requestVideoFrameCallback(listener);
    return () => video.cancelVideoFrameCallback(handle);
  }
  const scope = new AbortController();
  (video as HTMLMediaElement).addEventListener('timeupdate', listener, { once: true, signal: scope.signal });
  return () => scope.abort();
}

const identities = new WeakMap<object, number>();
let lastIdentity = 0;

/** Tells two rooms apart whose streams have the same ids. */
function identityOf(source: unknown): number {
  if (typeof source !== 'object' || source === null) return 0;
  let identity = identities.get(source);
  if (identity === undefined) identities.set(source, (identity = ++lastIdentity));
  return identity;
}
