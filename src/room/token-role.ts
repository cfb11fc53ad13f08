import { BUILT_IN_WATCH } from '../protocol/roles.ts';

/**
 * Whether the token's role is known to watch by WebRTC. A hint for loading early, before the server has said which role it is;
 * the token is not verified here, and one that cannot be read means no.
 */
export function mayWatchByWebRtc(token: string): boolean {
  try {
    const payload = token.split('.')[1] ?? '';
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    if (typeof claims !== 'object' || claims === null || !('role' in claims)) return false;
    return Object.entries(BUILT_IN_WATCH).some(([name, watch]) => name === claims.role && watch === 'webrtc');
  } catch {
    return false;
  }
}
