import type { Store } from '../../store/store.ts';
import type { IlsStage } from '../stage/stage.ts';
import type { IlsTile } from '../tile/tile.ts';

/** How often to look whether the stage has its pictures. */
const LOOK_MS = 30;
/** Once the main picture is there, the others have so long to come along. */
const COMPANIONS_MS = 300;
/** A programme that begins may stop once more for want of media: it must have run so long without. Seconds. */
const STEADY = 0.4;
/** One that stops again and again is shown as it is. */
const UNSTEADY_MS = 3_000;
/** The first frames of a stage come in fits, while its buffers find their length: so many must come one upon the other. */
const FRAMES_IN_A_ROW = 5;
const NEXT_TO_EACH_OTHER_MS = 70;
/** Slides that hardly ever change are shown as they are. */
const UNSTEADY_STAGE_MS = 1_000;

/** Resolves once the video runs; rejects when `signal` aborts. */
export async function awaitPicture(video: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  await nextFrame(video, signal);
  const giveUpAt = performance.now() + UNSTEADY_MS;
  let since = video.currentTime;
  const over = new AbortController();
  video.addEventListener('waiting', () => (since = video.currentTime), { signal: over.signal });
  try {
    do await nextFrame(video, signal);
    while (video.currentTime - since < STEADY && !video.ended && performance.now() < giveUpAt);
  } finally {
    over.abort();
  }
}

/** Resolves once the pictures of the stage have been presented, or if there is nobody to be seen; rejects when `signal` aborts. */
export async function awaitStage(stage: () => IlsStage | null, store: Store, signal: AbortSignal): Promise<void> {
  let since: number | undefined;
  for (;;) {
    await later(LOOK_MS, signal);
    const tiles = [...(stage()?.shadowRoot?.querySelectorAll<IlsTile>('ils-tile') ?? [])];
    if (!showsAnybody(store) && tiles.length > 0) return;
    const main = stage()?.mainVideo ?? null;
    if (main === null) continue;
    since ??= performance.now();
    if (tiles.every((tile) => tile.video !== null) || performance.now() - since > COMPANIONS_MS) {
      await awaitSteadyFrames(main, signal);
      return;
    }
  }
}

async function awaitSteadyFrames(video: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  const enough = AbortSignal.timeout(UNSTEADY_STAGE_MS);
  await nextFrame(video, signal);
  try {
    for (let row = 1, last = performance.now(); row < FRAMES_IN_A_ROW; row += 1) {
      await nextFrame(video, AbortSignal.any([signal, enough]));
      const now = performance.now();
      if (now - last > NEXT_TO_EACH_OTHER_MS) row = 0;
      last = now;
    }
  } catch {
    signal.throwIfAborted();
  }
}

function showsAnybody(store: Store): boolean {
  return [...store.stage.streams.peek().values()].some(({ kind, muted }) => kind === 'video' && !muted);
}

function nextFrame(video: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const done = new AbortController();
    const finish = () => {
      done.abort();
      resolve();
    };
    signal.addEventListener('abort', () => reject(signal.reason), { signal: done.signal });
    if ('requestVideoFrameCallback' in video) {
      const handle = video.requestVideoFrameCallback(finish);
      signal.addEventListener('abort', () => video.cancelVideoFrameCallback(handle), { signal: done.signal });
    }
    // A hidden page draws no frames, and a browser without such callbacks tells of none.
    video.addEventListener(
      'timeupdate',
      () => {
        if (document.hidden || !('requestVideoFrameCallback' in video)) finish();
      },
      { signal: done.signal },
    );
  });
}

function later(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const handleAbort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', handleAbort);
      resolve();
    }, delayMs);
    signal.addEventListener('abort', handleAbort, { once: true });
  });
}
