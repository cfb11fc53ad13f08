import * as v from 'valibot';

/** What of a room an embedded page shows. */
export const EMBED_PARTS = ['all', 'player', 'chat'] as const;
export const EMBED_THEMES = ['auto', 'light', 'dark'] as const;
/** Those that the kit has words in. */
export const EMBED_LANGUAGES = ['en', 'ar', 'de', 'es', 'fr', 'ja', 'pt', 'zh'] as const;
export type EmbedLanguage = (typeof EMBED_LANGUAGES)[number];

const oneOf = <const T extends readonly [string, ...string[]]>(choices: T) =>
  v.optional(v.picklist(choices, `must be one of ${choices.join(', ')}`), choices[0]);

/** The parameters of an embedded page; any other has no effect. */
export const embedQuery = v.object({
  show: oneOf(EMBED_PARTS),
  theme: oneOf(EMBED_THEMES),
  lang: v.optional(v.picklist(EMBED_LANGUAGES, `must be one of ${EMBED_LANGUAGES.join(', ')}`)),
});
export type EmbedQuery = v.InferOutput<typeof embedQuery>;

/** The address of an embedded page, seen from the server's origin. */
export function embedPath(roomId: string, { show, theme, lang }: EmbedQuery): string {
  const query = new URLSearchParams({
    ...(show !== 'all' && { show }),
    ...(theme !== 'auto' && { theme }),
    ...(lang !== undefined && { lang }),
  }).toString();
  return `/embed/${encodeURIComponent(roomId)}${query === '' ? '' : `?${query}`}`;
}

/** What the visitor's browser likes best of the languages that there are, by its `Accept-Language`; English where that names none. */
export function chooseLanguage(accepted: string): EmbedLanguage {
  const wanted = accepted.split(',').map((part) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const weight = parameters
      .map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1])
      .find((q) => q !== undefined);
    return { primary: tag.split('-')[0], weight: Number(weight ?? 1) };
  });
  const [best] = wanted
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight)
    .flatMap(({ primary }) => EMBED_LANGUAGES.find((language) => language === primary) ?? []);
  return best ?? 'en';
}
