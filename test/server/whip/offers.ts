/** What a client offers, as the tests need it. */
export interface OfferOptions {
  readonly audio?: boolean;
  readonly video?: boolean;
  readonly direction?: string;
  readonly setup?: string;
  readonly ufrag?: string;
  readonly password?: string;
  /** Lines added to the session. */
  readonly session?: readonly string[];
  /** Lines added to the video section. */
  readonly videoLines?: readonly string[];
  readonly videoCodecs?: readonly string[];
  readonly videoPayloads?: string;
  readonly bundle?: string;
}

export const UFRAG = 'EsAw';
export const PASSWORD = 'P2uYro0UCOQ4zxjKXaWCBui1';
const FINGERPRINT = Array.from({ length: 32 }, (_, index) => (index + 16).toString(16).toUpperCase()).join(':');

const VP8 = [
  'a=rtpmap:96 VP8/90000',
  'a=rtcp-fb:96 nack',
  'a=rtcp-fb:96 nack pli',
  'a=rtpmap:97 rtx/90000',
  'a=fmtp:97 apt=96',
];

/** The offer of RFC 9725, figure 2, with what the test changes. */
export function createOffer(options: OfferOptions = {}): string {
  const { audio = true, video = true, direction = 'sendonly', setup = 'actpass' } = options;
  const { videoCodecs = VP8, videoPayloads = '96 97', videoLines = [], session = [] } = options;
  const mids = [...(audio ? ['0'] : []), ...(video ? ['1'] : [])];
  const common = [
    'c=IN IP4 0.0.0.0',
    `a=ice-ufrag:${options.ufrag ?? UFRAG}`,
    `a=ice-pwd:${options.password ?? PASSWORD}`,
    `a=fingerprint:sha-256 ${FINGERPRINT}`,
    `a=setup:${setup}`,
    `a=${direction}`,
    'a=rtcp-mux',
    'a=rtcp-mux-only',
    'a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid',
  ];
  const lines = [
    'v=0',
    'o=- 5228595038118931041 2 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    options.bundle ?? `a=group:BUNDLE ${mids.join(' ')}`,
    'a=ice-options:trickle ice2',
    ...session,
    ...(audio
      ? [
          'm=audio 9 UDP/TLS/RTP/SAVPF 111',
          ...common,
          'a=mid:0',
          'a=msid:d46fb922-d52a-4e9c-aa87-444eadc1521b ce326ecf-a081-453a-8f9f-0605d5ef4128',
          'a=rtpmap:111 opus/48000/2',
          'a=fmtp:111 minptime=10;useinbandfec=1',
        ]
      : []),
    ...(video
      ? [
          `m=video 9 UDP/TLS/RTP/SAVPF ${videoPayloads}`,
          ...common,
          'a=mid:1',
          'a=msid:d46fb922-d52a-4e9c-aa87-444eadc1521b 3956b460-40f4-4d05-acef-03abcdd8c6fd',
          ...videoCodecs,
          ...videoLines,
        ]
      : []),
  ];
  return `${lines.join('\r\n')}\r\n`;
}

/** A fragment as figure 4 of RFC 9725 has it. */
export function createFragment(ufrag = UFRAG, password = PASSWORD): string {
  const lines = [
    'a=group:BUNDLE 0 1',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    'a=mid:0',
    `a=ice-ufrag:${ufrag}`,
    `a=ice-pwd:${password}`,
    `a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0 ufrag ${ufrag} network-id 1`,
    'a=candidate:473322822 1 sctp 1518280447 nowhere.invalid 9 typ host',
    'a=end-of-candidates',
  ];
  return `${lines.join('\r\n')}\r\n`;
}
