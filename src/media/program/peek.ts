/** What stands at the address of a playlist. */
export type Peek =
  | { readonly kind: 'ready' }
  /** Not there yet, or not for the moment. */
  | { readonly kind: 'absent'; readonly retryAfterMs: number | null }
  /** The signature in the address holds no more. */
  | { readonly kind: 'expired' }
  /** Nobody answers. */
  | { readonly kind: 'unreachable' }
  /** Something else than a playlist. */
  | { readonly kind: 'broken' };

const EXPIRED = new Set([401, 403, 410]);
const ABSENT = new Set([204, 404, 425, 429, 503]);
const TIMEOUT_MS = 8_000;

/** Looks once. Rejects only when `signal` aborts. */
export async function peekPlaylist(url: string, signal: AbortSignal): Promise<Peek> {
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) });
    if (EXPIRED.has(response.status)) return { kind: 'expired' };
    if (ABSENT.has(response.status)) return { kind: 'absent', retryAfterMs: retryAfterOf(response) };
    if (!response.ok) return { kind: 'unreachable' };
    const text = await response.text();
    return text.trimStart().startsWith('#EXTM3U') ? { kind: 'ready' } : { kind: 'broken' };
  } catch {
    signal.throwIfAborted();
    return { kind: 'unreachable' };
  }
}

function retryAfterOf({ headers }: Response): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1_000 : null;
}
