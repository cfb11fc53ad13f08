import type { MediaErrorCode } from '../protocol/index.ts';

/** A device or screen that could not be opened. */
export class MediaFailure extends Error {
  override readonly name = 'MediaFailure';
  readonly code: MediaErrorCode;

  constructor(code: MediaErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What a page asks the reader for. */
export type AskedDevice = 'camera' | 'microphone' | 'screen';

/** What the browser remembers of the permission; `null` where it does not tell. */
export async function queryPermission(name: 'camera' | 'microphone'): Promise<PermissionState | null> {
  try {
    return (await navigator.permissions.query({ name })).state;
  } catch {
    return null;
  }
}
