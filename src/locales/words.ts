/**
 * The words of other languages, and a page's own words instead of ours.
 * @packageDocumentation
 */
import { formatCount, languageOf, once, supported } from './language.ts';
import { speakAnew, speech, type Speech } from './speech.ts';
import type { PluralForms, Words } from './words-shape.ts';

export type { PluralForms, Words } from './words-shape.ts';

const loaders: Readonly<Record<string, () => Promise<{ readonly default: Words }>>> = {
  ar: () => import('./languages/ar.ts'),
  de: () => import('./languages/de.ts'),
  es: () => import('./languages/es.ts'),
  fr: () => import('./languages/fr.ts'),
  ja: () => import('./languages/ja.ts'),
  pt: () => import('./languages/pt.ts'),
  zh: () => import('./languages/zh.ts'),
};

/** Languages written from right to left. */
const RIGHT_TO_LEFT = /^(ar|dv|fa|he|ps|ur|yi)\b/i;

const known = new Map<string, Words>();
const replaced = new Map<string, Words>();
const requested = new Set<string>();

/** Elements that we, not the page, gave their `dir`. */
const directed = new WeakSet<Element>();

/** Whose words `msg()` gives: the tag that stands in the page, and the language that we have for it. */
let reading = { tag: 'en', language: 'en' };

const isSpoken = (language: string) => language in loaders || known.has(language) || replaced.has(language);

/** The most exact of the languages that we have: `pt-BR`, then `pt`. English for any that we have not. */
function findLanguage(tag: string): string {
  const parts = (supported(tag) ?? 'en').split('-');
  for (let length = parts.length; length > 0; length -= 1) {
    const language = parts.slice(0, length).join('-');
    if (isSpoken(language)) return language;
  }
  return 'en';
}

async function load(language: string): Promise<void> {
  const loader = loaders[language];
  if (loader === undefined || requested.has(language)) return;
  requested.add(language);
  try {
    known.set(language, (await loader()).default);
    speakAnew();
  } catch {
    // English stays until something is drawn again.
    requested.delete(language);
  }
}

/** Whether the page itself says the direction, for `element` or between it and what says the language. */
function isDirectionGiven(element: Element): boolean {
  for (let at: Element | null = element; at !== null;) {
    if (at.hasAttribute('dir') && !directed.has(at)) return true;
    if (at.getAttribute('lang')) return false;
    const root: Node = at.getRootNode();
    at = at.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
  }
  return false;
}

/** A language has its direction where the page does not say another. The page's layout within `<ils-room>` is not ours to turn. */
function direct(element: Element, tag: string): void {
  if (typeof HTMLElement === 'undefined') return;
  if (element.localName === 'ils-room' || !(element instanceof HTMLElement) || isDirectionGiven(element)) return;
  const direction = RIGHT_TO_LEFT.test(tag) ? 'rtl' : 'ltr';
  if (element.matches(`:dir(${direction})`)) return;
  directed.add(element);
  element.dir = direction;
}

function prepare(reader: Element): void {
  const tag = languageOf(reader);
  const language = findLanguage(tag);
  reading = { tag, language };
  void load(language);
  if (language !== 'en' || directed.has(reader)) direct(reader, language);
}

/** What is clicked or typed into is read by whoever does so: menus and messages that come of it are in that language. */
function listenToReaders(): void {
  if (typeof document === 'undefined') return;
  const handleEvent = (event: Event) => {
    const within = event.composedPath().find((at) => at instanceof Element && at.localName.startsWith('ils-'));
    if (within instanceof Element) prepare(within);
  };
  for (const type of ['pointerdown', 'click', 'keydown', 'input', 'focusin'])
    document.addEventListener(type, handleEvent, { capture: true, passive: true });
}

const isCounted = (value: unknown): value is { readonly count: number } =>
  typeof value === 'object' && value !== null && 'count' in value && typeof value.count === 'number';

/** Numbers as the language writes them; everything else as it is. */
const write = (value: unknown, tag: string) => (typeof value === 'number' ? formatCount(value, tag) : String(value));

function choose(form: string | PluralForms, values: readonly unknown[], language: string): string {
  if (typeof form === 'string') return form;
  const first = values.find((value) => typeof value === 'number' || isCounted(value));
  const count = isCounted(first) ? first.count : first;
  if (typeof count !== 'number') return form.other;
  return form[once(`plural ${language}`, () => new Intl.PluralRules(supported(language))).select(count)] ?? form.other;
}

const translate: NonNullable<Speech['translate']> = (template, id) => {
  const { tag, language } = reading;
  const isPlain = typeof template === 'string';
  if (!isPlain && !('strTag' in template)) return undefined;
  const values = isPlain ? [] : template.values;
  const key = id ?? (isPlain ? template : keyOf(template.strings));
  const form = replaced.get(language)?.[key] ?? known.get(language)?.[key];
  if (form === undefined) return undefined;
  return choose(form, values, language).replaceAll(/\{(\d)\}/g, (_, place) => write(values[Number(place)], tag));
};

/** `Hello {0}`: what stands between the values, with their places. */
const keyOf = (strings: readonly string[]): string =>
  strings.reduce((before, after, index) => `${before}{${index - 1}}${after}`);

/** Has elements speak to each reader in the language around them. Elements call it themselves. */
export function useWords(): void {
  if (speech.peek().translate !== undefined) return;
  listenToReaders();
  speech.value = { prepare, translate };
}

/** Loads the words of a language before anything is drawn in it, as a server does. */
export async function prepareWords(lang: string): Promise<void> {
  useWords();
  await load(findLanguage(lang));
}

/**
 * Puts words in place of ours, or adds a language: `addWords('de', { 'Raise hand': 'Melden' })`. Keys are the English words as
 * `src/locales/languages` lists them. What is missing stays as it is, in a new language English.
 * @param language a BCP 47 tag, as it stands in `lang`: `de`, `pt-PT`, `en`
 */
export function addWords(language: string, words: Words): void {
  const tag = supported(language);
  if (tag === undefined) throw new RangeError(`${language} is no language tag.`);
  replaced.set(tag, { ...replaced.get(tag), ...words });
  if (typeof document === 'undefined') return;
  useWords();
  speakAnew();
}
