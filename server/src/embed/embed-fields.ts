import * as v from 'valibot';

/** What of a room an embedded page shows. */
export const EMBED_PARTS = ['all', 'player', 'chat'] as const;
export const EMBED_THEMES = ['auto', 'light', 'dark'] as const;

const oneOf = <const T extends readonly [string, ...string[]]>(choices: T) =>
  v.optional(v.picklist(choices, `must be one of ${choices.join(', ')}`), choices[0]);

/** The parameters of an embedded page; any other has no effect. */
export const embedQuery = v.object({ show: oneOf(EMBED_PARTS), theme: oneOf(EMBED_THEMES) });
export type EmbedQuery = v.InferOutput<typeof embedQuery>;

/** The address of an embedded page, seen from the server's origin. */
export function embedPath(roomId: string, { show, theme }: EmbedQuery): string {
  const query = new URLSearchParams({ ...(show !== 'all' && { show }), ...(theme !== 'auto' && { theme }) }).toString();
  return `/embed/${encodeURIComponent(roomId)}${query === '' ? '' : `?${query}`}`;
}
