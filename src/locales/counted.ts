import { formatCount } from './language.ts';

/** A count within a sentence: it reads as it is written, and the words around it bend by how many it is. */
export interface Counted {
  readonly count: number;
  toString(): string;
}

/** `written` is by default the count in full, in `language`. */
export const counted = (count: number, language: string, written = formatCount(count, language)): Counted => ({
  count,
  toString: () => written,
});
