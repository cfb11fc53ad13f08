import { once, supported } from './localization.ts';

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
