import type { RtpCapabilitiesView, RtpParametersView } from '../../../../src/protocol/index.ts';
import { findAttributes, type MediaSection } from './description.ts';

type Codec = RtpParametersView['codecs'][number];
type OwnCodec = NonNullable<RtpCapabilitiesView['codecs']>[number];
type Feedback = NonNullable<Codec['rtcpFeedback']>[number];

/** A codec as a client offers it, with its own payload type. */
export interface OfferedCodec extends Codec {
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly rtcpFeedback: Feedback[];
}

/** A codec that both ends have, and its retransmission where offered. */
export interface ChosenCodec {
  /** MIME type as the SFU spells it. */
  readonly name: string;
  readonly codec: OfferedCodec;
  readonly retransmission: OfferedCodec | undefined;
}

/** Codecs of an `m=` section, in its order of preference. */
export function readCodecs(section: MediaSection): OfferedCodec[] {
  const maps = new Map(findAttributes(section, 'rtpmap').map((value) => splitPayload(value)));
  const formats = new Map(findAttributes(section, 'fmtp').map((value) => splitPayload(value)));
  const feedback = findAttributes(section, 'rtcp-fb').map((value) => splitPayload(value));
  return section.formats.flatMap((payload) => {
    const [, name, clockRate, channels] = /^([\w.-]{1,32})\/(\d{1,6})(?:\/(\d))?$/.exec(maps.get(payload) ?? '') ?? [];
    if (!/^\d{1,3}$/.test(payload) || Number(payload) > 127 || name === undefined || clockRate === undefined) return [];
    return [
      {
        mimeType: `${section.kind}/${name}`,
        payloadType: Number(payload),
        clockRate: Number(clockRate),
        ...(channels === undefined ? {} : { channels: Number(channels) }),
        parameters: readParameters(formats.get(payload) ?? ''),
        rtcpFeedback: feedback
          .filter(([target]) => target === payload || target === '*')
          .map(([, value]) => readFeedback(value)),
      },
    ];
  });
}

/** What both ends have, as the client prefers it; feedback is what both give. */
export function chooseCodecs(section: MediaSection, capabilities: RtpCapabilitiesView): ChosenCodec[] {
  const offered = readCodecs(section).map((codec) => ({
    ...codec,
    parameters: { ...defaultParameters(codec), ...codec.parameters },
  }));
  const isTaken = new Set<string>();
  return offered.flatMap((codec) => {
    const own = capabilities.codecs?.find((one) => one.kind === section.kind && isSameCodec(one, codec));
    if (own === undefined || isRetransmission(own) || isTaken.has(own.mimeType)) return [];
    isTaken.add(own.mimeType);
    const retransmission = offered.find((one) => isRetransmission(one) && one.parameters['apt'] === codec.payloadType);
    return [{ name: own.mimeType, codec: { ...codec, rtcpFeedback: commonFeedback(own, codec) }, retransmission }];
  });
}

function isSameCodec(own: OwnCodec, { mimeType, clockRate, channels, parameters }: OfferedCodec): boolean {
  if (own.mimeType.toLowerCase() !== mimeType.toLowerCase() || own.clockRate !== clockRate) return false;
  if ((own.channels ?? 1) !== (channels ?? 1)) return false;
  if (mimeType.toLowerCase() !== 'video/h264') return true;
  return parameters['packetization-mode'] === 1 && isConstrainedBaseline(parameters['profile-level-id']);
}

/** What encoders mean that say nothing: GStreamer's tell both in the stream, after the offer. */
const UNNAMED_H264 = { 'packetization-mode': 1, 'profile-level-id': '42e01f' } as const;

function defaultParameters({ mimeType }: OfferedCodec): Record<string, string | number> {
  return mimeType.toLowerCase() === 'video/h264' ? UNNAMED_H264 : {};
}

function isRetransmission({ mimeType }: { readonly mimeType: string }): boolean {
  return mimeType.toLowerCase() === 'video/rtx';
}

/** The profiles that RFC 6184 table 5 takes for Constrained Baseline. */
function isConstrainedBaseline(profile: string | number = ''): boolean {
  const [, idc, iop] = /^(..)(..)..$/.exec(String(profile).padStart(6, '0')) ?? [];
  const bits = Number.parseInt(iop ?? '', 16);
  if (idc === '42') return (bits & 0x4f) === 0x40;
  if (idc?.toLowerCase() === '4d') return (bits & 0x8f) === 0x80;
  return idc === '58' && (bits & 0xcf) === 0xc0;
}

function commonFeedback({ rtcpFeedback = [] }: OwnCodec, codec: OfferedCodec): Feedback[] {
  return codec.rtcpFeedback.filter(({ type, parameter }) =>
    rtcpFeedback.some((one) => one.type === type && (one.parameter ?? '') === (parameter ?? '')),
  );
}

function splitPayload(value: string): readonly [string, string] {
  const [payload = '', ...rest] = value.split(' ');
  return [payload, rest.join(' ').trim()];
}

function readFeedback(value: string): Feedback {
  const [type = '', ...rest] = value.split(' ');
  return { type, parameter: rest.join(' ') };
}

/** `a=1;b=text`. A profile of digits alone stays text. */
function readParameters(value: string): Record<string, string | number> {
  return Object.fromEntries(
    value.split(';').flatMap((pair) => {
      const [key = '', text = ''] = pair.trim().split('=', 2);
      if (!/^[A-Za-z0-9_-]{1,64}$/.test(key)) return [];
      return [[key, key !== 'profile-level-id' && /^\d{1,9}$/.test(text) ? Number(text) : text] as const];
    }),
  );
}
