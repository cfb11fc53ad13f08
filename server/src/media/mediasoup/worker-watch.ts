import type { types } from 'mediasoup';

const INTERVAL_MS = 1_000;
/** Looks in vain before a worker is given up. */
const PATIENCE = 4;

/**
 * Calls `handleSilence` once when a worker that runs has answered nothing for four to five seconds. Time is counted in
 * looks: while this process stands still itself there are none.
 */
export function watchWorker(worker: types.Worker, handleSilence: () => void): void {
  let isAsking = false;
  let silence = 0;
  const ask = async () => {
    isAsking = true;
    // Nothing is cheaper to answer.
    await worker.getResourceUsage().catch(() => {});
    isAsking = false;
    silence = 0;
  };
  const look = () => {
    if (!isAsking) {
      void ask();
      return;
    }
    silence += 1;
    if (silence < PATIENCE) return;
    clearInterval(looking);
    handleSilence();
  };
  const looking = setInterval(look, INTERVAL_MS);
  worker.observer.once('close', () => clearInterval(looking));
}
