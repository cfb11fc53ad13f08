import type { WordAction } from '../../../../src/protocol/index.ts';

const UNSEEN = /\p{Cf}/gu;
const SPECIAL = /[$()*+.?[\\\]^{|}/-]/g;

/** Finds the words of a list, whole and however they are written. One pass over a text, whatever the list. */
export class WordFilter {
  readonly action: WordAction;
  readonly #pattern: RegExp | null;

  constructor(words: readonly string[], action: WordAction) {
    this.action = action;
    const found = words.map((word) => plain(word).trim()).filter((word) => word !== '');
    const choices = found.map((word) => word.replaceAll(SPECIAL, String.raw`\$&`).replaceAll(/\s+/g, String.raw`\s+`));
    this.#pattern =
      choices.length === 0
        ? null
        : new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${choices.join('|')})(?![\p{L}\p{N}])`, 'giu');
  }

  matches(text: string): boolean {
    return this.#pattern !== null && plain(text).search(this.#pattern) >= 0;
  }

  /** The text with a star for each letter of what was found. */
  mask(text: string): string {
    return this.#pattern === null ? text : plain(text).replaceAll(this.#pattern, stars);
  }
}

/** In one form of the letters, without what is not seen. */
const plain = (text: string): string => text.normalize('NFKC').replaceAll(UNSEEN, '');

const stars = (word: string): string => '*'.repeat([...word].length);
