import type { MediaErrorCode } from '../protocol/index.ts';
import { MediaFailure, queryPermission, type AskedDevice } from './media-failure.ts';

const POLICY_FEATURES = { camera: 'camera', microphone: 'microphone', screen: 'display-capture' } as const;

/** Tells by cause why `getUserMedia` or `getDisplayMedia` refused. */
export async function explainRefusal(error: unknown, asked: AskedDevice): Promise<MediaFailure> {
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

async function explainDenial(asked: AskedDevice, message: string): Promise<MediaErrorCode> {
  if (isBlockedByPolicy(asked)) return 'blockedByPage';
  // Closing the picker is the usual way not to share a screen; only the system's own refusal says so.
  if (asked === 'screen') return /system/i.test(message) ? 'permissionDenied' : 'permissionDismissed';
  // Chromium alone tells the two apart in words.
  if (/dismissed/i.test(message)) return 'permissionDismissed';
  return (await queryPermission(asked)) === 'prompt' ? 'permissionDismissed' : 'permissionDenied';
}

/** Whether the page, or the frame around it, forbids the feature by its `Permissions-Policy`. */
function isBlockedByPolicy(asked: AskedDevice): boolean {
  const policy: unknown = Reflect.get(document, 'permissionsPolicy') ?? Reflect.get(document, 'featurePolicy');
  if (typeof policy !== 'object' || policy === null) return false;
  const allows: unknown = Reflect.get(policy, 'allowsFeature');
  return typeof allows === 'function' && Reflect.apply(allows, policy, [POLICY_FEATURES[asked]]) === false;
}
