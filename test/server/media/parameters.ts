import type { DtlsParametersView, RtpCapabilitiesView, RtpParametersView } from '../../../src/protocol/index.ts';

/** What mediasoup-client makes of Chromium's microphone. */
export function opus(ssrc: number): RtpParametersView {
  return {
    mid: `a${ssrc}`,
    codecs: [
      {
        mimeType: 'audio/opus',
        payloadType: 111,
        clockRate: 48_000,
        channels: 2,
        parameters: { minptime: 10, useinbandfec: 1, usedtx: 1 },
        rtcpFeedback: [{ type: 'transport-cc', parameter: '' }],
      },
    ],
    headerExtensions: [
      { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 4, encrypt: false, parameters: {} },
      { uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', id: 1, encrypt: false, parameters: {} },
    ],
    encodings: [{ ssrc, dtx: true }],
    rtcp: { cname: 'someone', reducedSize: true },
  };
}

/** What mediasoup-client makes of Chromium's camera in three layers. */
export function vp8Layers(mid = 'v'): RtpParametersView {
  return {
    mid,
    codecs: [
      {
        mimeType: 'video/VP8',
        payloadType: 96,
        clockRate: 90_000,
        parameters: {},
        rtcpFeedback: [
          { type: 'goog-remb', parameter: '' },
          { type: 'transport-cc', parameter: '' },
          { type: 'ccm', parameter: 'fir' },
          { type: 'nack', parameter: '' },
          { type: 'nack', parameter: 'pli' },
        ],
      },
      { mimeType: 'video/rtx', payloadType: 97, clockRate: 90_000, parameters: { apt: 96 }, rtcpFeedback: [] },
    ],
    headerExtensions: [
      { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 4 },
      { uri: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id', id: 10 },
      { uri: 'urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id', id: 11 },
    ],
    encodings: ['r0', 'r1', 'r2'].map((rid, index) => ({
      rid,
      active: true,
      dtx: false,
      scalabilityMode: 'L1T3',
      maxBitrate: 150_000 * 4 ** index,
      scaleResolutionDownBy: 4 / 2 ** index,
    })),
    rtcp: { cname: 'someone', reducedSize: true },
  };
}

export function h264(ssrc: number): RtpParametersView {
  return {
    mid: `h${ssrc}`,
    codecs: [
      {
        mimeType: 'video/H264',
        payloadType: 103,
        clockRate: 90_000,
        parameters: { 'level-asymmetry-allowed': 1, 'packetization-mode': 1, 'profile-level-id': '42e01f' },
        rtcpFeedback: [{ type: 'nack', parameter: 'pli' }],
      },
      { mimeType: 'video/rtx', payloadType: 104, clockRate: 90_000, parameters: { apt: 103 }, rtcpFeedback: [] },
    ],
    headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 4 }],
    encodings: [{ ssrc, rtx: { ssrc: ssrc + 1 } }],
    rtcp: {},
  };
}

/** A fingerprint that no certificate has. */
export const dtls: DtlsParametersView = {
  role: 'client',
  fingerprints: [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') }],
};

/** A receiver that takes all that the server gives. */
export function everything(capabilities: RtpCapabilitiesView): RtpCapabilitiesView {
  return structuredClone(capabilities);
}
