import type { ProgramTimeline } from '../../store/playback.ts';
import type { PlaybackEngine, PlaybackObserver, PlaybackRequest } from '../playback-engine.ts';
import { pauseUntilOnline } from '../program/pause.ts';
import { HlsSession } from './hls-session.ts';
import { loadWholeHls } from './load-hls.ts';
import { loadLeanHls } from './load-lean-hls.ts';
import { peekPlaylist } from '../program/peek.ts';
import { remedyFor, type FatalError, type Remedy } from './remedy.ts';

/** How often to look for a programme that is not there yet, and to try again what broke. */
const POLL_MS = 1_500;
const LONGEST_POLL_MS = 5_000;
const TICK_MS = 250;
/** A tick so late means that the machine slept. */
const SLEPT_MS = 5_000;
/** The picture stands still though nothing was said: fetch on, and if that does not help, begin anew. */
const STALL_MS = 4_000;
const DEAD_MS = 10_000;
/** Each beginning anew that did not help waits longer for the next: the link, or the machine, may be slow. */
const LONGEST_DEAD_MS = 60_000;
/** Remedies older than this are forgotten. */
const MEMORY_MS = 30_000;

/** Plays HLS by hls.js, and goes on playing it. */
export class HlsEngine implements PlaybackEngine {
  readonly #request: PlaybackRequest;
  readonly #observer: PlaybackObserver;
  readonly #stopped = new AbortController();
  #url: string;
  #behind: number | null;
  #element: HTMLVideoElement | undefined;
  #session: HlsSession | undefined;
  /** One opening at a time; a later one ends it. */
  #opening = new AbortController();
  #remedies: { readonly remedy: Remedy; readonly at: number }[] = [];
  #held = false;
  #lastTick = 0;
  #lastPosition = -1;
  #movedAt = 0;
  #nudged = false;
  #deadMs = DEAD_MS;

  constructor(request: PlaybackRequest, observer: PlaybackObserver) {
    this.#request = request;
    this.#observer = observer;
    this.#url = request.url;
    this.#behind = request.behind;
  }

