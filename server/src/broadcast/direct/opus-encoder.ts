import type { EncodedAudio } from '../encoded-media.ts';
import { AacProcess, type AacProcessOptions } from '../sound/aac-process.ts';
import { FRAME_SAMPLES } from '../sound/audio-encoder.ts';
import { OggOpusWriter, OPUS_RATE } from './ogg-opus.ts';
import { OpusLine, type PlacedPacket } from './opus-line.ts';

interface OpusEncoderOptions extends Omit<AacProcessOptions, 'input' | 'handleFrame'> {
  readonly startUs: number;
  readonly handleFrame: (frame: EncodedAudio) => void;
}

/** Makes AAC-LC of packets of Opus, which Safari does not play in HLS. */
export class OpusEncoder {
  readonly #process: AacProcess;
  readonly #writer = new OggOpusWriter();
  readonly #line: OpusLine;

  constructor({ startUs, handleFrame, ...options }: OpusEncoderOptions) {
    this.#line = new OpusLine(startUs);
    this.#process = new AacProcess({
      ...options,
      input: '-f ogg',
      handleFrame: (data, index) => {
        const offsetUs = (index * FRAME_SAMPLES * 1e6) / OPUS_RATE;
        handleFrame({ data, timestampUs: Math.round(startUs + offsetUs) });
      },
    });
    this.#process.write(this.#writer.head());
  }

  encode(packet: Uint8Array, timeUs: number): void {
    this.#write(this.#line.place(packet, timeUs));
  }

  /** Nothing more is expected before that time. */
  fill(untilUs: number): void {
    this.#write(this.#line.fill(untilUs));
  }

  close(): void {
    this.#process.close();
  }

  #write(placed: readonly PlacedPacket[]): void {
    for (const { packet, endSample } of placed) this.#process.write(this.#writer.page(packet, endSample));
  }
}
