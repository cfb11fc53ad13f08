import { findAttribute, findAttributes, type MediaSection } from './description.ts';

/** More than any encoder makes of one picture. */
const MAX_LAYERS = 4;
/** What encoders call their layers, the smallest first. */
const KNOWN_NAMES = [
  ['l', 'm', 'h'],
  ['low', 'mid', 'high'],
  ['low', 'medium', 'high'],
  ['q', 'h', 'f'],
] as const;

/** A simulcast offer (RFC 8853). */
export interface Layers {
  /** Ids in the order of the offer, as the answer repeats them. */
  readonly offered: readonly string[];
  /** The same, the smallest picture first. */
  readonly bySize: readonly string[];
}

/** The layers that a section sends, or `null` where it sends one picture. */
export function readLayers(section: MediaSection): Layers | null {
  const sent = /(?:^|\s)send\s+(\S+)/.exec(findAttribute(section, 'simulcast') ?? '')?.[1];
  if (sent === undefined) return null;
  const rids = new Map(findAttributes(section, 'rid').flatMap((value) => readRid(value)));
  const offered = sent
    .split(';')
    // Alternatives stand between commas; a tilde marks a layer that begins paused.
    .map((alternatives) => alternatives.split(',')[0]?.replace(/^~/, '') ?? '')
    .filter((id) => rids.has(id))
    .slice(0, MAX_LAYERS);
  if (offered.length === 0) return null;
  return { offered, bySize: orderBySize(offered, rids) };
}

type Restrictions = ReadonlyMap<string, number>;

function readRid(value: string): (readonly [string, Restrictions])[] {
  const [, id, restrictions = ''] = /^([A-Za-z0-9]{1,16}) send(?: (\S+))?$/.exec(value) ?? [];
  if (id === undefined) return [];
  const pairs = restrictions.split(';').map((pair) => pair.split('=', 2));
  return [[id, new Map(pairs.map(([name = '', text = '']) => [name, Number(text)] as const))]];
}

/** By what the offer says of their size, else by well-known names, else as RFC 8853 lists them: the best first. */
function orderBySize(offered: readonly string[], rids: ReadonlyMap<string, Restrictions>): string[] {
  for (const measure of ['max-width', 'max-height', 'max-pixels', 'max-br']) {
    const sizeOf = (id: string) => rids.get(id)?.get(measure) ?? Number.NaN;
    if (offered.every((id) => Number.isFinite(sizeOf(id)))) return offered.toSorted((a, b) => sizeOf(a) - sizeOf(b));
  }
  const names = KNOWN_NAMES.find((known) => offered.every((id) => known.some((name) => name === id)));
  if (names) return names.filter((name) => offered.includes(name));
  return offered.toReversed();
}
