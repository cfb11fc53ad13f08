import { gzipSync } from 'node:zlib';

/** Below this a packet holds it anyway. */
const WORTH_COMPRESSING = 1_200;

/** A playlist as bytes, made once for all who ask at the same time. */
export class RenderedPlaylist {
  readonly text: string;
  #plain: Buffer | null = null;
  #gzip: Buffer | null = null;

  constructor(text: string) {
    this.text = text;
  }

  get plain(): Buffer {
    return (this.#plain ??= Buffer.from(this.text));
  }

  /** `null` where it is too short to be worth it. */
  get gzip(): Buffer | null {
    if (this.plain.byteLength < WORTH_COMPRESSING) return null;
    return (this.#gzip ??= gzipSync(this.plain, { level: 4 }));
  }
}
