import { onPresentedFrame } from './attachment.ts';

/**
 * One way of getting the programme into a video element: by WebRTC, or by HLS.
 * Whoever holds two of them starts the new one behind the old picture, awaits its first presented frame, swaps once and stops the old one.
 */
export interface PlaybackEngine {
  /** Begins to play in `element`; resolves when the first frame has been presented there, rejects once `signal` aborts. */
  start(element: HTMLVideoElement, signal: AbortSignal): Promise<void>;
  /** Ends it and leaves the element empty. Any number of times. */
  stop(): void;
}

/** Plays what `attach` puts into the element, a stream of the room. */
export class StreamPlayback implements PlaybackEngine {
  readonly #attach: (element: HTMLVideoElement) => () => void;
  #release = () => {};

  constructor(attach: (element: HTMLVideoElement) => () => void) {
    this.#attach = attach;
  }

  start(element: HTMLVideoElement, signal: AbortSignal): Promise<void> {
    this.stop();
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const stopWaiting = onPresentedFrame(element, resolve);
      signal.addEventListener('abort', () => {
        stopWaiting();
        reject(signal.reason);
      });
      this.#release = this.#attach(element);
    });
  }

  stop(): void {
    this.#release();
    this.#release = () => {};
  }
}

/** Starts `next` in `element` behind whatever is shown, then calls `swap` once and stops `previous`. If `next` never shows a frame, all stays as it was. */
export async function handOver(
  previous: PlaybackEngine | null,
  next: PlaybackEngine,
  element: HTMLVideoElement,
  { swap, signal }: { swap: () => void; signal: AbortSignal },
): Promise<void> {
  try {
    await next.start(element, signal);
  } catch (error) {
    next.stop();
    throw error;
  }
  swap();
  previous?.stop();
}
