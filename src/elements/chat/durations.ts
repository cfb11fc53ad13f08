import { languageOf, once, supported } from '../../locales/localization.ts';

/** 0:12 or 1:05:00, rounded up to the second. */
export function formatCountdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1_000));
  const pad = (number: number) => String(number).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${pad(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(seconds % 60)}`;
}

/** 30 seconds, 5 minutes. */
export function describeDuration(milliseconds: number, host: Element): string {
  const language = languageOf(host);
  const unit = milliseconds % 60_000 === 0 ? 'minute' : 'second';
  return once(
    `duration ${language} ${unit}`,
    () => new Intl.NumberFormat(supported(language), { style: 'unit', unit, unitDisplay: 'long' }),
  ).format(Math.round(milliseconds / (unit === 'minute' ? 60_000 : 1_000)));
}
