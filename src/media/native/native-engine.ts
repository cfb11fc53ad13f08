import type { ProgramTimeline, ProgramTracks } from '../../store/playback.ts';
import type { PlaybackEngine, PlaybackObserver, PlaybackRequest } from '../playback-engine.ts';
import { pauseUntilOnline } from '../program/pause.ts';
import { peekPlaylist } from '../program/peek.ts';
import { isPlaylist } from '../program/support.ts';

const POLL_MS = 1_500;
const LONGEST_POLL_MS = 5_000;
/** So near to the end of what there is, nobody would say that they watch an earlier moment. Seconds. */
const AT_LIVE = 6;

/** Safari's elements know when their programme was made. */
interface DatedVideo extends HTMLVideoElement {
  getStartDate?(): Date;
}

/** Plays what the browser plays by itself: files, and HLS in Safari. */
export class NativeEngine implements PlaybackEngine {
  readonly #request: PlaybackRequest;
  readonly #observer: PlaybackObserver;
  readonly #stopped = new AbortController();
  #url: string;
  #behind: number | null;
  #element: DatedVideo | undefined;
  #opening = new AbortController();

  constructor(request: PlaybackRequest, observer: PlaybackObserver) {
    this.#request = request;
    this.#observer = observer;
    this.#url = request.url;
    this.#behind = request.behind;
  }

  start(element: HTMLVideoElement): void {
    this.#element = element;
    const { signal } = this.#stopped;
    element.addEventListener('error', () => void this.#handleError(), { signal });
    element.addEventListener('loadedmetadata', () => this.#startBehind(), { signal });
    const tell = () => this.#observer.tracksChanged(this.#tracks());
    for (const type of ['addtrack', 'removetrack', 'change'] as const)
      element.textTracks.addEventListener(type, tell, { signal });
    this.#reopen();
  }

  timeline(): ProgramTimeline | null {
    const element = this.#element;
    if (element === undefined || element.seekable.length === 0) return null;
    const { seekable, currentTime: position, duration } = element;
    const end = seekable.end(seekable.length - 1);
    const live = duration === Number.POSITIVE_INFINITY;
    return { live, position, start: seekable.start(0), end, atLive: live && end - position < AT_LIVE };
  }

  programTime(): number | null {
    const start = this.#element?.getStartDate?.().getTime() ?? Number.NaN;
    return Number.isNaN(start) || this.#element === undefined ? null : start + this.#element.currentTime * 1_000;
  }

  seek(position: number): void {
    const timeline = this.timeline();
    if (timeline === null || this.#element === undefined) return;
    this.#element.currentTime = Math.min(timeline.end, Math.max(timeline.start, position));
  }

  goLive(): void {
    const timeline = this.timeline();
    if (timeline?.live === true) this.seek(timeline.end);
  }

  /** The browser decides by itself. */
  chooseLevel(): void {}

  chooseCaption(id: string | null): void {
    const tracks = this.#element?.textTracks ?? [];
    for (const [index, track] of [...tracks].entries()) track.mode = String(index) === id ? 'showing' : 'disabled';
    this.#observer.tracksChanged(this.#tracks());
  }

  retry(): void {
    this.#reopen();
  }

  /** The browser keeps its own distance from live. */
  setHeld(): void {}

  stop(): void {
    if (this.#stopped.signal.aborted) return;
    this.#stopped.abort();
    this.#opening.abort();
    this.#element?.removeAttribute('src');
    this.#element?.load();
  }

  #reopen(): void {
    this.#opening.abort();
    this.#opening = new AbortController();
    // What ends an opening is another one, or the end.
    this.#open(this.#opening.signal).catch(() => undefined);
  }

  async #open(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#observer.loading();
    while (isPlaylist(this.#url)) {
      const peek = await peekPlaylist(this.#url, signal);
      if (peek.kind === 'ready') break;
      if (peek.kind === 'broken') {
        this.#observer.failed('broken');
        return;
      }
      if (peek.kind === 'expired') {
        const url = await this.#request.renewUrl(this.#url).catch(() => null);
        signal.throwIfAborted();
        if (url === null) {
          this.#observer.failed('expired');
          return;
        }
        this.#url = url;
        continue;
      }
      this.#observer.waiting();
      const wanted = peek.kind === 'absent' ? (peek.retryAfterMs ?? POLL_MS) : POLL_MS;
      await pauseUntilOnline(Math.min(wanted, LONGEST_POLL_MS), signal);
    }
    if (this.#element === undefined) return;
    this.#observer.loading();
    this.#element.src = this.#url;
  }

  async #handleError(): Promise<void> {
    const code = this.#element?.error?.code;
    const { signal } = this.#opening;
    if (code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED && !isPlaylist(this.#url)) {
      this.#observer.failed(await this.#whyNot());
      return;
    }
    const timeline = this.timeline();
    if (timeline) this.#behind = timeline.atLive ? null : timeline.end - timeline.position;
    await pauseUntilOnline(POLL_MS, signal).catch(() => undefined);
    if (!signal.aborted) this.#reopen();
  }

  /** A file that is missing looks to the element like one that it cannot read. */
  async #whyNot(): Promise<'notFound' | 'expired' | 'unsupported'> {
    const response = await fetch(this.#url, { method: 'HEAD' }).catch(() => undefined);
    if (response?.status === 404) return 'notFound';
    return response?.status === 401 || response?.status === 403 ? 'expired' : 'unsupported';
  }

  #startBehind(): void {
    const timeline = this.timeline();
    if (this.#behind !== null && timeline) this.seek(timeline.end - this.#behind);
    this.#behind = null;
  }

  #tracks(): ProgramTracks {
    const tracks = [...(this.#element?.textTracks ?? [])];
    const showing = tracks.findIndex(({ mode }) => mode === 'showing');
    return {
      levels: [],
      level: null,
      playing: null,
      captions: tracks.map(({ label, language }, index) => ({ id: String(index), label, language })),
      caption: showing < 0 ? null : String(showing),
    };
  }
}
