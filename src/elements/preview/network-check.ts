/** How the way to the room server is. `roundTripMs`: the best of a few round trips. */
export type NetworkResult =
  { readonly state: 'good' | 'fair' | 'poor'; readonly roundTripMs: number } | { readonly state: 'unreachable' };

const ATTEMPTS = 3;
const PATIENCE_MS = 4_000;
const FAIR_MS = 150;
const POOR_MS = 400;

/** Asks the server for its health a few times and takes the time. */
export async function checkNetwork(server: string, signal: AbortSignal): Promise<NetworkResult> {
  let best = Number.POSITIVE_INFINITY;
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const start = performance.now();
      // The answer itself need not be readable from another origin.
      await fetch(new URL('/healthz', server), {
        mode: 'no-cors',
        cache: 'no-store',
        credentials: 'omit',
        signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
      });
      best = Math.min(best, performance.now() - start);
    }
  } catch {
    return { state: 'unreachable' };
  }
  return { state: best < FAIR_MS ? 'good' : best < POOR_MS ? 'fair' : 'poor', roundTripMs: Math.round(best) };
}
