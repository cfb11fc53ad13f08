/** Boxes of the ISO base media file format (ISO/IEC 14496-12). */

/** A box: its size, its four letters, its payload. */
export function box(type: string, ...payload: readonly Uint8Array[]): Buffer {
  const size = payload.reduce((sum, { byteLength }) => sum + byteLength, 8);
  const header = Buffer.allocUnsafe(8);
  header.writeUInt32BE(size, 0);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, ...payload], size);
}

/** A box with a version and flags before its payload. */
export function fullBox(type: string, version: number, flags: number, ...payload: readonly Uint8Array[]): Buffer {
  return box(type, uint32(version * 0x1000000 + flags), ...payload);
}

export function uint8(...values: readonly number[]): Buffer {
  return Buffer.from(values);
}

export function uint16(...values: readonly number[]): Buffer {
  const bytes = Buffer.allocUnsafe(values.length * 2);
  values.forEach((value, index) => bytes.writeUInt16BE(value, index * 2));
  return bytes;
}

export function uint32(...values: readonly number[]): Buffer {
  return uint32List(values);
}

/** As `uint32`, of any number of values: an evening has a million samples. */
export function uint32List(values: readonly number[]): Buffer {
  const bytes = Buffer.allocUnsafe(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32BE(value, index * 4));
  return bytes;
}

export function uint64(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

export function letters(value: string): Buffer {
  return Buffer.from(value, 'latin1');
}

export const zeros = (count: number): Buffer => Buffer.alloc(count);
