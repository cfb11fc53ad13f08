import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { AdtsReader } from './adts.ts';

/**
 * Of all sound that is packaged, whatever was captured. Browsers cut the times of frames to whole microseconds: of 1,024
 * samples at 44.1 kHz nearly one is lost twice, and hls.js then takes what it has buffered for less than the segment.
 */
export const AAC_SAMPLE_RATE = 48_000;

const KEPT_ERRORS = 1_000;
const QUIETLY = '-hide_banner -loglevel error -nostdin';
/** Sound is encoded as it comes, and frames written as they are made. */
const AT_ONCE = '-probesize 32 -analyzeduration 0 -fflags +nobuffer -threads 1';

export interface AacProcessOptions {
  readonly ffmpeg: string;
  /** What it reads, in its own words: `-f ogg`. */
  readonly input: string;
  /** Bits a second. */
  readonly bitrate: number;
  /** A raw access unit, and how many came before it. */
  readonly handleFrame: (data: Uint8Array, index: number) => void;
  /** It ended by itself, with what it last said. */
  readonly handleGone: (lastWords: string) => void;
}

/** One ffmpeg that makes AAC-LC of what is written to it. */
export class AacProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  #frames = 0;
  #closed = false;

  constructor({ ffmpeg, input, bitrate, handleFrame, handleGone }: AacProcessOptions) {
    const output = `-c:a aac -profile:a aac_low -ar ${AAC_SAMPLE_RATE} -b:a ${bitrate} -flush_packets 1 -f adts pipe:1`;
    const parameters = `${QUIETLY} ${AT_ONCE} ${input} -i pipe:0 ${output}`.split(' ');
    this.#child = spawn(ffmpeg, parameters, { stdio: ['pipe', 'pipe', 'pipe'] });
    const reader = new AdtsReader();
    let errors = '';
    const tell = (): void => {
      if (this.#closed) return;
      this.#closed = true;
      handleGone(errors.trim());
    };
    this.#child.stdout.on('data', (chunk: Buffer) => {
      if (this.#closed) return;
      for (const data of reader.read(chunk)) {
        const index = this.#frames++;
        // The encoder's first frame is its run-up: the sound of frame n lies one frame earlier.
        if (index > 0) handleFrame(data, index - 1);
      }
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

  write(chunk: Uint8Array): void {
    if (!this.#closed) this.#child.stdin.write(chunk);
  }

  close(): void {
    this.#closed = true;
    this.#child.kill('SIGKILL');
  }
}
