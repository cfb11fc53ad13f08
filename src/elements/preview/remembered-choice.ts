/** What somebody chose before joining, kept in this browser for the next time. Devices are remembered where they are opened. */
export interface Choice {
  readonly camera: boolean;
  readonly microphone: boolean;
  readonly name: string;
}

const KEY = 'ils-preview';

/** `undefined`: nothing is remembered, or the page may store nothing. */
export function rememberedChoice(): Choice | undefined {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    if (typeof stored !== 'object' || stored === null) return undefined;
    const { camera, microphone, name } = stored as Partial<Record<keyof Choice, unknown>>;
    return { camera: camera === true, microphone: microphone === true, name: typeof name === 'string' ? name : '' };
  } catch {
    return undefined;
  }
}

export function rememberChoice(choice: Choice): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(choice));
  } catch {
    // An opaque origin has no storage; the next visit begins anew.
  }
}
