import type { AutoplayGate } from './autoplay-gate.ts';
import type { Incoming } from './media-engine.ts';

const DEFAULT_ASPECT = 16 / 9;
/** What a picture-in-picture window is taken for where it does not tell its size. */
const FLOATING_WIDTH = 480;

/** Puts a track into a video element. Sound comes by another way, so the element is muted. */
export function showTrack(element: HTMLVideoElement, track: MediaStreamTrack, gate: AutoplayGate): MediaStream {
  const stream = new MediaStream([track]);
  element.playsInline = true;
  element.muted = true;
  element.autoplay = true;
  element.srcObject = stream;
  void gate.play(element);
  return stream;
}

/** Empties the element, unless something else has been put into it since. */
export function clearTrack(element: HTMLVideoElement, shown: MediaStream | null, gate: AutoplayGate): void {
  if (!shown || element.srcObject !== shown) return;
  gate.forget(element);
  element.srcObject = null;
}

/** Calls back once, after the next frame has been presented. Returns how to stop waiting. */
export function onPresentedFrame(element: HTMLVideoElement, listener: () => void): () => void {
  if ('requestVideoFrameCallback' in element) {
    const handle = element.requestVideoFrameCallback(listener);
    return () => element.cancelVideoFrameCallback(handle);
  }
  return onTimeAdvanced(element, listener);
}

function onTimeAdvanced(element: HTMLMediaElement, listener: () => void): () => void {
  const scope = new AbortController();
  const start = element.currentTime;
  element.addEventListener(
    'timeupdate',
    () => {
      if (element.currentTime <= start) return;
      scope.abort();
      listener();
    },
    { signal: scope.signal },
  );
  return () => scope.abort();
}

/**
 * Shows a remote stream in an element: tells how large it is seen, in device pixels, and when its frames come out.
 * Ends when the returned function is called, and leaves the element empty.
 */
export function attachIncoming(incoming: Incoming, element: HTMLVideoElement, gate: AutoplayGate): () => void {
  const attachment = new Attachment(incoming, element, gate);
  return () => attachment.release();
}

class Attachment {
  readonly #incoming: Incoming;
  readonly #element: HTMLVideoElement;
  readonly #gate: AutoplayGate;
  readonly #scope = new AbortController();
  readonly #intersections: IntersectionObserver;
  readonly #sizes: ResizeObserver;
  #inSight = false;
  #floating = false;
  #shown: MediaStream | null = null;
  #width = 0;
  #stopWaiting: (() => void) | undefined;

  constructor(incoming: Incoming, element: HTMLVideoElement, gate: AutoplayGate) {
    this.#incoming = incoming;
    this.#element = element;
    this.#gate = gate;
    const { signal } = this.#scope;
    const measure = () => this.#measure();
    this.#intersections = new IntersectionObserver((entries) => {
      this.#inSight = entries.at(-1)?.isIntersecting ?? false;
      measure();
    });
    this.#sizes = new ResizeObserver(measure);
    this.#intersections.observe(element);
    this.#sizes.observe(element);
    document.addEventListener('visibilitychange', measure, { signal });
    element.addEventListener('resize', measure, { signal });
    element.addEventListener('enterpictureinpicture', () => this.#setFloating(true), { signal });
    element.addEventListener('leavepictureinpicture', () => this.#setFloating(false), { signal });
    this.#floating = document.pictureInPictureElement === element;
    incoming.onTrack((track) => this.#show(track));
  }

  release(): void {
    if (this.#scope.signal.aborted) return;
    this.#scope.abort();
    this.#intersections.disconnect();
    this.#sizes.disconnect();
    this.#stopWaiting?.();
    this.#incoming.release();
    clearTrack(this.#element, this.#shown, this.#gate);
  }

  #show(track: MediaStreamTrack | null): void {
    // A stream that went leaves its last frame until something else comes or the element is given back.
    if (!track) return;
    if (!this.#shows(track)) this.#shown = showTrack(this.#element, track, this.#gate);
    this.#awaitFrame();
  }

  #shows(track: MediaStreamTrack): boolean {
    const { srcObject } = this.#element;
    return srcObject !== null && srcObject === this.#shown && this.#shown.getTracks().includes(track);
  }

  #setFloating(floating: boolean): void {
    this.#floating = floating;
    this.#measure();
  }

  #measure(): void {
    const width = this.#seenWidth();
    const appears = this.#width === 0 && width > 0;
    this.#width = width;
    this.#incoming.setWidth(width);
    if (appears) this.#awaitFrame();
  }

  #awaitFrame(): void {
    this.#stopWaiting?.();
    this.#stopWaiting = undefined;
    if (!this.#shown || this.#width === 0) return;
    this.#stopWaiting = onPresentedFrame(this.#element, () => this.#incoming.presented());
  }

  /** The width that the picture itself has on screen, cropped parts included. */
  #seenWidth(): number {
    const element = this.#element;
    if (this.#floating) return FLOATING_WIDTH * devicePixelRatio;
    if (!this.#inSight || document.visibilityState === 'hidden') return 0;
    const { clientWidth, clientHeight, videoWidth, videoHeight } = element;
    const aspect = videoHeight > 0 ? videoWidth / videoHeight : DEFAULT_ASPECT;
    const byHeight = clientHeight * aspect;
    const cropped = getComputedStyle(element).objectFit === 'cover';
    const width = cropped ? Math.max(clientWidth, byHeight) : Math.min(clientWidth, byHeight);
    return Math.round(width * devicePixelRatio);
  }
}
