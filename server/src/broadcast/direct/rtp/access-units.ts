import type { RtpPacket } from './rtp-packet.ts';

/** Kinds of NAL units (ITU-T H.264, table 7-1) and of packets (RFC 6184, table 1). */
const KIND = { keySlice: 5, sequenceParameters: 7, pictureParameters: 8, aggregate: 24, fragment: 28 } as const;
const LARGEST_SINGLE = 23;
const START_CODE = Buffer.from([0, 0, 0, 1]);
/** A picture of 1080p has a hundredth of it; more is no picture. */
const LARGEST_UNIT = 8 * 1_024 * 1_024;

/** One picture. */
export interface AccessUnit {
  /** Annex B; SPS and PPS stand before a key frame. */
  readonly data: Buffer;
  /** As the packets have it. */
  readonly timestamp: number;
  readonly keyFrame: boolean;
}

const kindOf = (unit: Buffer): number => (unit[0] ?? 0) & 0x1f;

/**
 * Puts pictures together from packets of H.264 that come in order (RFC 6184: single NAL units, STAP-A, FU-A). After a
 * hole it waits for the next key frame: what comes before refers to what was lost.
 */
export class AccessUnits {
  readonly #handleUnit: (unit: AccessUnit) => void;
  readonly #handleBroken: () => void;
  #units: Buffer[] = [];
  #fragments: Buffer[] = [];
  #size = 0;
  #timestamp: number | null = null;
  #sequence: Buffer | null = null;
  #picture: Buffer | null = null;
  #awaitsKeyFrame = true;
  /** The picture under way is not whole. */
  #isBroken = false;

  /** `handleBroken`: a key frame is needed. */
  constructor(handleUnit: (unit: AccessUnit) => void, handleBroken: () => void) {
    this.#handleUnit = handleUnit;
    this.#handleBroken = handleBroken;
  }

  add({ timestamp, marker, payload }: RtpPacket): void {
    if (this.#timestamp !== null && timestamp !== this.#timestamp) this.#finish();
    this.#timestamp = timestamp;
    this.#read(payload);
    if (marker) this.#finish();
  }

  /** Packets were lost. */
  lose(): void {
    this.#isBroken = true;
    this.#fragments = [];
    this.restart();
  }

  /** Nothing is shown before the next key frame. */
  restart(): void {
    if (this.#awaitsKeyFrame) return;
    this.#awaitsKeyFrame = true;
    this.#handleBroken();
  }

  #read(payload: Buffer): void {
    const kind = kindOf(payload);
    if (kind === KIND.aggregate) this.#readAggregate(payload);
    else if (kind === KIND.fragment) this.#readFragment(payload);
    else if (kind > 0 && kind <= LARGEST_SINGLE) this.#addUnit(payload);
    // Of no kind that packetisation mode 1 knows.
    else if (payload.length > 0) this.lose();
  }

  #readAggregate(payload: Buffer): void {
    for (let at = 1; at + 2 <= payload.length;) {
      const end = at + 2 + payload.readUInt16BE(at);
      if (end > payload.length) return this.lose();
      if (end > at + 2) this.#addUnit(payload.subarray(at + 2, end));
      at = end;
    }
  }

  #readFragment(payload: Buffer): void {
    const [indicator = 0, header = 0] = payload;
    if (payload.length < 3) return this.lose();
    if ((header & 0x80) !== 0) this.#fragments = [Buffer.of((indicator & 0xe0) | (header & 0x1f))];
    // Its beginning was lost, before this tap or on the way.
    else if (this.#fragments.length === 0) {
      this.#isBroken = true;
      return;
    }
    this.#fragments.push(payload.subarray(2));
    if ((header & 0x40) === 0) return;
    this.#addUnit(Buffer.concat(this.#fragments));
    this.#fragments = [];
  }

  #addUnit(unit: Buffer): void {
    const kind = kindOf(unit);
    if (kind === KIND.sequenceParameters) this.#sequence = unit;
    else if (kind === KIND.pictureParameters) this.#picture = unit;
    else {
      this.#size += unit.length;
      if (this.#size > LARGEST_UNIT) return this.lose();
      this.#units.push(unit);
    }
  }

  #finish(): void {
    const units = this.#units;
    const isBroken = this.#isBroken || this.#fragments.length > 0;
    const timestamp = this.#timestamp ?? 0;
    this.#units = [];
    this.#fragments = [];
    this.#size = 0;
    this.#timestamp = null;
    this.#isBroken = false;
    if (units.length === 0) return;
    if (isBroken) return this.restart();
    const keyFrame = units.some((unit) => kindOf(unit) === KIND.keySlice);
    if (!keyFrame && this.#awaitsKeyFrame) return;
    const parameters = keyFrame ? this.#parameters() : [];
    if (parameters === null) return this.restart();
    this.#awaitsKeyFrame = false;
    const data = Buffer.concat([...parameters, ...units].flatMap((unit) => [START_CODE, unit]));
    this.#handleUnit({ data, timestamp, keyFrame });
  }

  #parameters(): Buffer[] | null {
    return this.#sequence === null || this.#picture === null ? null : [this.#sequence, this.#picture];
  }
}
