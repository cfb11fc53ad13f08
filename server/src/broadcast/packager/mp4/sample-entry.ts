import { box, fullBox, uint16, uint32, uint8, zeros } from './box.ts';
import type { AudioTrack, Track, VideoTrack } from './track.ts';

/** Sampling frequencies by their index (ISO/IEC 14496-3, table 1.18). */
const SAMPLE_RATES = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000];

/** How the samples of a track are coded: `avc1` or `mp4a`. */
export function sampleEntry(track: Track): Buffer {
  return track.kind === 'video' ? avc1(track) : mp4a(track);
}

function avc1({ width, height, configuration }: VideoTrack): Buffer {
  return box(
    'avc1',
    zeros(6),
    uint16(1),
    zeros(16),
    uint16(width, height),
    uint32(0x480000, 0x480000, 0),
    uint16(1),
    zeros(32),
    uint16(0x18, 0xffff),
    box('avcC', configuration),
    box('pasp', uint32(1, 1)),
  );
}

function mp4a({ timescale, channels }: AudioTrack): Buffer {
  return box(
    'mp4a',
    zeros(6),
    uint16(1),
    zeros(8),
    uint16(channels, 16, 0, 0),
    uint16(timescale, 0),
    fullBox('esds', 0, 0, elementaryStream(timescale, channels)),
  );
}

/** AAC-LC's configuration (ISO/IEC 14496-3, 1.6.2.1). Throws a `RangeError` for a sample rate that AAC has not. */
export function audioSpecificConfig(sampleRate: number, channels: number): Buffer {
  const rateIndex = SAMPLE_RATES.indexOf(sampleRate);
  if (rateIndex < 0) throw new RangeError(`AAC has no sample rate of ${sampleRate} Hz`);
  const audioObjectType = 2;
  return uint16((audioObjectType << 11) | (rateIndex << 7) | (channels << 3));
}

/** The ES_Descriptor of ISO/IEC 14496-1, 7.2.6.5, with AAC-LC's configuration in it. */
function elementaryStream(sampleRate: number, channels: number): Buffer {
  const specific = audioSpecificConfig(sampleRate, channels);
  const decoder = descriptor(0x04, uint8(0x40, 0x15, 0, 0, 0), uint32(0, 0), descriptor(0x05, specific));
  return descriptor(0x03, uint16(0), uint8(0), decoder, descriptor(0x06, uint8(2)));
}

function descriptor(tag: number, ...payload: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(payload);
  return Buffer.concat([uint8(tag, body.byteLength), body]);
}
