import { signal } from '@preact/signals-core';
import type { msg } from '@lit/localize';

/** What speaks to readers of other languages. Empty as long as all read English. */
export interface Speech {
  /** Finds out the language of an element that is about to be drawn. */
  prepare?(reader: Element): void;
  /** In the language of the one who reads; `undefined` where there are no words in it. */
  translate?(template: Parameters<typeof msg>[0], id: string | undefined): string | undefined;
}

/** Reading it draws again when words of another language have come, or a `lang` of the page has changed. */
export const speech = signal<Speech>({});

/** Has everything drawn again. */
export const speakAnew = (): void => {
  speech.value = { ...speech.value };
};
