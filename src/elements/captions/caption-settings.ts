/** How one reads captions; kept in this browser for the next time. */
export interface CaptionSettings {
  readonly size: 'small' | 'medium' | 'large';
  readonly background: 'dark' | 'light' | 'none';
  readonly position: 'bottom' | 'top';
  /** The language chosen; empty for whatever is spoken. */
  readonly language: string;
  readonly hidden: boolean;
}

export const DEFAULT_SETTINGS: CaptionSettings = {
  size: 'medium',
  background: 'dark',
  position: 'bottom',
  language: '',
  hidden: false,
};

const KEY = 'ils-captions';

const oneOf = <T extends string>(value: unknown, choices: readonly T[], fallback: T): T =>
  choices.find((choice) => choice === value) ?? fallback;

export function rememberedSettings(): CaptionSettings {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    if (typeof stored !== 'object' || stored === null) return DEFAULT_SETTINGS;
    const { size, background, position, language, hidden } = stored as Partial<Record<keyof CaptionSettings, unknown>>;
    return {
      size: oneOf(size, ['small', 'medium', 'large'], DEFAULT_SETTINGS.size),
      background: oneOf(background, ['dark', 'light', 'none'], DEFAULT_SETTINGS.background),
      position: oneOf(position, ['bottom', 'top'], DEFAULT_SETTINGS.position),
      language: typeof language === 'string' ? language.slice(0, 35) : '',
      hidden: hidden === true,
    };
  } catch {
    return DEFAULT_SETTINGS;
  }
}

export function rememberSettings(settings: CaptionSettings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // An opaque origin has no storage; the next visit begins anew.
  }
}
