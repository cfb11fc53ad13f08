import { createHmac, timingSafeEqual } from 'node:crypto';

/** The folder of an address that holds a signature: all that playlists name lies below it, so they need not be rewritten. */
const SIGNED_FOLDER = 'signed';
const SIGNED_PATH = /^signed\/(\d{1,12})\.([\w-]{43})\/(.+)$/;

export type SignedPath =
  { readonly verdict: 'valid' | 'unsigned'; readonly path: string } | { readonly verdict: 'expired' | 'forged' };

/** Signs addresses of a room's broadcast: whoever has one may read all of the room's broadcasts until it expires. */
export class UrlSigner {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  /** What comes between the room's address and the file. `expiresAt`: milliseconds since the epoch. */
  folder(roomId: string, expiresAt: number): string {
    const seconds = Math.floor(expiresAt / 1_000);
    return `${SIGNED_FOLDER}/${seconds}.${this.#sign(roomId, seconds).toString('base64url')}`;
  }

  check(roomId: string, path: string, now: number): SignedPath {
    const match = SIGNED_PATH.exec(path);
    if (match === null) return { verdict: 'unsigned', path };
    const [, seconds = '', signature = '', rest = ''] = match;
    const given = Buffer.from(signature, 'base64url');
    const right = this.#sign(roomId, Number(seconds));
    if (given.byteLength !== right.byteLength || !timingSafeEqual(given, right)) return { verdict: 'forged' };
    return Number(seconds) * 1_000 <= now ? { verdict: 'expired' } : { verdict: 'valid', path: rest };
  }

  #sign(roomId: string, seconds: number): Buffer {
    return createHmac('sha256', this.#secret).update(`broadcast\n${roomId}\n${seconds}`).digest();
  }
}
