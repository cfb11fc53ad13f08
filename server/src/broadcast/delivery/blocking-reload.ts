import type { CuttingLimits } from '../packager/packager-options.ts';
import type { PlaylistPair } from '../packager/playlists/playlist-pair.ts';
import type { RenditionName } from '../packager/segment.ts';

/** Delivery directives (RFC 8216bis, 6.2.5). */
export interface DeliveryDirectives {
  readonly sequence: number | null;
  readonly part: number | null;
  readonly skip: boolean;
}

/** @returns the directives, or what is wrong with them */
export function readDirectives(query: Readonly<Record<string, unknown>>): DeliveryDirectives | string {
  const { _HLS_msn: sequence, _HLS_part: part, _HLS_skip: skip } = query;
  for (const [name, value] of Object.entries({ _HLS_msn: sequence, _HLS_part: part })) {
    if (value !== undefined && (typeof value !== 'string' || !/^\d{1,15}$/.test(value))) {
      return `query.${name}: must be a whole number`;
    }
  }
  if (part !== undefined && sequence === undefined) return 'query._HLS_part: not without _HLS_msn';
  return {
    sequence: sequence === undefined ? null : Number(sequence),
    part: part === undefined ? null : Number(part),
    skip: skip === 'YES' || skip === 'v2',
  };
}

/** Nothing is held longer than this (6.2.5.2), in target durations. */
const LONGEST_BLOCK = 3;

/** Waits until the playlist has what is asked for. */
export async function awaitReload(
  pair: PlaylistPair,
  rendition: RenditionName,
  { sequence, part }: DeliveryDirectives,
  limits: CuttingLimits,
  signal: AbortSignal,
): Promise<'ready' | 'tooFar' | 'timeout'> {
  if (sequence === null) return 'ready';
  const playlist = pair.playlist(rendition);
  if (playlist.has(sequence, part)) return 'ready';
  const { openSequence, position } = playlist;
  if (sequence > openSequence + 1) return 'tooFar';
  if (part !== null && sequence === openSequence) {
    const newest = position?.sequence === sequence ? position.part : -1;
    if (part > newest + advancePartLimit(limits)) return 'tooFar';
  }
  const isMet = () => playlist.has(sequence, part);
  return (await pair.changes.until(isMet, limits.targetDuration * LONGEST_BLOCK * 1_000, signal)) ? 'ready' : 'timeout';
}

/** How far ahead of the newest part one may ask (6.2.5.2). */
function advancePartLimit({ partTarget }: CuttingLimits): number {
  return partTarget < 1 ? Math.ceil(3 / partTarget) : 3;
}
