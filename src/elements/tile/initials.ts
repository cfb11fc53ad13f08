/** One or two letters that stand for a name: of its first and its last word. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = words[0] ?? '';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return [first, last].map(firstLetter).join('').toLocaleUpperCase();
}

/** A letter may be several code units; an emoji or a flag several code points. */
function firstLetter(word: string): string {
  // Latin letters stand for themselves; loading the browser's rules for all others takes 20 ms.
  if (word === '' || /^[!-\u02ff]([!-\u02ff]|$)/.test(word)) return word.charAt(0);
  if (typeof Intl.Segmenter === 'function') {
    for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(word)) return segment;
  }
  return [...word][0] ?? '';
}
