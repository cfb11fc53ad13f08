import type { types } from 'mediasoup';
import { ProtocolError } from '../../../../src/protocol/index.ts';
import type {
  ParticipantId,
  RtpCapabilitiesView,
  RtpParametersView,
  SentSource,
} from '../../../../src/protocol/index.ts';
import { routerCapabilities } from './router-codecs.ts';

/*
 * What a participant sends here ends up in native code and in the session descriptions of everyone else,
 * so nothing is passed through: what is known and well formed is built anew, the rest stays behind.
 */

type MediaKind = types.MediaKind;
type Codec = RtpParametersView['codecs'][number];
type Encoding = NonNullable<RtpParametersView['encodings']>[number];

/** Whole numbers that say how Opus is encoded. */
const OPUS_PARAMETERS = [
  'minptime',
  'maxptime',
  'ptime',
  'useinbandfec',
  'usedtx',
  'stereo',
  'sprop-stereo',
  'maxplaybackrate',
  'maxaveragebitrate',
  'cbr',
];
const H264_PARAMETERS = ['packetization-mode', 'level-asymmetry-allowed'];
/** More layers than any browser sends. */
const MAX_LAYERS = 4;
/** Beyond it a number is no bit rate of a camera. Bits per second. */
const MAX_BITRATE = 100_000_000;

export function kindOf(source: SentSource): MediaKind {
  return source === 'camera' || source === 'screen' ? 'video' : 'audio';
}

/** Receivers play in step what is of one group: a camera with its microphone, a screen with its sound. */
function groupOf(source: SentSource): string {
  if (source === 'talkback') return source;
  return source === 'screen' || source === 'screenAudio' ? 'screen' : 'camera';
}

/**
 * The parameters of a stream as the SFU takes them.
 * @throws ProtocolError `badRequest`
 */
export function acceptRtpParameters(
  participantId: ParticipantId,
  source: SentSource,
  offered: RtpParametersView,
): types.RtpParameters {
  const kind = kindOf(source);
  const media = offered.codecs.find((codec) => isRouterCodec(codec, kind));
  if (media === undefined) throw refuse(`No codec that the server takes as ${source}`);
  const retransmission = offered.codecs.find(
    (codec) => codec.mimeType.toLowerCase() === 'video/rtx' && codec.parameters?.['apt'] === media.payloadType,
  );
  if (retransmission?.payloadType === media.payloadType) throw refuse('Two codecs have one payload type');
  const codecs = [media, ...(kind === 'video' && retransmission ? [retransmission] : [])].map(acceptCodec);
  return {
    ...(offered.mid === undefined ? {} : { mid: acceptMid(offered.mid) }),
    codecs,
    headerExtensions: acceptHeaderExtensions(kind, offered),
    encodings: acceptEncodings(kind, offered.encodings ?? [], codecs.length > 1),
    // The canonical name is the SFU's own, one for each transport.
    rtcp: { reducedSize: true },
    msid: `${participantId}-${groupOf(source)} ${source}`,
  };
}

/** What a receiver can decode, as the SFU takes it. */
export function acceptRtpCapabilities(kind: MediaKind, offered: RtpCapabilitiesView): types.RtpCapabilities {
  return {
    codecs: (offered.codecs ?? [])
      .filter((codec) => codec.kind === kind && (isRouterCodec(codec, kind) || isRetransmission(codec)))
      .map((codec) => ({ kind, ...acceptCodec(codec), preferredPayloadType: codec.preferredPayloadType ?? 0 })),
    headerExtensions: (routerCapabilities.headerExtensions ?? []).filter(
      (own) =>
        own.kind === kind &&
        (offered.headerExtensions ?? []).some(
          ({ kind, uri, preferredId }) => kind === own.kind && uri === own.uri && preferredId === own.preferredId,
        ),
    ),
  };
}

function refuse(message: string): ProtocolError {
  return new ProtocolError('badRequest', message);
}

function isRetransmission({ mimeType }: { readonly mimeType: string }): boolean {
  return mimeType.toLowerCase() === 'video/rtx';
}

function findRouterCodec(mimeType: string): types.RtpCodecCapability | undefined {
  const name = mimeType.toLowerCase();
  return routerCapabilities.codecs?.find((codec) => codec.mimeType.toLowerCase() === name);
}

function isRouterCodec(codec: Pick<Codec, 'mimeType'>, kind: MediaKind): boolean {
  return !isRetransmission(codec) && findRouterCodec(codec.mimeType)?.kind === kind;
}

