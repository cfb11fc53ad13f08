import type { Segment } from '../segment.ts';
import type { Bandwidth } from './multivariant-playlist.ts';

/** Measures the segments of a track, as BANDWIDTH and AVERAGE-BANDWIDTH are defined (RFC 8216bis, 4.4.6.2). */
export class BandwidthMeter {
  #peak = 0;
  #bits = 0;
  #seconds = 0;
  #open: Segment | null = null;

  begin(segment: Segment): void {
    this.#open = segment;
  }

  complete(segment: Segment): void {
    const bits = segment.byteLength * 8;
    this.#open = null;
    this.#bits += bits;
    this.#seconds += segment.duration;
    // The last one of a run may be a single key frame and says nothing.
    if (segment.duration >= 0.5) this.#peak = Math.max(this.#peak, bits / segment.duration);
  }

  reset(): void {
    this.#peak = 0;
    this.#bits = 0;
    this.#seconds = 0;
  }

  /** Before any segment is complete, what there is of the first one. */
  measure(): Bandwidth {
    const open = this.#open;
    const openRate = open === null || open.duration === 0 ? 0 : (open.byteLength * 8) / open.duration;
    if (this.#seconds === 0) return { peak: openRate, average: openRate };
    const average = this.#bits / this.#seconds;
    return { peak: Math.max(this.#peak, average), average };
  }
}
