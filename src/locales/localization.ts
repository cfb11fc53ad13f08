/**
 * Words and numbers in the reader's language. English is the source; a page that has another configures `@lit/localize`
 * with its own templates, and every element draws itself again.
 */
export { msg, str, updateWhenLocaleChanges } from '@lit/localize';

/** The language around `element`: the nearest `lang`, else the page's, else the browser's. */
export function languageOf(element: Element): string {
  for (let at: Element | null = element; at !== null;) {
    const found = at.closest('[lang]')?.getAttribute('lang');
    if (found !== null && found !== undefined && found !== '') return found;
    const root = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return navigator.language;
}

const cached = new Map<string, unknown>();

function once<T>(key: string, create: () => T): T {
  const known = cached.get(key) as T | undefined;
  if (known !== undefined) return known;
  const created = create();
  cached.set(key, created);
  return created;
}

/** An unknown language tag must not break an element. */
function supported(language: string): string | undefined {
  return once(`tag ${language}`, () => {
    try {
      return { tag: Intl.getCanonicalLocales(language)[0] };
    } catch {
      return { tag: undefined };
    }
  }).tag;
}

/** 1,234,567. */
export function formatCount(count: number, language: string): string {
  return once(`count ${language}`, () => new Intl.NumberFormat(supported(language))).format(count);
}

/** Languages that write a small number as JavaScript does, however they group a large one. */
const PLAIN_DIGITS = /^(cs|da|de|en|es|fi|fr|hu|id|it|ja|ko|nb|nl|no|pl|pt|ro|ru|sk|sv|tr|uk|vi|zh)(-[a-z\d]{2,4})?$/i;

/** 1.2M: for badges. */
export function formatCompactCount(count: number, language: string): string {
  // Loading the browser's rules takes 20 ms, just when the first picture is to come.
  if (Number.isInteger(count) && count >= 0 && count < 1_000 && PLAIN_DIGITS.test(language)) return String(count);
  return once(
    `compact ${language}`,
    () => new Intl.NumberFormat(supported(language), { notation: 'compact', maximumFractionDigits: 1 }),
  ).format(count);
}

/** 14:05, for milliseconds since the epoch. */
export function formatTime(timeMs: number, language: string): string {
  return once(
    `time ${language}`,
    () => new Intl.DateTimeFormat(supported(language), { hour: 'numeric', minute: '2-digit' }),
  ).format(timeMs);
}

/** Monday, 3 March 2025, for milliseconds since the epoch. */
export function formatDay(timeMs: number, language: string): string {
  return once(
    `day ${language}`,
    () =>
      new Intl.DateTimeFormat(supported(language), { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
  ).format(timeMs);
}

/** Today or yesterday in words, else the date. */
export function formatRelativeDay(timeMs: number, nowMs: number, language: string): string {
  const dayNumber = (time: number) => {
    const date = new Date(time);
    return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000);
  };
  const days = dayNumber(timeMs) - dayNumber(nowMs);
  if (days !== 0 && days !== -1) return formatDay(timeMs, language);
  const words = once(
    `relative ${language}`,
    () => new Intl.RelativeTimeFormat(supported(language), { numeric: 'auto' }),
  ).format(days, 'day');
  return words.charAt(0).toLocaleUpperCase(language) + words.slice(1);
}

/** 1:02:03 or 2:03, for milliseconds. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1_000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
