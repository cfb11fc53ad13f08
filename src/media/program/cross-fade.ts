/** Short enough for nobody to hear two at once, long enough not to click. */
const FADE_MS = 40;
const STEP_MS = 8;

/** One sound of a cross-fade. */
export interface Fade {
  readonly from: number;
  readonly to: number;
  /** How much later than the others it begins. Milliseconds. */
  readonly afterMs?: number;
  readonly set: (gain: number) => void;
}

/** Takes all of them from where they are to where they should be, at once, for as long as `goesOn`. By timers, since a hidden page draws no frames. */
export async function crossFade(fades: readonly Fade[], goesOn: () => boolean): Promise<void> {
  const startedAt = performance.now();
  for (;;) {
    const passedMs = performance.now() - startedAt;
    const shares = fades.map(({ from, to, afterMs = 0, set }) => {
      const share = Math.min(1, Math.max(0, (passedMs - afterMs) / FADE_MS));
      set(from + (to - from) * share);
      return share;
    });
    if (shares.every((share) => share === 1)) return;
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
    if (!goesOn()) return;
  }
}
