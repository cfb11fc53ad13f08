import fc from 'fast-check';
import { h264, opus, vp8Layers } from './parameters.ts';

/* Whatever the schemas of the media requests let through, most of it near to what is good. */

const uint8 = fc.oneof(fc.constantFrom(0, 1, 96, 97, 103, 111, 255), fc.nat(255));
const uint32 = fc.oneof(
  fc.constantFrom(0, 1, 8_000, 48_000, 90_000, 0x7f_ff_ff_ff, 0xff_ff_ff_ff),
  fc.nat(0xff_ff_ff_ff),
);
const words = fc.oneof(
  fc.constantFrom('', 'nack', 'pli', 'ccm', 'fir', 'transport-cc', 'goog-remb', '\0', '\r\n', 'v', 'a1', '\ud800'),
  fc.string({ maxLength: 256, unit: 'binary' }),
);
const mimeType = fc.constantFrom(
  'video/VP8',
  'video/vp8',
  'video/H264',
  'video/rtx',
  'audio/rtx',
  'audio/opus',
  'audio/OPUS',
  'video/VP9',
  'video/AV1',
  'audio/multiopus',
  'audio/PCMU',
  'audio/telephone-event',
  'video/ulpfec',
  'video/x',
);
const parameterName = fc.constantFrom(
  'apt',
  'packetization-mode',
  'profile-level-id',
  'level-asymmetry-allowed',
  'useinbandfec',
  'usedtx',
  'stereo',
  'num_streams',
  'coupled_streams',
  'channel_mapping',
  'profile-id',
  'constructor',
  'toString',
  'x',
);
const value = fc.oneof(uint32, words, fc.boolean(), fc.constantFrom('42e01f', '1', 'apt', 96));
const parameters = fc.dictionary(parameterName, value, { maxKeys: 6 });
const rtcpFeedback = fc.array(fc.record({ type: words, parameter: words }, { requiredKeys: ['type'] }), {
  maxLength: 6,
});
const anyCodec = {
  mimeType,
  clockRate: fc.oneof(fc.constantFrom(90_000, 48_000), uint32),
  channels: uint8,
  parameters,
  rtcpFeedback,
};
const rid = fc.stringMatching(/^[A-Za-z0-9]{1,16}$/);
const anyEncoding = fc.record(
  {
    ssrc: uint32,
    rid: fc.oneof(fc.constantFrom('r0', 'r1'), rid),
    codecPayloadType: uint8,
    rtx: fc.record({ ssrc: uint32 }),
    dtx: fc.boolean(),
    scalabilityMode: fc.oneof(
      fc.constantFrom('L1T1', 'L1T3', 'L3T3', 'S3T3', 'L9T9_KEY_SHIFT', 'L2T2h'),
      fc.stringMatching(/^[LS][1-9]T[1-9](_KEY(_SHIFT)?|h)?$/),
    ),
    scaleResolutionDownBy: fc.double({ min: 1, max: 64, noNaN: true }),
    maxBitrate: uint32,
    maxFramerate: fc.double({ min: 0, max: 240, noNaN: true }),
    active: fc.boolean(),
  },
  { requiredKeys: [] },
);
const uri = fc.oneof(
  fc.constantFrom(
    'urn:ietf:params:rtp-hdrext:sdes:mid',
    'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
    'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
    'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
    'urn:mediasoup:params:rtp-hdrext:packet-id',
    'urn:3gpp:video-orientation',
  ),
  words,
);
const optional = { requiredKeys: [] as [] };
export const anyRtpParameters = fc.record(
  {
    mid: fc.oneof(fc.constantFrom('v', 'a1', '0', ''), fc.string({ maxLength: 32 })),
    codecs: fc.array(
      fc.record({ ...anyCodec, payloadType: uint8 }, { requiredKeys: ['mimeType', 'clockRate', 'payloadType'] }),
      {
        minLength: 1,
        maxLength: 5,
      },
    ),
    headerExtensions: fc.array(
      fc.record({ uri, id: uint8, encrypt: fc.boolean(), parameters }, { requiredKeys: ['uri', 'id'] }),
      { maxLength: 8 },
    ),
    encodings: fc.array(anyEncoding, { maxLength: 8 }),
    rtcp: fc.record({ cname: words, reducedSize: fc.boolean(), mux: fc.boolean() }, optional),
    msid: words,
  },
  { requiredKeys: ['codecs'] },
);

/** A good stream with some of its parts swapped for anything: what gets furthest into native code. */
export const almostGood = fc
  .tuple(
    fc.constantFrom(vp8Layers(), opus(1), h264(5)),
    anyRtpParameters,
    fc.subarray(['mid', 'codecs', 'headerExtensions', 'encodings', 'rtcp', 'msid'] as const, { maxLength: 3 }),
  )
  .map(([good, any, names]) => ({
    ...good,
    ...Object.fromEntries(names.filter((name) => name in any).map((name) => [name, any[name]])),
  }));

const kind = fc.constantFrom('audio', 'video');
export const anyCapabilities = fc.record(
  {
    codecs: fc.array(
      fc.record(
        { ...anyCodec, kind, preferredPayloadType: uint8 },
        { requiredKeys: ['kind', 'mimeType', 'clockRate'] },
      ),
      { maxLength: 12 },
    ),
    headerExtensions: fc.array(
      fc.record(
        {
          kind,
          uri,
          preferredId: uint8,
          preferredEncrypt: fc.boolean(),
          direction: fc.constantFrom('sendrecv', 'sendonly', 'recvonly', 'inactive'),
        },
        { requiredKeys: ['kind', 'uri', 'preferredId'] },
      ),
      { maxLength: 12 },
    ),
  },
  optional,
);
export const anyDtls = fc.record(
  {
    role: fc.constantFrom('auto', 'client', 'server'),
    fingerprints: fc.array(
      fc.record({
        algorithm: fc.constantFrom('sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512'),
        value: fc.stringMatching(/^[0-9A-Fa-f:]{1,200}$/),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  },
  { requiredKeys: ['fingerprints'] },
);
