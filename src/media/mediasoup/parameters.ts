import type { types } from 'mediasoup-client';
import type {
  DtlsParametersView,
  RtpCapabilitiesView,
  RtpParametersView,
  TransportView,
} from '../../protocol/index.ts';

// The wire's shapes and the library's differ in what may be absent; each field is carried over by name.

type CodecParameters = Record<string, string | number | boolean>;

/** A property only where there is a value: what is absent must stay absent. */
function given<K extends string, V>(key: K, value: V | null | undefined): { [P in K]?: V } {
  return value === undefined || value === null ? {} : ({ [key]: value } as { [P in K]: V });
}

const HEADER_EXTENSIONS: readonly string[] = [
  'urn:ietf:params:rtp-hdrext:sdes:mid',
  'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
  'urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id',
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
  'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension',
  'urn:3gpp:video-orientation',
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time',
  'http://www.webrtc.org/experiments/rtp-hdrext/playout-delay',
  'urn:mediasoup:params:rtp-hdrext:packet-id',
] satisfies types.RtpHeaderExtensionUri[];

function isKnownExtension(uri: string): uri is types.RtpHeaderExtensionUri {
  return HEADER_EXTENSIONS.includes(uri);
}

function toCodecParameters(parameters: Record<string, unknown> | undefined): CodecParameters | undefined {
  if (parameters === undefined) return undefined;
  const kept: CodecParameters = {};
  for (const [name, value] of Object.entries(parameters))
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') kept[name] = value;
  return kept;
}

function toFeedback(feedback: readonly { type: string; parameter?: string | null | undefined }[] | undefined) {
  return feedback?.map(({ type, parameter }) => ({ type, ...given('parameter', parameter) }));
}

export function toWireRtpParameters(rtp: types.RtpParameters): RtpParametersView {
  return {
    ...given('mid', rtp.mid),
    ...given('msid', rtp.msid),
    ...given('rtcp', rtp.rtcp),
    codecs: rtp.codecs.map((codec) => ({
      mimeType: codec.mimeType,
      payloadType: codec.payloadType,
      clockRate: codec.clockRate,
      ...given('channels', codec.channels),
      ...given('parameters', toCodecParameters(codec.parameters)),
      ...given('rtcpFeedback', toFeedback(codec.rtcpFeedback)),
    })),
    ...given(
      'headerExtensions',
      rtp.headerExtensions?.map(({ uri, id, encrypt, parameters }) => ({
        uri,
        id,
        ...given('encrypt', encrypt),
        ...given('parameters', toCodecParameters(parameters)),
      })),
    ),
    ...given(
      'encodings',
      rtp.encodings?.map((encoding) => ({
        ...given('ssrc', encoding.ssrc),
        ...given('rid', encoding.rid),
        ...given('codecPayloadType', encoding.codecPayloadType),
        ...given('rtx', encoding.rtx),
        ...given('dtx', encoding.dtx),
        ...given('scalabilityMode', encoding.scalabilityMode),
        ...given('scaleResolutionDownBy', encoding.scaleResolutionDownBy),
        ...given('maxBitrate', encoding.maxBitrate),
        ...given('maxFramerate', encoding.maxFramerate),
        ...given('active', encoding.active),
      })),
    ),
  };
}

