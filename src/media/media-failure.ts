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

type Asked = 'camera' | 'microphone' | 'screen';

const POLICY_FEATURES = { camera: 'camera', microphone: 'microphone', screen: 'display-capture' } as const;

/** Tells by cause why `getUserMedia` or `getDisplayMedia` refused. */
export async function explainRefusal(error: unknown, asked: Asked): Promise<MediaFailure> {
  if (error instanceof MediaFailure) return error;
  const name = error instanceof Error ? error.name : '';
  const message = error instanceof Error ? error.message : String(error);
  const failure = (code: MediaErrorCode) => new MediaFailure(code, `${asked}: ${message}`, { cause: error });
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
    case 'PermissionDeniedError':
      return failure(await explainDenial(asked, message));
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return failure('notFound');
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return failure('inUse');
    case 'NotSupportedError':
    case 'TypeError':
      return failure('unsupported');
    default:
      return failure('failed');
  }
}

async function explainDenial(asked: Asked, message: string): Promise<MediaErrorCode> {
  if (isBlockedByPolicy(asked)) return 'blockedByPage';
  // Closing the picker is the usual way not to share a screen; only the system's own refusal says so.
  if (asked === 'screen') return /system/i.test(message) ? 'permissionDenied' : 'permissionDismissed';
  // Chromium alone tells the two apart in words.
  if (/dismissed/i.test(message)) return 'permissionDismissed';
  return (await queryPermission(asked)) === 'prompt' ? 'permissionDismissed' : 'permissionDenied';
}

/** Whether the page, or the frame around it, forbids the feature by its `Permissions-Policy`. */
function isBlockedByPolicy(asked: Asked): boolean {
  const policy: unknown = Reflect.get(document, 'permissionsPolicy') ?? Reflect.get(document, 'featurePolicy');
  if (typeof policy !== 'object' || policy === null) return false;
  const allows: unknown = Reflect.get(policy, 'allowsFeature');
  return typeof allows === 'function' && Reflect.apply(allows, policy, [POLICY_FEATURES[asked]]) === false;
}

/** What the browser remembers of the permission; `null` where it does not tell. */
export async function queryPermission(name: 'camera' | 'microphone'): Promise<PermissionState | null> {
  try {
    return (await navigator.permissions.query({ name })).state;
  } catch {
    return null;
  }
}
