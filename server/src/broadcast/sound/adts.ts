/** Splits a stream of ADTS (ISO/IEC 13818-7, 6.2) into raw access units. */
export class AdtsReader {
  #rest: Buffer = Buffer.alloc(0);

  /** The frames that are whole now. Throws where the stream is out of step. */
  read(chunk: Buffer): Buffer[] {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const frames: Buffer[] = [];
    let at = 0;
    while (bytes.length - at >= HEADER_BYTES) {
      if (bytes.readUInt16BE(at) >>> 4 !== 0xfff) throw new Error('The stream is not ADTS.');
      const hasChecksum = (bytes.readUInt8(at + 1) & 1) === 0;
      const length = (bytes.readUIntBE(at + 3, 3) >>> 5) & 0x1fff;
      if (bytes.length - at < length) break;
      frames.push(bytes.subarray(at + HEADER_BYTES + (hasChecksum ? 2 : 0), at + length));
      at += length;
    }
    this.#rest = bytes.subarray(at);
    return frames;
  }
}

const HEADER_BYTES = 7;
