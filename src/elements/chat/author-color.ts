/** Hues apart enough to be told from each other. None is near the red that means live. */
const HUES = [48, 68, 92, 125, 148, 168, 190, 212, 232, 250, 268, 285, 302, 320, 340] as const;

/** The hue of an identity: the same on every page and each time. Degrees, for `oklch()`; styles choose lightness and chroma. */
export function hueOf(identity: string): number {
  // FNV-1a
  let hash = 0x811c9dc5;
  for (let index = 0; index < identity.length; index++) {
    hash = Math.imul(hash ^ identity.charCodeAt(index), 0x01000193);
  }
  return HUES[(hash >>> 0) % HUES.length] ?? HUES[0];
}

export { HUES };
