import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { opusSamples } from '../../../../server/src/broadcast/direct/ogg-opus.ts';
import type { EncodedVideo } from '../../../../server/src/broadcast/encoded-media.ts';

const run = promisify(execFile);
const MTU = 1_200;
const NTP_TO_UNIX = 2_208_988_800;

/** Packets of RTP, each with its time in the material. */
export interface TimedPacket {
  readonly timeUs: number;
  readonly bytes: Buffer;
}

/** Numbers packets of one stream; both counters begin near their end, so that they begin anew under way. */
export class RtpStream {
  readonly #rate: number;
  readonly #base: number;
  #sequence = 0xffff - 20;

  constructor(rate: number, base = 2 ** 32 - 100_000) {
    this.#rate = rate;
    this.#base = base;
  }

  timestampOf(timeUs: number): number {
    return (this.#base + Math.round((timeUs * this.#rate) / 1e6)) >>> 0;
  }

  packet(payload: Buffer, timeUs: number, marker: boolean): TimedPacket {
    const header = Buffer.alloc(12);
    header.writeUInt8(0x80, 0);
    header.writeUInt8(marker ? 0xe0 : 0x60, 1);
    header.writeUInt16BE(this.#sequence, 2);
    header.writeUInt32BE(this.timestampOf(timeUs), 4);
    header.writeUInt32BE(1, 8);
    this.#sequence = (this.#sequence + 1) & 0xffff;
    return { timeUs, bytes: Buffer.concat([header, payload]) };
  }

  /** A sender report: that time of the material was at `atMs`. */
  report(timeUs: number, atMs: number): Buffer {
    const bytes = Buffer.alloc(28);
    bytes.writeUInt8(0x80, 0);
    bytes.writeUInt8(200, 1);
    bytes.writeUInt16BE(6, 2);
    bytes.writeUInt32BE(1, 4);
    bytes.writeUInt32BE(Math.floor(atMs / 1_000) + NTP_TO_UNIX, 8);
    bytes.writeUInt32BE(Math.floor(((atMs % 1_000) / 1_000) * 2 ** 32), 12);
    bytes.writeUInt32BE(this.timestampOf(timeUs), 16);
    return bytes;
  }
}

/** Packs pictures as RFC 6184 says: parameter sets in one STAP-A, large units in FU-A, others alone. */
export function packPictures(stream: RtpStream, frames: readonly EncodedVideo[]): TimedPacket[] {
  return frames.flatMap(({ data, timestampUs }) => {
    const units = splitUnits(Buffer.from(data)).filter((unit) => kindOf(unit) !== 9);
    const sets = units.filter((unit) => kindOf(unit) === 7 || kindOf(unit) === 8);
    const others = units.filter((unit) => !sets.includes(unit));
    const payloads = [...(sets.length > 0 ? [aggregate(sets)] : []), ...others.flatMap(fragment)];
    return payloads.map((payload, index) => stream.packet(payload, timestampUs, index === payloads.length - 1));
  });
}

/** Silence, then from `toneAtMs` on a loud tone, in packets of 20 ms. */
export async function createOpus(stream: RtpStream, seconds: number, toneAtMs = 0): Promise<TimedPacket[]> {
  const sound = `aevalsrc=if(gte(t\\,${toneAtMs / 1_000})\\,0.8*sin(2*PI*880*t)\\,0):s=48000:d=${seconds}`;
  const { stdout } = await run(
    'ffmpeg',
    [...'-v error -nostdin -f lavfi -i'.split(' '), sound, ...'-c:a libopus -b:a 48k -ac 1 -f ogg pipe:1'.split(' ')],
    { encoding: 'buffer', maxBuffer: 64 * 1_024 * 1_024 },
  );
  let samples = 0;
  return readOgg(stdout)
    .slice(2)
    .map((packet) => {
      const timeUs = Math.round((samples * 1e6) / 48_000);
      samples += opusSamples(packet);
      return stream.packet(packet, timeUs, false);
    });
}

const kindOf = (unit: Buffer): number => (unit[0] ?? 0) & 0x1f;

function splitUnits(bytes: Buffer): Buffer[] {
  const code = Buffer.from([0, 0, 1]);
  const units: Buffer[] = [];
  for (let at = bytes.indexOf(code); at >= 0;) {
    const next = bytes.indexOf(code, at + 3);
    let end = next < 0 ? bytes.length : next;
    while (bytes[end - 1] === 0) end -= 1;
    units.push(bytes.subarray(at + 3, end));
    at = next;
  }
  return units;
}

function aggregate(units: readonly Buffer[]): Buffer {
  return Buffer.concat([
    Buffer.of(0x78),
    ...units.flatMap((unit) => [Buffer.of(unit.length >> 8, unit.length & 0xff), unit]),
  ]);
}

function fragment(unit: Buffer): Buffer[] {
  if (unit.length <= MTU) return [unit];
  const [head = 0] = unit;
  const pieces: Buffer[] = [];
  for (let at = 1; at < unit.length; at += MTU) {
    const isFirst = at === 1;
    const isLast = at + MTU >= unit.length;
    const header = Buffer.of((head & 0xe0) | 28, (isFirst ? 0x80 : 0) | (isLast ? 0x40 : 0) | (head & 0x1f));
    pieces.push(Buffer.concat([header, unit.subarray(at, at + MTU)]));
  }
  return pieces;
}

function readOgg(bytes: Buffer): Buffer[] {
  const packets: Buffer[] = [];
  let open: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const laces = bytes.subarray(at + 27, at + 27 + (bytes[at + 26] ?? 0));
    at += 27 + laces.length;
    for (const lace of laces) {
      open.push(bytes.subarray(at, at + lace));
      at += lace;
      if (lace === 255) continue;
      packets.push(Buffer.concat(open));
      open = [];
    }
  }
  return packets;
}
