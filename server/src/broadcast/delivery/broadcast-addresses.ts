import type { Clock } from '../../rooms/clock.ts';
import type { UrlSigner } from './url-signer.ts';

export interface BroadcastUrls {
  readonly livestreamUrl: string;
  readonly playbackHlsUrl: string;
  /** Milliseconds since the epoch; `null` if they do not expire. */
  readonly expiresAt: number | null;
}

interface BroadcastAddressesOptions {
  readonly signer: UrlSigner | null;
  /** How long addresses are good, where they are signed. */
  readonly ttlMs: number;
  /** What they begin with where something stands in front: `https://cdn.example`. */
  readonly publicOrigin: string;
  readonly clock: Clock;
}

/** Where broadcasts and recordings are to be had: paths on this server, or absolute behind something else. */
export class BroadcastAddresses {
  readonly #options: BroadcastAddressesOptions;

  constructor(options: BroadcastAddressesOptions) {
    this.#options = options;
  }

  /** Where a room's broadcasts are to be seen. */
  urls(roomId: string, ttlMs?: number): BroadcastUrls {
    const { base, expiresAt } = this.#locate(roomId, ttlMs);
    return { livestreamUrl: `${base}/live.m3u8`, playbackHlsUrl: `${base}/playback.m3u8`, expiresAt };
  }

  /** The folder of one recording, with `/` at its end. */
  recording(roomId: string, id: string): { readonly folder: string; readonly expiresAt: number | null } {
    const { base, expiresAt } = this.#locate(roomId);
    return { folder: `${base}/${encodeURIComponent(id)}/`, expiresAt };
  }

  #locate(roomId: string, ttlMs = this.#options.ttlMs) {
    const { signer, clock, publicOrigin } = this.#options;
    const expiresAt = signer === null ? null : clock.now() + ttlMs;
    const signed = signer === null || expiresAt === null ? '' : `/${signer.folder(roomId, expiresAt)}`;
    return { base: `${publicOrigin}/broadcasts/${encodeURIComponent(roomId)}${signed}`, expiresAt };
  }
}
