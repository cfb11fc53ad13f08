/** What a sequence parameter set says of the picture. */
export interface SequenceParameters {
  readonly width: number;
  readonly height: number;
  readonly chromaFormat: number;
  readonly lumaDepth: number;
  readonly chromaDepth: number;
}

const PROFILES_WITH_CHROMA = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

/** Reads ITU-T H.264, 7.3.2.1.1, as far as the cropping of the frame. */
export function readSequenceParameters(unit: Uint8Array): SequenceParameters {
  const bits = new BitReader(removeEmulationPrevention(unit.subarray(1)));
  const profile = bits.read(8);
  bits.read(16);
  bits.readUnsigned();
  let chromaFormat = 1;
  let lumaDepth = 8;
  let chromaDepth = 8;
  if (PROFILES_WITH_CHROMA.has(profile)) {
    chromaFormat = bits.readUnsigned();
    if (chromaFormat === 3) bits.read(1);
    lumaDepth += bits.readUnsigned();
    chromaDepth += bits.readUnsigned();
    bits.read(1);
    if (bits.read(1) === 1) skipScalingLists(bits, chromaFormat === 3 ? 12 : 8);
  }
  bits.readUnsigned();
  skipPictureOrder(bits);
  bits.readUnsigned();
  bits.read(1);
  const widthInBlocks = bits.readUnsigned() + 1;
  const heightInUnits = bits.readUnsigned() + 1;
  const framesOnly = bits.read(1);
  if (framesOnly === 0) bits.read(1);
  bits.read(1);
  const crop = bits.read(1) === 1 ? [1, 2, 3, 4].map(() => bits.readUnsigned()) : [0, 0, 0, 0];
  const [left = 0, right = 0, top = 0, bottom = 0] = crop;
  const horizontalUnit = chromaFormat === 1 || chromaFormat === 2 ? 2 : 1;
  const verticalUnit = (chromaFormat === 1 ? 2 : 1) * (2 - framesOnly);
  return {
    width: widthInBlocks * 16 - (left + right) * horizontalUnit,
    height: heightInUnits * 16 * (2 - framesOnly) - (top + bottom) * verticalUnit,
    chromaFormat,
    lumaDepth,
    chromaDepth,
  };
}

function skipPictureOrder(bits: BitReader): void {
  const type = bits.readUnsigned();
  if (type === 0) bits.readUnsigned();
  if (type !== 1) return;
  bits.read(1);
  bits.readUnsigned();
  bits.readUnsigned();
  for (let count = bits.readUnsigned(); count > 0; count -= 1) bits.readUnsigned();
}

function skipScalingLists(bits: BitReader, count: number): void {
  for (let list = 0; list < count; list += 1) {
    if (bits.read(1) === 0) continue;
    let next = 8;
    for (let index = 0; index < (list < 6 ? 16 : 64) && next !== 0; index += 1)
      next = (next + bits.readSigned()) & 0xff;
  }
}

function removeEmulationPrevention(bytes: Uint8Array): Uint8Array {
  const plain: number[] = [];
  let zeros = 0;
  for (const byte of bytes) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    plain.push(byte);
  }
  return Uint8Array.from(plain);
}

class BitReader {
  readonly #bytes: Uint8Array;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  read(count: number): number {
    let value = 0;
    for (let index = 0; index < count; index += 1, this.#position += 1) {
      const byte = this.#bytes[this.#position >> 3];
      if (byte === undefined) throw new RangeError('The sequence parameter set is cut short');
      value = value * 2 + ((byte >> (7 - (this.#position & 7))) & 1);
    }
    return value;
  }

  /** ue(v) of clause 9.1. */
  readUnsigned(): number {
    let zeros = 0;
    while (this.read(1) === 0) {
      zeros += 1;
      if (zeros > 32) throw new RangeError('The sequence parameter set holds a number too large');
    }
    return 2 ** zeros - 1 + this.read(zeros);
  }

  /** se(v) of clause 9.1.1. */
  readSigned(): number {
    const code = this.readUnsigned();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  }
}
