/** Time and chance, given in so that tests hold them in hand. */
export interface Clock {
  /** Never goes back. Milliseconds since some point. */
  now(): number;
  /** Milliseconds since the epoch, by this machine. */
  epoch(): number;
  /** Calls back once after `delayMs`; the returned function calls it off. */
  after(delayMs: number, callback: () => void): () => void;
  /** 0 to 1. */
  random(): number;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  epoch: () => Date.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};
