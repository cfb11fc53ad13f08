/**
 * Words and numbers in the reader's language. English is the source; the words of another language are loaded when the first
 * element is drawn for a reader of it.
 */
import { msg as source, str } from '@lit/localize';
import { languageOf } from './language.ts';
import { speakAnew, speech } from './speech.ts';

export { str };
export { formatCount, languageOf, once, supported } from './language.ts';

let observer: MutationObserver | undefined;

/**
 * From here on `msg()` speaks the language around `reader`. Every element calls it where it is drawn, within an effect that
 * draws it again when the language changes.
 */
export function speakTo(reader: Element): void {
  if (!observer)
    (observer = new MutationObserver(speakAnew)).observe(document, { subtree: true, attributeFilter: ['lang'] });
  const { prepare } = speech.value;
  if (prepare) prepare(reader);
  // English stays while the words are on their way, and where they cannot be loaded.
  else if (!/^en/i.test(languageOf(reader)))
    import('./words.ts').then(
      ({ useWords }) => useWords(),
      () => undefined,
    );
}

/** The words in the language of the element that is drawn, or was asked last. `id` tells apart what English says alike. */
export const msg = (template: string | ReturnType<typeof str>, { id }: { readonly id?: string } = {}): string =>
  speech.peek().translate?.(template, id) ?? (source(template) as string);
