// Written by `npm run entries` from the folders of src/elements.

/** Loaded with the first tag that is on few pages. */
export const moreElementLoaders: Readonly<Record<string, () => Promise<CustomElementConstructor>>> = {
  'ils-reactions': async () => (await import('./reactions/reactions.ts')).IlsReactions,
};
