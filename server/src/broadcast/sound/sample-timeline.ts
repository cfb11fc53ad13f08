/** How far samples may be from where their time says before they are moved. Microseconds. */
const TOLERANCE_US = 40_000;
/** A longer gap is a fault, and not filled in one go. Microseconds. */
const LONGEST_GAP_US = 2_000_000;

/** Makes one unbroken line of the samples that come: a gap becomes silence, what overlaps is dropped. */
export class SampleTimeline {
  readonly #sampleRate: number;
  readonly #bytesPerSample: number;
  #startUs: number | null = null;
  #samples = 0;

  /** `bytesPerSample` counts all channels of one point in time. */
  constructor(sampleRate: number, bytesPerSample: number) {
    this.#sampleRate = sampleRate;
    this.#bytesPerSample = bytesPerSample;
  }

  /** The time of the first sample; `null` before it. Microseconds. */
  get startUs(): number | null {
    return this.#startUs;
  }

  /** What is to be written for these samples. */
  place(samples: Uint8Array, timestampUs: number): readonly Uint8Array[] {
    this.#startUs ??= timestampUs;
    const lateUs = timestampUs - this.#endUs;
    if (lateUs < -TOLERANCE_US) return [];
    const silence = lateUs > TOLERANCE_US ? this.#silence(Math.min(lateUs, LONGEST_GAP_US)) : [];
    this.#samples += samples.byteLength / this.#bytesPerSample;
    return [...silence, samples];
  }

  get #endUs(): number {
    return (this.#startUs ?? 0) + (this.#samples / this.#sampleRate) * 1e6;
  }

  #silence(durationUs: number): Uint8Array[] {
    const count = Math.round((durationUs / 1e6) * this.#sampleRate);
    this.#samples += count;
    return [new Uint8Array(count * this.#bytesPerSample)];
  }
}
