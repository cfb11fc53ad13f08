const FIXED_HEADER_BYTES = 12;
const WORD = 4;
const ONE_BYTE_FORM = 0xbede;
const SENDER_REPORT = 200;
/** Between the epochs of NTP and of Unix. Seconds. */
const NTP_TO_UNIX = 2_208_988_800;
const FRACTIONS = 2 ** 32;

/** A packet of RFC 3550, section 5.1, as far as a depacketiser asks. */
export interface RtpPacket {
  readonly sequence: number;
  readonly timestamp: number;
  readonly marker: boolean;
  readonly payload: Buffer;
  /** The header's extensions, in the one-byte form (RFC 8285, 4.2); `null` without any. */
  readonly extensions: Buffer | null;
}

/** `null` where it is none. */
export function readRtpPacket(bytes: Buffer): RtpPacket | null {
  if (bytes.length < FIXED_HEADER_BYTES) return null;
  const first = bytes.readUInt8(0);
  if (first >> 6 !== 2) return null;
  let extensions: Buffer | null = null;
  let start = FIXED_HEADER_BYTES + (first & 0x0f) * WORD;
  if ((first & 0x10) !== 0) {
    if (bytes.length < start + WORD) return null;
    const end = start + WORD + bytes.readUInt16BE(start + 2) * WORD;
    if (bytes.readUInt16BE(start) === ONE_BYTE_FORM) extensions = bytes.subarray(start + WORD, end);
    start = end;
  }
  const end = bytes.length - ((first & 0x20) === 0 ? 0 : bytes.readUInt8(bytes.length - 1));
  if (end < start) return null;
  return {
    sequence: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    marker: (bytes.readUInt8(1) & 0x80) !== 0,
    payload: bytes.subarray(start, end),
    extensions,
  };
}

/** The first byte of the extension with that id; `null` where the packet has none. */
export function readExtension({ extensions }: RtpPacket, id: number): number | null {
  if (extensions === null) return null;
  for (let at = 0; at < extensions.length; at += 1) {
    const head = extensions[at] ?? 0;
    if (head === 0) continue;
    if (head >> 4 === id) return extensions[at + 1] ?? null;
    at += (head & 0x0f) + 1;
  }
  return null;
}

/** What a sender says of its clock: both are one instant (RFC 3550, 6.4.1). */
export interface SenderReport {
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  readonly timestamp: number;
}

/** The sender report in a packet of RTCP, if there is one. */
export function readSenderReport(bytes: Buffer): SenderReport | null {
  for (let at = 0; at + WORD <= bytes.length;) {
    const end = at + (bytes.readUInt16BE(at + 2) + 1) * WORD;
    if (bytes.readUInt8(at + 1) === SENDER_REPORT && end <= bytes.length && end - at >= 28) {
      const seconds = bytes.readUInt32BE(at + 8) - NTP_TO_UNIX;
      const fraction = bytes.readUInt32BE(at + 12) / FRACTIONS;
      return { atMs: (seconds + fraction) * 1_000, timestamp: bytes.readUInt32BE(at + 16) };
    }
    at = end;
  }
  return null;
}
