/**
 * What the capture page and the server that started it say to each other, on loopback alone: JSON on the control socket,
 * frames on the media socket. A frame is a header of 16 bytes and its payload.
 */
export const FRAME_HEADER_BYTES = 16;
export const VIDEO_FRAME = 1;
/** Samples as 32-bit floats, little endian, interleaved. */
export const AUDIO_FRAME = 2;

/** What the page is to draw and to encode. */
export interface CaptureTask {
  readonly templateUrl: string;
  /** The template says `ils-template-ready` by `postMessage` when it can be seen; other pages are ready once loaded. */
  readonly awaitsReady: boolean;
  readonly hasVideo: boolean;
  readonly width: number;
  readonly height: number;
  /** How wide the template is laid out, whatever the size of the picture: it looks the same in every quality. CSS pixels. */
  readonly layoutWidth: number;
  readonly frameRate: number;
  /** As in RFC 6381. */
  readonly codec: string;
  /** Bits a second. */
  readonly videoBitrate: number;
  /** Encoded from the same frames beside it, from large to small. */
  readonly smaller: readonly SmallerPicture[];
}

/** A smaller rendition of the picture. */
export interface SmallerPicture {
  readonly width: number;
  readonly height: number;
  /** As in RFC 6381. */
  readonly codec: string;
  /** Bits a second. */
  readonly bitrate: number;
}

export type ServerMessage =
  | ({ readonly type: 'task' } & CaptureTask)
  /** The window has been resized as far as it goes: the page may look again. */
  | { readonly type: 'resized' };

export type PageMessage =
  /** The page is not of the size that was asked for; by how many pixels. */
  | { readonly type: 'resize'; readonly width: number; readonly height: number }
  | { readonly type: 'failed'; readonly code: 'templateFailed' | 'captureFailed'; readonly message: string };

/** First on the media socket: what the frames after it are. */
export interface MediaStart {
  readonly type: 'start';
  /** Time at timestamp 0. Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly audio: { readonly sampleRate: number; readonly channels: number } | null;
}

export interface WireFrame {
  readonly kind: number;
  readonly keyFrame: boolean;
  /** Of a picture: 0 is the largest, 1 the next smaller. The first frame of the largest comes after the first of each other. */
  readonly rendition: number;
  /** Since the start. Microseconds. */
  readonly timestampUs: number;
  readonly payload: Uint8Array;
}

/** Writes the header of a frame whose payload follows it in `bytes`. */
export function writeFrameHeader(
  bytes: Uint8Array,
  { kind, keyFrame, rendition, timestampUs }: Omit<WireFrame, 'payload'>,
): void {
  const header = new DataView(bytes.buffer, bytes.byteOffset, FRAME_HEADER_BYTES);
  header.setUint8(0, kind);
  header.setUint8(1, keyFrame ? 1 : 0);
  header.setUint8(2, rendition);
  header.setFloat64(8, timestampUs, true);
}

/** Throws a `RangeError` for bytes too few to be a frame. */
export function readFrame(bytes: Uint8Array): WireFrame {
  if (bytes.byteLength < FRAME_HEADER_BYTES) throw new RangeError('A frame is shorter than its header.');
  const header = new DataView(bytes.buffer, bytes.byteOffset, FRAME_HEADER_BYTES);
  return {
    kind: header.getUint8(0),
    keyFrame: header.getUint8(1) === 1,
    rendition: header.getUint8(2),
    timestampUs: header.getFloat64(8, true),
    payload: bytes.subarray(FRAME_HEADER_BYTES),
  };
}
