import { HttpError, type HttpErrorCode } from '../../http/http-error.ts';
import type { RenderedPlaylist } from '../packager/playlists/rendered-playlist.ts';
import type { StoredObject } from '../storage/segment-storage.ts';

/** An answer as any HTTP server can give it. */
export interface MediaAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | AsyncIterable<Uint8Array>;
  readonly kind: 'playlist' | 'part' | 'segment' | 'file';
}

/** Names of media files are never given again. */
export const FOREVER = 'public, max-age=31536000, immutable';
export const PLAYLIST_TYPE = 'application/vnd.apple.mpegurl';

const TYPES: Readonly<Record<string, string>> = {
  m3u8: PLAYLIST_TYPE,
  m4s: 'video/iso.segment',
  mp4: 'video/mp4',
  jpg: 'image/jpeg',
  vtt: 'text/vtt',
  jsonl: 'application/jsonl',
};

export function mediaType(path: string): string {
  if (/\/audio\/init-/.test(path)) return 'audio/mp4';
  return TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}

export function playlistAnswer(
  playlist: RenderedPlaylist,
  cacheControl: string,
  acceptEncoding: string | undefined,
): MediaAnswer {
  const compressed = /\bgzip\b/.test(acceptEncoding ?? '') ? playlist.gzip : null;
  return {
    status: 200,
    kind: 'playlist',
    headers: {
      'content-type': PLAYLIST_TYPE,
      'cache-control': cacheControl,
      vary: 'Accept-Encoding',
      ...(compressed === null ? {} : { 'content-encoding': 'gzip' }),
    },
    body: compressed ?? playlist.plain,
  };
}

interface ErrorOptions {
  readonly retryAfterSeconds?: number;
  readonly cacheControl?: string;
  /** Where players expect another than the code usually has. */
  readonly status?: number;
}

export function errorAnswer(
  code: HttpErrorCode,
  message: string,
  { retryAfterSeconds, cacheControl = 'no-store', status }: ErrorOptions = {},
): MediaAnswer {
  const error = new HttpError(code, message);
  return {
    status: status ?? error.status,
    kind: 'file',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': cacheControl,
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    },
    body: Buffer.from(JSON.stringify(error.toBody())),
  };
}

interface RequestedRange {
  readonly from: number;
  readonly to: number;
}

/** One range of bytes; everything else that a Range header may say is answered with the whole. */
export function readRange(header: string | undefined): RequestedRange | null {
  const match = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(header ?? '');
  if (match === null) return null;
  const from = Number(match[1]);
  const to = match[2] === '' ? Number.MAX_SAFE_INTEGER : Number(match[2]);
  return to < from ? null : { from, to };
}

const kindOf = (path: string): MediaAnswer['kind'] => {
  if (path.includes('/part-')) return 'part';
  return path.endsWith('.m4s') ? 'segment' : 'file';
};

/** A file or the range of it that is asked for; of an object in storage that range has been read already. */
export function fileAnswer(
  path: string,
  file: Uint8Array | StoredObject,
  range: RequestedRange | null,
  cacheControl: string,
): MediaAnswer {
  const isWhole = file instanceof Uint8Array;
  const size = isWhole ? file.byteLength : file.size;
  const headers = { 'content-type': mediaType(path), 'cache-control': cacheControl, 'accept-ranges': 'bytes' };
  const kind = kindOf(path);
  if (range === null) {
    const body = isWhole ? file : file.body;
    return { status: 200, kind, headers: { ...headers, 'content-length': String(size) }, body };
  }
  if (range.from >= size) {
    return { status: 416, kind, headers: { ...headers, 'content-range': `bytes */${size}` }, body: new Uint8Array() };
  }
  const to = Math.min(range.to, size - 1);
  return {
    status: 206,
    kind,
    headers: {
      ...headers,
      'content-length': String(to - range.from + 1),
      'content-range': `bytes ${range.from}-${to}/${size}`,
    },
    body: isWhole ? file.subarray(range.from, to + 1) : file.body,
  };
}
