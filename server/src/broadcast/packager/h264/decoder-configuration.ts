import { VIDEO_TIMESCALE, type VideoTrack } from '../mp4/track.ts';
import { uint16, uint8 } from '../mp4/box.ts';
import type { ParameterSets } from './annex-b.ts';
import { readSequenceParameters } from './sequence-parameters.ts';

/** The track that these parameter sets describe. */
export function describeVideo({ sequence, picture }: ParameterSets): VideoTrack {
  const [, profile = 0, constraints = 0, level = 0] = sequence;
  const { width, height, chromaFormat, lumaDepth, chromaDepth } = readSequenceParameters(sequence);
  const isHigh = ![66, 77, 88].includes(profile);
  const configuration = Buffer.concat([
    // Version 1, profile, compatibility, level; lengths of four bytes; one SPS.
    uint8(1, profile, constraints, level, 0xff, 0xe1),
    uint16(sequence.byteLength),
    sequence,
    uint8(1),
    uint16(picture.byteLength),
    picture,
    ...(isHigh ? [uint8(0xfc | chromaFormat, 0xf8 | (lumaDepth - 8), 0xf8 | (chromaDepth - 8), 0)] : []),
  ]);
  const codec = `avc1.${Buffer.from([profile, constraints, level]).toString('hex').toUpperCase()}`;
  return { kind: 'video', timescale: VIDEO_TIMESCALE, codec, width, height, configuration };
}
