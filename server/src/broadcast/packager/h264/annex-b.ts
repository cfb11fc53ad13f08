/** Kinds of NAL units (ITU-T H.264, table 7-1) that matter here. */
const KIND = { sequenceParameters: 7, pictureParameters: 8, delimiter: 9, filler: 12 } as const;
const START_CODE = Buffer.from([0, 0, 1]);

/** SPS and PPS as an encoder wrote them. */
export interface ParameterSets {
  readonly sequence: Uint8Array;
  readonly picture: Uint8Array;
}

export interface AccessUnit {
  /** The picture's NAL units, each behind its length in four bytes (ISO/IEC 14496-15, 5.3.4.2). */
  readonly data: Uint8Array;
  /** Those that stood before it, if both did. */
  readonly parameters: ParameterSets | null;
}

/** By the bytes that they were read from: a camera's feed, the packager and each destination look at the same. */
const known = new WeakMap<Uint8Array, AccessUnit>();

/** Reads an access unit of H.264 in annex B, once. Parameter sets, delimiters and filler are taken out. */
export function readAnnexB(bytes: Uint8Array): AccessUnit {
  const unit = known.get(bytes) ?? parseAnnexB(bytes);
  known.set(bytes, unit);
  return unit;
}

function parseAnnexB(bytes: Uint8Array): AccessUnit {
  let sequence: Uint8Array | null = null;
  let picture: Uint8Array | null = null;
  const pieces: Uint8Array[] = [];
  for (const unit of splitUnits(bytes)) {
    switch ((unit[0] ?? 0) & 0x1f) {
      case KIND.sequenceParameters:
        sequence = unit;
        break;
      case KIND.pictureParameters:
        picture = unit;
        break;
      case KIND.delimiter:
      case KIND.filler:
        break;
      default: {
        const length = Buffer.allocUnsafe(4);
        length.writeUInt32BE(unit.byteLength);
        pieces.push(length, unit);
      }
    }
  }
  const parameters = sequence !== null && picture !== null ? { sequence, picture } : null;
  return { data: Buffer.concat(pieces), parameters };
}

function splitUnits(bytes: Uint8Array): Uint8Array[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const units: Uint8Array[] = [];
  let start = buffer.indexOf(START_CODE);
  while (start >= 0) {
    const next = buffer.indexOf(START_CODE, start + START_CODE.length);
    let end = next < 0 ? buffer.length : next;
    // Zeros before a start code belong to it; no unit ends in one.
    while (end > start && buffer[end - 1] === 0) end -= 1;
    if (end > start + START_CODE.length) units.push(buffer.subarray(start + START_CODE.length, end));
    start = next;
  }
  return units;
}

/** Whether two pairs of parameter sets are one and the same. */
export function sameParameters(one: ParameterSets, other: ParameterSets): boolean {
  return Buffer.compare(one.sequence, other.sequence) === 0 && Buffer.compare(one.picture, other.picture) === 0;
}