export function fromWireRtpParameters(rtp: RtpParametersView): types.RtpParameters {
  return {
    ...given('mid', rtp.mid),
    ...given('msid', rtp.msid),
    ...given(
      'rtcp',
      rtp.rtcp && {
        ...given('cname', rtp.rtcp.cname),
        ...given('reducedSize', rtp.rtcp.reducedSize),
        ...given('mux', rtp.rtcp.mux),
      },
    ),
    codecs: rtp.codecs.map((codec) => ({
      mimeType: codec.mimeType,
      payloadType: codec.payloadType,
      clockRate: codec.clockRate,
      ...given('channels', codec.channels),
      ...given('parameters', codec.parameters),
      ...given('rtcpFeedback', toFeedback(codec.rtcpFeedback)),
    })),
    ...given(
      'headerExtensions',
      rtp.headerExtensions?.flatMap(({ uri, id, encrypt, parameters }) =>
        isKnownExtension(uri) ? [{ uri, id, ...given('encrypt', encrypt), ...given('parameters', parameters) }] : [],
      ),
    ),
    ...given(
      'encodings',
      rtp.encodings?.map((encoding) => ({
        ...given('ssrc', encoding.ssrc),
        ...given('rid', encoding.rid),
        ...given('codecPayloadType', encoding.codecPayloadType),
        ...given('rtx', encoding.rtx),
        ...given('dtx', encoding.dtx),
        ...given('scalabilityMode', encoding.scalabilityMode),
        ...given('maxBitrate', encoding.maxBitrate),
      })),
    ),
  };
}

export function toWireRtpCapabilities(capabilities: types.RtpCapabilities): RtpCapabilitiesView {
  return {
    ...given(
      'codecs',
      capabilities.codecs?.map((codec) => ({
        kind: codec.kind,
        mimeType: codec.mimeType,
        preferredPayloadType: codec.preferredPayloadType,
        clockRate: codec.clockRate,
        ...given('channels', codec.channels),
        ...given('parameters', toCodecParameters(codec.parameters)),
        ...given('rtcpFeedback', toFeedback(codec.rtcpFeedback)),
      })),
    ),
    ...given(
      'headerExtensions',
      capabilities.headerExtensions?.map(({ kind, uri, preferredId, preferredEncrypt, direction }) => ({
        kind,
        uri,
        preferredId,
        ...given('preferredEncrypt', preferredEncrypt),
        ...given('direction', direction),
      })),
    ),
  };
}

export function fromWireRtpCapabilities(capabilities: RtpCapabilitiesView): types.RtpCapabilities {
  return {
    codecs: (capabilities.codecs ?? []).flatMap((codec) =>
      codec.preferredPayloadType === undefined
        ? []
        : [
            {
              kind: codec.kind,
              mimeType: codec.mimeType,
              preferredPayloadType: codec.preferredPayloadType,
              clockRate: codec.clockRate,
              ...given('channels', codec.channels),
              ...given('parameters', codec.parameters),
              ...given('rtcpFeedback', toFeedback(codec.rtcpFeedback)),
            },
          ],
    ),
    headerExtensions: (capabilities.headerExtensions ?? []).flatMap(
      ({ kind, uri, preferredId, preferredEncrypt, direction }) =>
        isKnownExtension(uri)
          ? [
              {
                kind,
                uri,
                preferredId,
                ...given('preferredEncrypt', preferredEncrypt),
                ...given('direction', direction),
              },
            ]
          : [],
    ),
  };
}

export function toWireDtlsParameters(dtls: types.DtlsParameters): DtlsParametersView {
  return {
    ...given('role', dtls.role),
    fingerprints: dtls.fingerprints.map(({ algorithm, value }) => ({ algorithm, value })),
  };
}

export function fromWireTransport(view: TransportView): types.TransportOptions {
  return {
    id: view.id,
    iceParameters: fromWireIceParameters(view.iceParameters),
    iceCandidates: view.iceCandidates.map((candidate) => ({
      foundation: candidate.foundation,
      priority: candidate.priority,
      address: candidate.address,
      ip: candidate.ip,
      protocol: candidate.protocol,
      port: candidate.port,
      type: candidate.type,
      ...given('tcpType', candidate.tcpType),
    })),
    dtlsParameters: {
      ...given('role', view.dtlsParameters.role),
      fingerprints: view.dtlsParameters.fingerprints,
    },
    iceServers: view.iceServers.map(({ urls, username, credential }) => ({
      urls,
      ...given('username', username),
      ...given('credential', credential),
    })),
  };
}

export function fromWireIceParameters(ice: TransportView['iceParameters']): types.IceParameters {
  return {
    usernameFragment: ice.usernameFragment,
    password: ice.password,
    ...given('iceLite', ice.iceLite),
  };
}
