/** Writing FLV (Adobe Flash Video File Format 10.1, annex E): what RTMP carries, H.264 and AAC. */

const TAG = { audio: 8, video: 9 } as const;
const H264 = 7;
const FRAME = { key: 1, inter: 2 } as const;
/** AAC; rate, size and channels are fixed by the format and told by the configuration. */
const AAC = 0xaf;
const TAG_HEADER_BYTES = 11;

/** Begins a file with sound and picture. */
export function flvHeader(): Buffer {
  return Buffer.from([0x46, 0x4c, 0x56, 1, 0b101, 0, 0, 0, 9, 0, 0, 0, 0]);
}

/** `configuration` is an AVCDecoderConfigurationRecord. */
export function videoConfiguration(configuration: Uint8Array, timeMs: number): Buffer {
  return videoTag(true, 0, configuration, timeMs);
}

/** `data`: NAL units behind their lengths. */
export function videoFrame(data: Uint8Array, keyFrame: boolean, timeMs: number): Buffer {
  return videoTag(keyFrame, 1, data, timeMs);
}

/** `configuration` is an AudioSpecificConfig. */
export function audioConfiguration(configuration: Uint8Array, timeMs: number): Buffer {
  return tag(TAG.audio, Buffer.from([AAC, 0]), configuration, timeMs);
}

export function audioFrame(data: Uint8Array, timeMs: number): Buffer {
  return tag(TAG.audio, Buffer.from([AAC, 1]), data, timeMs);
}

function videoTag(keyFrame: boolean, packet: 0 | 1, data: Uint8Array, timeMs: number): Buffer {
  const kind = ((keyFrame ? FRAME.key : FRAME.inter) << 4) | H264;
  // Frames are shown in the order they come in: the composition time is nought.
  return tag(TAG.video, Buffer.from([kind, packet, 0, 0, 0]), data, timeMs);
}

function tag(kind: number, prefix: Uint8Array, data: Uint8Array, timeMs: number): Buffer {
  const size = prefix.byteLength + data.byteLength;
  const time = Math.max(0, Math.round(timeMs)) >>> 0;
  const bytes = Buffer.alloc(TAG_HEADER_BYTES + size + 4);
  bytes.writeUInt8(kind, 0);
  bytes.writeUIntBE(size, 1, 3);
  bytes.writeUIntBE(time & 0xffffff, 4, 3);
  bytes.writeUInt8(time >>> 24, 7);
  bytes.set(prefix, TAG_HEADER_BYTES);
  bytes.set(data, TAG_HEADER_BYTES + prefix.byteLength);
  bytes.writeUInt32BE(TAG_HEADER_BYTES + size, TAG_HEADER_BYTES + size);
  return bytes;
}