function acceptCodec<T extends Omit<Codec, 'payloadType'> & { readonly payloadType?: number }>(codec: T) {
  const own = findRouterCodec(codec.mimeType);
  if (own === undefined) throw refuse(`Unknown codec ${codec.mimeType}`);
  return {
    mimeType: own.mimeType,
    payloadType: codec.payloadType ?? 0,
    clockRate: codec.clockRate,
    ...(codec.channels === undefined ? {} : { channels: codec.channels }),
    parameters: acceptCodecParameters(own.mimeType, codec.parameters ?? {}),
    rtcpFeedback: (own.rtcpFeedback ?? []).filter(({ type, parameter }) =>
      codec.rtcpFeedback?.some((one) => one.type === type && (one.parameter ?? '') === (parameter ?? '')),
    ),
  };
}

function acceptCodecParameters(
  mimeType: string,
  offered: Readonly<Record<string, string | number | boolean>>,
): Record<string, string | number> {
  const name = mimeType.toLowerCase();
  const whole = (names: readonly string[]) =>
    Object.fromEntries(
      names.flatMap((key) => {
        const value = Object.hasOwn(offered, key) ? Number(offered[key]) : Number.NaN;
        return Number.isInteger(value) && value >= 0 && value <= 0x7f_ff_ff_ff ? [[key, value] as const] : [];
      }),
    );
  if (name === 'audio/opus') return whole(OPUS_PARAMETERS);
  if (name === 'video/rtx') return whole(['apt']);
  if (name === 'video/h264') {
    // A profile of digits alone arrives as a number.
    const profile = String(offered['profile-level-id'] ?? '').padStart(6, '0');
    return { ...whole(H264_PARAMETERS), ...(/^[0-9a-f]{6}$/i.test(profile) ? { 'profile-level-id': profile } : {}) };
  }
  return {};
}

function acceptMid(mid: string): string {
  if (!/^[A-Za-z0-9]{1,16}$/.test(mid)) throw refuse('mid must be 1 to 16 letters or digits');
  return mid;
}

function acceptHeaderExtensions(kind: MediaKind, offered: RtpParametersView): types.RtpHeaderExtensionParameters[] {
  const accepted: types.RtpHeaderExtensionParameters[] = [];
  for (const { uri, id } of offered.headerExtensions ?? []) {
    const own = routerCapabilities.headerExtensions?.find((one) => one.kind === kind && one.uri === uri);
    if (own === undefined) continue;
    if (id === 0 || accepted.some((one) => one.id === id || one.uri === uri)) {
      throw refuse('Header extensions need ids of their own, from 1 up');
    }
    accepted.push({ uri: own.uri, id, encrypt: false, parameters: {} });
  }
  return accepted;
}

function acceptEncodings(
  kind: MediaKind,
  offered: readonly Encoding[],
  retransmitted: boolean,
): types.RtpEncodingParameters[] {
  if (offered.length === 0) return [{}];
  if (offered.length > (kind === 'video' ? MAX_LAYERS : 1)) throw refuse('Too many encodings');
  const encodings = offered.map((encoding) => acceptEncoding(kind, encoding, retransmitted));
  const ssrcs = encodings.flatMap(({ ssrc, rtx }) => [ssrc, rtx?.ssrc]).filter((ssrc) => ssrc !== undefined);
  const rids = encodings.map(({ rid }) => rid).filter((rid) => rid !== undefined);
  if (new Set(ssrcs).size < ssrcs.length) throw refuse('Every SSRC must be another');
  if (new Set(rids).size < rids.length) throw refuse('Every rid must be another');
  if (rids.length > 0 && rids.length < encodings.length) throw refuse('Either all encodings have a rid or none');
  const modes = new Set(encodings.map(({ scalabilityMode }) => scalabilityMode));
  if (modes.size > 1) throw refuse('Every encoding must have the same scalabilityMode');
  return encodings;
}

function acceptEncoding(kind: MediaKind, encoding: Encoding, retransmitted: boolean): types.RtpEncodingParameters {
  const { ssrc, rid, rtx, dtx, scalabilityMode, maxBitrate } = encoding;
  if (ssrc === 0 || rtx?.ssrc === 0) throw refuse('SSRC 0 is none');
  // VP8 and H.264 have no spatial layers within one encoding: receivers would wait for some that never come.
  if (scalabilityMode !== undefined && !/^L1T[1-3]$/.test(scalabilityMode)) {
    throw refuse('scalabilityMode must be L1T1, L1T2 or L1T3');
  }
  return {
    ...(ssrc === undefined ? {} : { ssrc }),
    ...(rid === undefined ? {} : { rid }),
    ...(rtx === undefined || !retransmitted ? {} : { rtx }),
    ...(kind === 'audio' && dtx === true ? { dtx } : {}),
    ...(kind === 'video' && scalabilityMode !== undefined ? { scalabilityMode } : {}),
    ...(maxBitrate !== undefined && maxBitrate > 0 && maxBitrate <= MAX_BITRATE ? { maxBitrate } : {}),
  };
}
