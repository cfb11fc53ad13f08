import type { ServerFrame } from '../protocol/index.ts';

/** A frame, or `null` for what is none: it is ignored ([N5]). */
export function parseFrame(text: string): ServerFrame | null {
  try {
    const frame: unknown = JSON.parse(text);
    return typeof frame === 'object' && frame !== null ? (frame as ServerFrame) : null;
  } catch {
    return null;
  }
}
