import type { IceParametersView, TransportView } from '../../../../src/protocol/index.ts';
import type { OfferedCodec } from './codecs.ts';
import type { Offer } from './offer.ts';
import type { Agreement } from './agreement.ts';

export interface AnswerOptions {
  readonly offer: Offer;
  readonly transport: TransportView;
  readonly agreements: readonly Agreement[];
  readonly direction: 'recvonly' | 'sendonly';
}

/** What the SFU asks of an encoder, by codec, beside what the client offered of itself. */
const OPUS_WISHES = 'minptime=10;useinbandfec=1;stereo=1;sprop-stereo=1';

/** The answer (RFC 9429 section 5.3.1), with every candidate: none come later. */
export function writeAnswer({ offer, transport, agreements, direction }: AnswerOptions): string {
  const mids = agreements.map(({ section }) => section.mid);
  const lines = [
    'v=0',
    // Of no meaning beyond being a number; the session has one answer only.
    `o=- ${Math.floor(Date.now() / 1_000)} 1 IN IP4 127.0.0.1`,
    's=-',
    't=0 0',
    `a=group:BUNDLE ${mids.join(' ')}`,
    ...iceOptionLines(transport.iceParameters),
    'a=msid-semantic: WMS *',
  ];
  for (const [index, agreement] of agreements.entries()) {
    lines.push(
      ...mediaLines(agreement),
      ...credentialLines(transport.iceParameters),
      ...dtlsLines(offer, transport),
      // Those of a bundle belong to its first section (RFC 9143 section 7.1.3).
      ...(index === 0 ? candidateLines(transport) : []),
      `a=mid:${agreement.section.mid}`,
      `a=${direction}`,
      ...(direction === 'sendonly' ? [`a=msid:program ${agreement.section.kind}`] : []),
      'a=rtcp-mux',
      'a=rtcp-mux-only',
      'a=rtcp-rsize',
      ...extensionLines(agreement),
      ...agreement.codecs.flatMap(({ codec, retransmission }) => [
        ...codecLines(codec),
        ...(retransmission ? codecLines(retransmission) : []),
      ]),
      ...layerLines(agreement),
    );
  }
  return joinLines(lines);
}

/** The body that answers a restart of ICE (RFC 9725 section 4.3.3). */
export function writeRestart({ offer, transport }: Pick<AnswerOptions, 'offer' | 'transport'>): string {
  const [first] = offer.sections;
  return joinLines([
    ...iceOptionLines(transport.iceParameters),
    `a=group:BUNDLE ${offer.sections.map(({ mid }) => mid).join(' ')}`,
    ...(first ? [`m=${first.kind} 9 ${first.protocol} ${first.formats[0] ?? '0'}`, `a=mid:${first.mid}`] : []),
    ...credentialLines(transport.iceParameters),
    ...candidateLines(transport),
  ]);
}

function joinLines(lines: readonly string[]): string {
  return `${lines.join('\r\n')}\r\n`;
}

function iceOptionLines({ iceLite }: IceParametersView): string[] {
  return [...(iceLite === true ? ['a=ice-lite'] : []), 'a=ice-options:trickle ice2'];
}

function credentialLines({ usernameFragment, password }: IceParametersView): string[] {
  return [`a=ice-ufrag:${usernameFragment}`, `a=ice-pwd:${password}`];
}

function dtlsLines({ dtls }: Offer, { dtlsParameters }: TransportView): string[] {
  const { fingerprints } = dtlsParameters;
  const fingerprint = fingerprints.find(({ algorithm }) => algorithm === 'sha-256') ?? fingerprints[0];
  return [
    ...(fingerprint ? [`a=fingerprint:${fingerprint.algorithm} ${fingerprint.value}`] : []),
    `a=setup:${dtls.role === 'client' ? 'passive' : 'active'}`,
  ];
}

function candidateLines({ iceCandidates }: TransportView): string[] {
  const lines = iceCandidates.map(({ foundation, protocol, priority, address, port, type, tcpType }) => {
    const kind = tcpType === undefined ? '' : ` tcptype ${tcpType}`;
    return `a=candidate:${foundation} 1 ${protocol} ${priority} ${address} ${port} typ ${type}${kind}`;
  });
  return [...lines, 'a=end-of-candidates'];
}

function mediaLines({ section, codecs }: Agreement): string[] {
  const payloads = codecs.flatMap(({ codec, retransmission }) => [
    codec.payloadType,
    ...(retransmission ? [retransmission.payloadType] : []),
  ]);
  return [`m=${section.kind} 9 ${section.protocol} ${payloads.join(' ')}`, 'c=IN IP4 0.0.0.0'];
}

function extensionLines({ extensions }: Agreement): string[] {
  return extensions.map(({ id, uri }) => `a=extmap:${id} ${uri}`);
}

function codecLines(codec: OfferedCodec): string[] {
  const { mimeType, payloadType, clockRate, channels, rtcpFeedback } = codec;
  const format = formatOf(codec);
  return [
    `a=rtpmap:${payloadType} ${mimeType.split('/')[1] ?? ''}/${clockRate}${channels === undefined ? '' : `/${channels}`}`,
    ...(format === '' ? [] : [`a=fmtp:${payloadType} ${format}`]),
    ...rtcpFeedback.map(({ type, parameter }) => `a=rtcp-fb:${payloadType} ${`${type} ${parameter ?? ''}`.trimEnd()}`),
  ];
}

function formatOf({ mimeType, parameters }: OfferedCodec): string {
  const name = mimeType.toLowerCase();
  if (name === 'audio/opus') return OPUS_WISHES;
  if (name === 'video/rtx') return `apt=${parameters['apt'] ?? 0}`;
  if (name !== 'video/h264') return '';
  return `level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=${parameters['profile-level-id'] ?? '42e01f'}`;
}

/** As RFC 8853 section 5.3.2 answers: the same ids, received. */
function layerLines({ layers }: Agreement): string[] {
  if (!layers) return [];
  return [...layers.offered.map((id) => `a=rid:${id} recv`), `a=simulcast:recv ${layers.offered.join(';')}`];
}
