import {
  AUDIO_FRAME,
  FRAME_HEADER_BYTES,
  VIDEO_FRAME,
  writeFrameHeader,
  type CaptureTask,
  type MediaStart,
} from '../../server/src/broadcast/composer/composer-wire.ts';
import { ClockAnchor } from './clock-anchor.ts';
import { PictureEncoder } from './picture-encoder.ts';

/** What this worker is given once. */
export interface EncoderTask extends CaptureTask {
  /** Address of the media socket. */
  readonly socket: string;
  readonly videoFrames: ReadableStream<VideoFrame> | null;
  readonly audioFrames: ReadableStream<AudioData> | null;
}

/** What it says to the page, where it cannot go on. */
export interface EncoderFailure {
  readonly message: string;
}

interface SoundFormat {
  readonly sampleRate: number;
  readonly channels: number;
}

/** How often is looked whether both clocks are known. Milliseconds. */
const LOOK_EVERY_MS = 50;
/** Bytes unsent at which the server is taken for gone. */
const UNSENT_LIMIT = 16 * 1_024 * 1_024;

addEventListener('message', ({ data }: MessageEvent<EncoderTask>) => {
  const socket = new WebSocket(data.socket);
  socket.binaryType = 'arraybuffer';
  socket.addEventListener('open', () => new Encoder(data, socket).run());
  socket.addEventListener('error', () => fail(new Error('The media socket does not open.')));
});

function fail(error: unknown): void {
  const failure: EncoderFailure = {
    message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  };
  postMessage(failure);
}

/** Reads both streams, finds their common clock in the first second, and sends everything from then on. */
class Encoder {
  readonly #task: EncoderTask;
  readonly #socket: WebSocket;
  readonly #videoClock = new ClockAnchor();
  readonly #audioClock = new ClockAnchor();
  #sound: SoundFormat | null = null;
  #picture: PictureEncoder | null = null;
  /** The page's time at timestamp 0, once it has begun. Microseconds. */
  #zeroUs: number | null = null;

  constructor(task: EncoderTask, socket: WebSocket) {
    this.#task = task;
    this.#socket = socket;
  }

  run(): void {
    const { videoFrames, audioFrames } = this.#task;
    if (videoFrames) this.#readVideo(videoFrames).catch(fail);
    if (audioFrames) this.#readAudio(audioFrames).catch(fail);
    this.#begin();
  }

  async #readVideo(frames: ReadableStream<VideoFrame>): Promise<void> {
    const reader = frames.getReader();
    for (;;) {
      const { value: frame } = await reader.read();
      if (!frame) return;
      this.#videoClock.measure(frame.timestamp, performance.now());
      const picture = this.#picture;
      if (picture && this.#zeroUs !== null) {
        picture.show(frame, this.#videoClock.toPageTime(frame.timestamp) - this.#zeroUs);
      } else {
        frame.close();
      }
    }
  }

  async #readAudio(frames: ReadableStream<AudioData>): Promise<void> {
    const reader = frames.getReader();
    for (;;) {
      const { value: samples } = await reader.read();
      if (!samples) return;
      this.#audioClock.measure(samples.timestamp, performance.now());
      this.#sound ??= { sampleRate: samples.sampleRate, channels: samples.numberOfChannels };
      if (this.#zeroUs !== null) {
        const timestampUs = this.#audioClock.toPageTime(samples.timestamp) - this.#zeroUs;
        if (timestampUs >= 0) this.#send(interleave(samples, timestampUs));
      }
      samples.close();
    }
  }

  #begin(): void {
    const { videoFrames, audioFrames } = this.#task;
    const isHere = (stream: ReadableStream | null, clock: ClockAnchor) => stream === null || clock.isMeasured;
    if (!isHere(videoFrames, this.#videoClock) || !isHere(audioFrames, this.#audioClock)) {
      setTimeout(() => this.#begin(), LOOK_EVERY_MS);
      return;
    }
    const zeroMs = performance.now();
    const start: MediaStart = { type: 'start', startedAt: performance.timeOrigin + zeroMs, audio: this.#sound };
    this.#socket.send(JSON.stringify(start));
    this.#zeroUs = zeroMs * 1_000;
    if (videoFrames) {
      this.#picture = new PictureEncoder({
        ...this.#task,
        now: () => (performance.now() - zeroMs) * 1_000,
        handleChunk: (chunk, rendition) => this.#sendChunk(chunk, rendition),
        handleError: fail,
      });
    }
  }

  #sendChunk(chunk: EncodedVideoChunk, rendition: number): void {
    const bytes = new Uint8Array(FRAME_HEADER_BYTES + chunk.byteLength);
    const { type, timestamp: timestampUs } = chunk;
    writeFrameHeader(bytes, { kind: VIDEO_FRAME, keyFrame: type === 'key', rendition, timestampUs });
    chunk.copyTo(bytes.subarray(FRAME_HEADER_BYTES));
    this.#send(bytes);
  }

  #send(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#socket.bufferedAmount > UNSENT_LIMIT) fail(new Error('The server takes no more frames.'));
    else if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(bytes);
  }
}

function interleave(samples: AudioData, timestampUs: number): Uint8Array<ArrayBuffer> {
  const { numberOfFrames: frames, numberOfChannels: channels } = samples;
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + frames * channels * 4);
  writeFrameHeader(bytes, { kind: AUDIO_FRAME, keyFrame: false, rendition: 0, timestampUs });
  const values = new Float32Array(bytes.buffer, FRAME_HEADER_BYTES);
  const plane = new Float32Array(frames);
  for (let channel = 0; channel < channels; channel++) {
    samples.copyTo(plane, { planeIndex: channel, format: 'f32-planar' });
    for (let index = 0; index < frames; index++) values[index * channels + channel] = plane[index] ?? 0;
  }
  return bytes;
}
