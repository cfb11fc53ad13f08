/** Waits, but no longer than until the browser says that the network is back. Rejects when `signal` aborts. */
export function pauseUntilOnline(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const done = new AbortController();
    const timer = setTimeout(end, delayMs);
    function end(): void {
      clearTimeout(timer);
      done.abort();
      resolve();
    }
    globalThis.addEventListener('online', end, { signal: done.signal });
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        done.abort();
        reject(signal.reason);
      },
      { signal: done.signal },
    );
  });
}
