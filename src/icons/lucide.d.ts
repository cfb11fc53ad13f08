/** One icon of Lucide (ISC licence), by path so that a build takes only those used. */
declare module 'lucide/dist/esm/icons/*.mjs' {
  const node: ReadonlyArray<readonly [tag: string, attributes: Readonly<Record<string, string>>]>;
  export default node;
}
