import type { CaptureTask } from '../../server/src/broadcast/composer/composer-wire.ts';
import { FrameGrid } from './frame-grid.ts';
import { RenditionEncoder } from './rendition-encoder.ts';

interface PictureEncoderOptions extends Pick<
  CaptureTask,
  'codec' | 'width' | 'height' | 'frameRate' | 'videoBitrate' | 'smaller'
> {
  /** Since the start. Microseconds. */
  readonly now: () => number;
  /** `rendition`: 0 is the largest; its first chunk comes after the first of each other. */
  readonly handleChunk: (chunk: EncodedVideoChunk, rendition: number) => void;
  readonly handleError: (error: unknown) => void;
}

/**
 * Encodes frames on a steady grid, a key frame each second; where the page stands still, the picture is sent again.
 * Smaller renditions are made of the same frames, with key frames at the same places.
 */
export class PictureEncoder {
  readonly #options: PictureEncoderOptions;
  readonly #grid: FrameGrid;
  readonly #largest: RenditionEncoder;
  readonly #smaller: readonly RenditionEncoder[];
  /** Smaller renditions of which nothing has come yet. */
  readonly #awaited = new Set<number>();
  /** Chunks of the largest until then. */
  #held: EncodedVideoChunk[] = [];
  #latest: VideoFrame | null = null;
  #nextKeyFrame = 0;

  constructor(options: PictureEncoderOptions) {
    this.#options = options;
    const { codec, width, height, frameRate, videoBitrate: bitrate, smaller, handleError, now } = options;
    this.#grid = new FrameGrid(frameRate);
    const open = (picture: CaptureTask['smaller'][number], rendition: number) =>
      new RenditionEncoder({
        ...picture,
        frameRate,
        handleChunk: (chunk) => this.#handleChunk(chunk, rendition),
        handleError,
      });
    this.#largest = open({ codec, width, height, bitrate }, 0);
    this.#smaller = smaller.map((picture, index) => {
      this.#awaited.add(index + 1);
      return open(picture, index + 1);
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
    if (this.#largest.isBehind) return;
    const { frameRate } = this.#options;
    const keyFrame = place >= this.#nextKeyFrame;
    if (keyFrame) this.#nextKeyFrame = (Math.floor(place / frameRate) + 1) * frameRate;
    const stamped = new VideoFrame(frame, { timestamp: this.#grid.timeOf(place) });
    this.#largest.encode(stamped, keyFrame);
    // A key frame is never left out: players go from one rendition to another there.
    for (const each of this.#smaller) if (keyFrame || !each.isBehind) each.encode(stamped, keyFrame);
    stamped.close();
  }

  #handleChunk(chunk: EncodedVideoChunk, rendition: number): void {
    const { handleChunk } = this.#options;
    if (rendition === 0 && this.#awaited.size > 0) {
      this.#held.push(chunk);
      return;
    }
    handleChunk(chunk, rendition);
    if (this.#awaited.delete(rendition) && this.#awaited.size === 0)
      for (const each of this.#held.splice(0)) handleChunk(each, 0);
  }
}
