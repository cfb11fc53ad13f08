import type { EncodedAudio } from '../encoded-media.ts';
import { AAC_SAMPLE_RATE, AacProcess, type AacProcessOptions } from './aac-process.ts';
import { SampleTimeline } from './sample-timeline.ts';

export const FRAME_SAMPLES = 1_024;
const BYTES_PER_VALUE = 4;

interface AudioEncoderOptions extends Omit<AacProcessOptions, 'input' | 'handleFrame'> {
  readonly sampleRate: number;
  readonly channels: number;
  readonly handleFrame: (frame: EncodedAudio) => void;
}

/** Makes AAC-LC of 48 kHz of samples of any rate: Chromium on Linux has no encoder for it. */
export class AudioEncoder {
  readonly #process: AacProcess;
  readonly #timeline: SampleTimeline;

  constructor({ sampleRate, channels, handleFrame, ...options }: AudioEncoderOptions) {
    this.#timeline = new SampleTimeline(sampleRate, channels * BYTES_PER_VALUE);
    this.#process = new AacProcess({
      ...options,
      input: `-f f32le -ar ${sampleRate} -ac ${channels}`,
      handleFrame: (data, index) => {
        const offsetUs = (index * FRAME_SAMPLES * 1e6) / AAC_SAMPLE_RATE;
        handleFrame({ data, timestampUs: Math.round((this.#timeline.startUs ?? 0) + offsetUs) });
      },
    });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  encode(samples: Uint8Array, timestampUs: number): void {
    for (const chunk of this.#timeline.place(samples, timestampUs)) this.#process.write(chunk);
  }

  close(): void {
    this.#process.close();
  }
}
