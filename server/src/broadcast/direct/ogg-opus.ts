/** Writing Opus into Ogg (RFC 3533, RFC 7845): the form in which ffmpeg reads single packets from a pipe. */

export const OPUS_RATE = 48_000;
const CHANNELS = 2;
const CAPTURE_PATTERN = 'OggS';
const HEADER_BYTES = 27;
const LONGEST_LACE = 255;
const FIRST_PAGE = 2;
const VENDOR = Buffer.from('ils');
const POLYNOMIAL = 0x04c11db7;

const CHECKSUMS = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index << 24;
  for (let bit = 0; bit < 8; bit += 1) value = (value & 0x80000000) === 0 ? value << 1 : (value << 1) ^ POLYNOMIAL;
  return value;
});

/** One stream, a page for each packet, so that nothing waits for the next. */
export class OggOpusWriter {
  #pages = 0;

  /** What the stream begins with. */
  head(): Buffer {
    const identification = Buffer.alloc(19);
    identification.write('OpusHead', 'latin1');
    identification.writeUInt8(1, 8);
    identification.writeUInt8(CHANNELS, 9);
    // No samples are skipped: the line begins in the middle of a call.
    identification.writeUInt16LE(0, 10);
    identification.writeUInt32LE(OPUS_RATE, 12);
    const comment = Buffer.alloc(8 + 4 + VENDOR.length + 4);
    comment.write('OpusTags', 'latin1');
    comment.writeUInt32LE(VENDOR.length, 8);
    VENDOR.copy(comment, 12);
    return Buffer.concat([this.page(identification, 0), this.page(comment, 0)]);
  }

  /** `endSample`: how many samples there are up to the end of the packet. */
  page(packet: Uint8Array, endSample: number): Buffer {
    const laces = Math.floor(packet.byteLength / LONGEST_LACE) + 1;
    if (laces > LONGEST_LACE) throw new RangeError('A packet of Opus does not fit into one page.');
    const page = Buffer.alloc(HEADER_BYTES + laces + packet.byteLength);
    page.write(CAPTURE_PATTERN, 'latin1');
    page.writeUInt8(this.#pages === 0 ? FIRST_PAGE : 0, 5);
    page.writeBigUInt64LE(BigInt(endSample), 6);
    page.writeUInt32LE(1, 14);
    page.writeUInt32LE(this.#pages, 18);
    page.writeUInt8(laces, 26);
    page.fill(LONGEST_LACE, HEADER_BYTES, HEADER_BYTES + laces - 1);
    page.writeUInt8(packet.byteLength % LONGEST_LACE, HEADER_BYTES + laces - 1);
    page.set(packet, HEADER_BYTES + laces);
    page.writeUInt32LE(checksum(page), 22);
    this.#pages += 1;
    return page;
  }
}

function checksum(bytes: Uint8Array): number {
  let value = 0;
  for (const byte of bytes) value = (value << 8) ^ (CHECKSUMS[((value >>> 24) ^ byte) & 0xff] ?? 0);
  return value >>> 0;
}

/** Lengths of a frame by the configuration in a packet's first byte (RFC 6716, table 2). Samples at 48 kHz. */
function frameSamples(configuration: number): number {
  if (configuration < 12) return [480, 960, 1_920, 2_880][configuration & 3] ?? 960;
  if (configuration < 16) return (configuration & 1) === 0 ? 480 : 960;
  return [120, 240, 480, 960][configuration & 3] ?? 960;
}

/** How many samples a packet holds (RFC 6716, 3.1); 0 where it is none. */
export function opusSamples(packet: Uint8Array): number {
  const [contents, count = 0] = packet;
  if (contents === undefined) return 0;
  const frames = [1, 2, 2, count & 0x3f][contents & 3] ?? 1;
  return frames * frameSamples(contents >> 3);
}
