import { OPUS_RATE, opusSamples } from './ogg-opus.ts';

/** Twenty milliseconds in which nothing is heard. */
export const SILENT_PACKET = Uint8Array.of(0xf8, 0xff, 0xfe);
const SILENT_SAMPLES = 960;
const SILENT_US = (SILENT_SAMPLES * 1e6) / OPUS_RATE;
/** How far a packet may be from where its time says before it is moved: half of 45 ms, which nobody notices. Microseconds. */
const TOLERANCE_US = 22_000;
/** A longer gap is a fault, and not filled in one go. Microseconds. */
const LONGEST_GAP_US = 3_000_000;

/** A packet, and how many samples there are up to its end. */
export interface PlacedPacket {
  readonly packet: Uint8Array;
  readonly endSample: number;
}

/** Makes one unbroken line of the packets that come: a gap becomes silence, what overlaps is dropped. */
export class OpusLine {
  readonly #startUs: number;
  #samples = 0;

  /** `startUs`: the time at which the line begins. */
  constructor(startUs: number) {
    this.#startUs = startUs;
  }

  get startUs(): number {
    return this.#startUs;
  }

  /** What is to be written for a packet of that time. */
  place(packet: Uint8Array, timeUs: number): readonly PlacedPacket[] {
    const samples = opusSamples(packet);
    const lateUs = timeUs - this.#endUs;
    if (samples === 0 || lateUs < -TOLERANCE_US) return [];
    const gap = lateUs > TOLERANCE_US ? this.#silence(Math.round(Math.min(lateUs, LONGEST_GAP_US) / SILENT_US)) : [];
    return [...gap, this.#add(packet, samples)];
  }

  /** The silence that is missing up to a time. */
  fill(untilUs: number): readonly PlacedPacket[] {
    return this.#silence(Math.floor((untilUs - this.#endUs) / SILENT_US));
  }

  get #endUs(): number {
    return this.#startUs + (this.#samples / OPUS_RATE) * 1e6;
  }

  #silence(count: number): PlacedPacket[] {
    return Array.from({ length: Math.max(0, count) }, () => this.#add(SILENT_PACKET, SILENT_SAMPLES));
  }

  #add(packet: Uint8Array, samples: number): PlacedPacket {
    this.#samples += samples;
    return { packet, endSample: this.#samples };
  }
}
