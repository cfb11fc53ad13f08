import { createHash, timingSafeEqual } from 'node:crypto';
import { HttpError } from './http-error.ts';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Checks `Authorization: Bearer <key>`; throws `unauthorized`. Takes as long for a wrong key as for a right one. */
export function createApiKeyCheck(apiKeys: readonly string[]): (authorization: string | undefined) => void {
  const known = apiKeys.map(digest);
  return (authorization = '') => {
    const [scheme = '', key = ''] = authorization.split(' ');
    if (scheme.toLowerCase() !== 'bearer' || key === '') {
      throw new HttpError('unauthorized', 'Give an API key: "Authorization: Bearer <key>".');
    }
    const given = digest(key);
    if (known.filter((candidate) => timingSafeEqual(candidate, given)).length === 0) {
      throw new HttpError('unauthorized', 'This API key is not known here.');
    }
  };
}
