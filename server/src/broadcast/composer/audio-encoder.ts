import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { EncodedAudio } from '../encoded-media.ts';
import { AdtsReader } from './adts.ts';
import { SampleTimeline } from './sample-timeline.ts';

const FRAME_SAMPLES = 1_024;
const BYTES_PER_VALUE = 4;
const KEPT_ERRORS = 1_000;
const QUIETLY = '-hide_banner -loglevel error -nostdin';
/** Samples are encoded as they come, and frames written as they are made. */
const AT_ONCE = '-probesize 32 -analyzeduration 0 -fflags +nobuffer -threads 1';

interface AudioEncoderOptions {
  readonly ffmpeg: string;
  readonly sampleRate: number;
  readonly channels: number;
  /** Bits a second. */
  readonly bitrate: number;
  readonly handleFrame: (frame: EncodedAudio) => void;
  /** It ended by itself, with what it last said. */
  readonly handleGone: (lastWords: string) => void;
}

/** ffmpeg makes AAC-LC of samples: Chromium on Linux has no encoder for it. */
export class AudioEncoder {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #timeline: SampleTimeline;
  readonly #sampleRate: number;
  readonly #handleFrame: (frame: EncodedAudio) => void;
  #frames = 0;
  #closed = false;

  constructor({ ffmpeg, sampleRate, channels, bitrate, handleFrame, handleGone }: AudioEncoderOptions) {
    this.#sampleRate = sampleRate;
    this.#handleFrame = handleFrame;
    this.#timeline = new SampleTimeline(sampleRate, channels * BYTES_PER_VALUE);
    const input = `-f f32le -ar ${sampleRate} -ac ${channels} -i pipe:0`;
    const output = `-c:a aac -profile:a aac_low -b:a ${bitrate} -flush_packets 1 -f adts pipe:1`;
    const parameters = `${QUIETLY} ${AT_ONCE} ${input} ${output}`.split(' ');
    this.#child = spawn(ffmpeg, parameters, { stdio: ['pipe', 'pipe', 'pipe'] });
    const reader = new AdtsReader();
    let errors = '';
    const tell = (): void => {
      if (this.#closed) return;
      this.#closed = true;
      handleGone(errors.trim());
    };
    this.#child.stdout.on('data', (chunk: Buffer) => {
      for (const data of reader.read(chunk)) this.#emit(data);
    });
    this.#child.stderr.on('data', (text: Buffer) => {
      errors = (errors + text.toString()).slice(-KEPT_ERRORS);
    });
    this.#child.stdin.on('error', tell);
    this.#child.once('error', tell);
    this.#child.once('exit', tell);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  encode(samples: Uint8Array, timestampUs: number): void {
    if (this.#closed) return;
    for (const chunk of this.#timeline.place(samples, timestampUs)) this.#child.stdin.write(chunk);
  }

  close(): void {
    this.#closed = true;
    this.#child.kill('SIGKILL');
  }

  #emit(data: Uint8Array): void {
    const index = this.#frames++;
    // The encoder's first frame is its run-up: the sound of frame n lies one frame earlier.
    if (index === 0 || this.#closed) return;
    const offsetUs = ((index - 1) * FRAME_SAMPLES * 1e6) / this.#sampleRate;
    this.#handleFrame({ data, timestampUs: Math.round((this.#timeline.startUs ?? 0) + offsetUs) });
  }
}
