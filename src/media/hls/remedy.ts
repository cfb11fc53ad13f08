/** An error that the library could not get over by itself. */
export interface FatalError {
  /** HTTP status, where there was one. */
  readonly status: number | null;
  readonly kind: 'network' | 'media' | 'other';
  /** The browser lacks a codec, or no level can be played. */
  readonly unsupported: boolean;
}

/**
 * What helps. `resume`: fetch on from here · `recover`: give the decoder a fresh start · `restart`: begin anew with the
 * address · `renew`: ask for a fresh address · `give up`: say so.
 */
export type Remedy = 'resume' | 'recover' | 'restart' | 'renew' | 'give up';

/** `before`: what was done for the errors of the last half minute. */
export function remedyFor({ status, kind, unsupported }: FatalError, before: readonly Remedy[]): Remedy {
  if (unsupported) return 'give up';
  if (status === 401 || status === 403 || status === 410) return 'renew';
  const tried = (remedy: Remedy, times: number) => before.filter((one) => one === remedy).length >= times;
  if (kind === 'media' && !tried('recover', 2)) return 'recover';
  // A missing playlist may have moved; a missing answer may come in a moment.
  if (kind === 'network' && status !== 404 && !tried('resume', 3)) return 'resume';
  return 'restart';
}
