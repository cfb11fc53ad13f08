export interface PageHintListener {
  /** The machine may have its network back. */
  online(): void;
  /** The machine may have lost its network. */
  offline(): void;
  /** Somebody looks at the page again, after its timers may have slept. */
  shown(): void;
  /** The page goes for good. */
  gone(): void;
}

/** Passes on what the browser knows of network and page, until the signal aborts. Does nothing where there is no page. */
export function watchPage(listener: PageHintListener, signal: AbortSignal): void {
  if (typeof window === 'undefined') return;
  window.addEventListener('online', () => listener.online(), { signal });
  window.addEventListener('offline', () => listener.offline(), { signal });
  window.addEventListener('pageshow', (event) => event.persisted && listener.shown(), { signal });
  window.addEventListener('pagehide', (event) => !event.persisted && listener.gone(), { signal });
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && listener.shown(), {
    signal,
  });
}