  start(element: HTMLVideoElement): void {
    this.#element = element;
    const { signal } = this.#stopped;
    const timer = setInterval(() => this.#tick(), TICK_MS);
    signal.addEventListener('abort', () => clearInterval(timer));
    globalThis.addEventListener('online', () => this.#session?.resume(), { signal });
    this.#lastTick = performance.now();
    this.#reopen();
  }

  timeline(): ProgramTimeline | null {
    return this.#session?.timeline() ?? null;
  }

  programTime(): number | null {
    return this.#session?.programTime() ?? null;
  }

  seek(position: number): void {
    this.#session?.seek(position);
  }

  goLive(): void {
    this.#behind = null;
    this.#session?.goLive();
  }

  chooseLevel(id: string | null): void {
    this.#session?.chooseLevel(id);
  }

  chooseCaption(id: string | null): void {
    this.#session?.chooseCaption(id);
  }

  retry(): void {
    this.#remedies = [];
    this.#reopen();
  }

  setHeld(held: boolean): void {
    this.#held = held;
    if (held) this.#session?.leaveLive();
  }

  stop(): void {
    if (this.#stopped.signal.aborted) return;
    this.#stopped.abort();
    this.#opening.abort();
    this.#session?.end();
    this.#session = undefined;
  }

  #reopen(): void {
    this.#opening.abort();
    this.#opening = new AbortController();
    this.#remember();
    this.#session?.end();
    this.#session = undefined;
    // What ends an opening is another one, or the end.
    this.#open(this.#opening.signal).catch(() => undefined);
  }

  /** Who looked at an earlier moment comes back there. */
  #remember(): void {
    const timeline = this.#session?.timeline();
    if (timeline) this.#behind = timeline.atLive ? null : timeline.end - timeline.position;
  }

  async #open(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#observer.loading();
    for (;;) {
      const peek = await peekPlaylist(this.#url, signal);
      if (peek.kind === 'ready') {
        if (await this.#play(signal)) return;
      } else if (peek.kind === 'broken') {
        this.#observer.failed('broken');
        return;
      } else if (peek.kind === 'expired') {
        if (!(await this.#renew())) return;
        signal.throwIfAborted();
        continue;
      } else this.#observer.waiting();
      const wanted = peek.kind === 'absent' ? (peek.retryAfterMs ?? POLL_MS) : POLL_MS;
      await pauseUntilOnline(Math.min(wanted, LONGEST_POLL_MS), signal);
    }
  }

  /** `false` where the library could not be fetched. */
  async #play(signal: AbortSignal): Promise<boolean> {
    // The captions of the kit's own broadcast come over the wire: `<ils-captions>` shows them.
    const loaded = await (this.#request.own ? loadOwn() : loadForeign()).catch(() => undefined);
    signal.throwIfAborted();
    if (loaded === undefined || this.#element === undefined) return false;
    const { library, extend } = loaded;
    if (!library.isSupported()) {
      this.#observer.failed('unsupported');
      return true;
    }
    this.#observer.loading();
    this.#movedAt = performance.now();
    this.#session = new HlsSession(
      library,
      this.#element,
      { url: this.#url, behind: this.#behind, extend },
      {
        tracksChanged: (tracks) => this.#observer.tracksChanged(tracks),
        failed: (error) => void this.#cure(error, signal),
      },
    );
    return true;
  }

  async #cure(error: FatalError, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const now = performance.now();
    this.#remedies = this.#remedies.filter(({ at }) => now - at < MEMORY_MS);
    const remedy = remedyFor(
      error,
      this.#remedies.map((past) => past.remedy),
    );
    this.#remedies.push({ remedy, at: now });
    switch (remedy) {
      case 'recover':
        this.#session?.recover();
        return;
      case 'give up':
        this.#observer.failed('unsupported');
        return;
      case 'renew':
        if (!(await this.#renew()) || signal.aborted) return;
        break;
      case 'resume':
      case 'restart':
        await pauseUntilOnline(POLL_MS / 2, signal).catch(() => undefined);
        if (signal.aborted) return;
    }
    if (remedy === 'resume') this.#session?.resume();
    else this.#reopen();
  }

  /** `false` where there is no other address: then that has been said. */
  async #renew(): Promise<boolean> {
    const url = await this.#request.renewUrl(this.#url).catch(() => null);
    if (this.#stopped.signal.aborted) return false;
    if (url === null) {
      this.#observer.failed('expired');
      return false;
    }
    this.#url = url;
    return true;
  }

  #tick(): void {
    const now = performance.now();
    const slept = now - this.#lastTick > SLEPT_MS;
    this.#lastTick = now;
    const session = this.#session;
    if (session === undefined) return;
    if (slept) this.#wake(session);
    session.tick();
    this.#watchForStall(session, now);
  }

  #wake(session: HlsSession): void {
    session.resume();
    if (!this.#held && session.timeline()?.atLive === true) session.goLive();
  }

  #watchForStall(session: HlsSession, now: number): void {
    const element = this.#element;
    if (element === undefined) return;
    if (element.paused || element.ended || element.currentTime !== this.#lastPosition) {
      this.#lastPosition = element.currentTime;
      this.#movedAt = now;
      this.#nudged = false;
      if (element.currentTime > 0) this.#deadMs = DEAD_MS;
      return;
    }
    const stoodMs = now - this.#movedAt;
    if (stoodMs > this.#deadMs && navigator.onLine) {
      this.#movedAt = now;
      this.#deadMs = Math.min(LONGEST_DEAD_MS, this.#deadMs * 2);
      this.#reopen();
    } else if (stoodMs > STALL_MS && !this.#nudged) {
      this.#nudged = true;
      session.resume();
      if (session.timeline()?.atLive === true) session.goLive();
    }
  }
}

const loadOwn = async () => ({ library: await loadLeanHls(), extend: undefined });

async function loadForeign() {
  const [library, captions] = await Promise.all([loadWholeHls(), import('./captions.ts')]);
  const extend = (...parts: Parameters<typeof captions.offerLaterCaptions>): void => {
    captions.bringCaptionTracks(...parts);
    captions.offerLaterCaptions(...parts);
  };
  return { library, extend };
}
