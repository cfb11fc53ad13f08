import { once, supported } from './localization.ts';

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
