import type { CaptureTask } from '../../server/src/broadcast/composer/composer-wire.ts';
import { FrameGrid } from './frame-grid.ts';

/** Frames that may wait for the encoder; with more it is behind, and frames are left out. */
const LONGEST_QUEUE = 3;

interface PictureEncoderOptions extends Pick<CaptureTask, 'codec' | 'width' | 'height' | 'frameRate' | 'videoBitrate'> {
  /** Since the start. Microseconds. */
  readonly now: () => number;
  readonly handleChunk: (chunk: EncodedVideoChunk, timestampUs: number) => void;
  readonly handleError: (error: unknown) => void;
}

/** Encodes frames on a steady grid, a key frame each second; where the page stands still, the picture is sent again. */
export class PictureEncoder {
  readonly #options: PictureEncoderOptions;
  readonly #grid: FrameGrid;
  readonly #encoder: VideoEncoder;
  #latest: VideoFrame | null = null;
  #nextKeyFrame = 0;

  constructor(options: PictureEncoderOptions) {
    this.#options = options;
    const { codec, width, height, frameRate, videoBitrate, handleChunk, handleError, now } = options;
    this.#grid = new FrameGrid(frameRate);
    this.#encoder = new VideoEncoder({
      output: (chunk) => handleChunk(chunk, chunk.timestamp),
      error: handleError,
    });
    this.#encoder.configure({
      codec,
      width,
      height,
      framerate: frameRate,
      bitrate: videoBitrate,
      latencyMode: 'realtime',
      avc: { format: 'annexb' },
    });
    setInterval(() => {
      const place = this.#grid.overdue(now());
      if (place !== null && this.#latest) this.#encode(this.#latest, place);
    }, 500 / frameRate);
  }

  /** Takes the frame over. `timeUs`: since the start. */
  show(frame: VideoFrame, timeUs: number): void {
    this.#latest?.close();
    this.#latest = frame;
    const place = this.#grid.place(timeUs);
    if (place !== null) this.#encode(frame, place);
  }

  #encode(frame: VideoFrame, place: number): void {
    if (this.#encoder.state !== 'configured' || this.#encoder.encodeQueueSize > LONGEST_QUEUE) return;
    const { frameRate } = this.#options;
    const keyFrame = place >= this.#nextKeyFrame;
    if (keyFrame) this.#nextKeyFrame = (Math.floor(place / frameRate) + 1) * frameRate;
    const stamped = new VideoFrame(frame, { timestamp: this.#grid.timeOf(place) });
    this.#encoder.encode(stamped, { keyFrame });
    stamped.close();
  }
}
