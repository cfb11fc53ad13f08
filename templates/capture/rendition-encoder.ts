/** Frames that may wait for the encoder; with more it is behind, and frames are left out. */
const LONGEST_QUEUE = 3;

interface RenditionEncoderOptions {
  readonly width: number;
  readonly height: number;
  /** As in RFC 6381. */
  readonly codec: string;
  /** Bits a second. */
  readonly bitrate: number;
  readonly frameRate: number;
  readonly handleChunk: (chunk: EncodedVideoChunk) => void;
  readonly handleError: (error: unknown) => void;
}

/** Encodes the picture in one size; frames of another are scaled. */
export class RenditionEncoder {
  readonly #encoder: VideoEncoder;

  constructor({ codec, width, height, bitrate, frameRate, handleChunk, handleError }: RenditionEncoderOptions) {
    this.#encoder = new VideoEncoder({ output: (chunk) => handleChunk(chunk), error: handleError });
    this.#encoder.configure({
      codec,
      width,
      height,
      framerate: frameRate,
      bitrate,
      latencyMode: 'realtime',
      avc: { format: 'annexb' },
    });
  }

  get isBehind(): boolean {
    return this.#encoder.state !== 'configured' || this.#encoder.encodeQueueSize > LONGEST_QUEUE;
  }

  encode(frame: VideoFrame, keyFrame: boolean): void {
    if (this.#encoder.state === 'configured') this.#encoder.encode(frame, { keyFrame });
  }
}
