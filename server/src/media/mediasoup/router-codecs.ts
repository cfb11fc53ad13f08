import { ortc, type types } from 'mediasoup';
import type { PayloadTypes } from '../media.ts';

/**
 * What every router takes in and gives out. Retransmission comes with each video codec.
 * VP8 stands first, since every browser encodes it in layers; H.264 is there for hardware encoders and for HLS.
 */
export const routerCodecs: types.RouterRtpCodecCapability[] = [
  {
    kind: 'audio',
    mimeType: 'audio/opus',
    clockRate: 48_000,
    channels: 2,
    parameters: { useinbandfec: 1, usedtx: 1, stereo: 1, 'sprop-stereo': 1 },
  },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
  {
    kind: 'video',
    mimeType: 'video/H264',
    clockRate: 90_000,
    parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
  },
];

/**
 * The codecs of a router whose receivers have named payload types. The SFU gives each video codec's retransmission a
 * type of its own choice, which may be another codec's: then their order is changed, or the last one left out.
 */
export function codecsWith(payloadTypes: PayloadTypes): types.RouterRtpCodecCapability[] {
  const named = routerCodecs.flatMap((codec) => {
    const preferredPayloadType = payloadTypes[codec.mimeType];
    return preferredPayloadType === undefined ? [] : [{ ...codec, preferredPayloadType }];
  });
  const orders = [named, named.toReversed(), named.slice(0, -1)];
  return orders.find((codecs) => isPossible(codecs)) ?? [];
}

function isPossible(codecs: types.RouterRtpCodecCapability[]): boolean {
  try {
    ortc.generateRouterRtpCapabilities(codecs);
    return true;
  } catch {
    return false;
  }
}

/** The same for every router, so it is known before there is one. */
export const routerCapabilities: Readonly<types.RtpCapabilities> = ortc.generateRouterRtpCapabilities(routerCodecs);
