import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { HttpError } from '../../../server/src/http/http-error.ts';
import { codecsWith, routerCapabilities } from '../../../server/src/media/mediasoup/router-codecs.ts';
import { DEFAULT_TEMPLATE, openTemplate } from '../../../server/src/rooms/templates.ts';
import { PublishingPlan } from '../../../server/src/whip/publishing.ts';
import { agreeToReceive, agreeToSend } from '../../../server/src/whip/sdp/agreement.ts';
import { parseDescription } from '../../../server/src/whip/sdp/description.ts';
import { readLayers } from '../../../server/src/whip/sdp/layers.ts';
import { readOffer } from '../../../server/src/whip/sdp/offer.ts';
import { createOffer } from './offers.ts';

const capabilities = routerCapabilities as Parameters<typeof agreeToReceive>[1];
const FINGERPRINT = Array.from({ length: 32 }, () => 'AB').join(':');

/** In the form of libdatachannel, which OBS is built on: ICE and DTLS above the sections, no header extensions. */
const OBS = [
  'v=0',
  'o=rtc 3470483120 0 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0 1',
  'a=group:LS 0 1',
  'a=msid-semantic:WMS *',
  'a=setup:actpass',
  'a=ice-ufrag:4ZHo',
  'a=ice-pwd:Nx9Bp2n0bS7Yp3sFv1k2Lm',
  'a=ice-options:ice2,trickle',
  `a=fingerprint:sha-256 ${FINGERPRINT}`,
  'm=audio 50432 UDP/TLS/RTP/SAVPF 111',
  'c=IN IP4 192.0.2.7',
  'a=mid:0',
  'a=sendonly',
  'a=ssrc:1450339215 cname:HqwvqkGf9XyQZ2xh',
  'a=ssrc:1450339215 msid:5cmkSxTMbBSPFlMq 5cmkSxTMbBSPFlMq-audio',
  'a=msid:5cmkSxTMbBSPFlMq 5cmkSxTMbBSPFlMq-audio',
  'a=rtcp-mux',
  'a=rtpmap:111 opus/48000/2',
  'a=fmtp:111 minptime=10;maxaveragebitrate=96000;stereo=1;sprop-stereo=1;useinbandfec=1',
  'a=candidate:1 1 UDP 2122317823 192.0.2.7 50432 typ host',
  'a=end-of-candidates',
  'm=video 50432 UDP/TLS/RTP/SAVPF 96',
  'c=IN IP4 192.0.2.7',
  'a=mid:1',
  'a=sendonly',
  'a=ssrc:1450339216 cname:HqwvqkGf9XyQZ2xh',
  'a=msid:5cmkSxTMbBSPFlMq 5cmkSxTMbBSPFlMq-video',
  'a=rtcp-mux',
  'a=rtpmap:96 H264/90000',
  'a=rtcp-fb:96 nack',
  'a=rtcp-fb:96 nack pli',
  'a=rtcp-fb:96 goog-remb',
  'a=fmtp:96 profile-level-id=42e01f;packetization-mode=1;level-asymmetry-allowed=1',
  '',
].join('\r\n');

const publicationsOf = (sdp: string) => readOffer(sdp, 'send').sections.map((one) => agreeToReceive(one, capabilities));
const videoOf = (options: Parameters<typeof createOffer>[0]) =>
  publicationsOf(createOffer({ audio: false, ...options }))[0]!;
const layersOf = (...lines: string[]) => {
  const [section] = parseDescription(createOffer({ audio: false, videoLines: lines })).sections;
  return readLayers(section!)?.bySize;
};

describe('session descriptions', () => {
  it("reads OBS's offer: H.264 and Opus, told by their SSRCs", () => {
    const [audio, video] = publicationsOf(OBS);
    assert.equal(audio?.rtpParameters.codecs[0]?.mimeType, 'audio/opus');
    assert.deepEqual(audio.rtpParameters.encodings, [{ ssrc: 1_450_339_215 }]);
    assert.equal(video?.rtpParameters.codecs[0]?.mimeType, 'video/H264');
    assert.equal(video.rtpParameters.codecs[0].parameters?.['profile-level-id'], '42e01f');
    assert.deepEqual(video.rtpParameters.encodings, [{ ssrc: 1_450_339_216 }]);
    assert.equal(readOffer(OBS, 'send').ice.usernameFragment, '4ZHo');
  });

  it('takes the first codec that both have, with its own retransmission alone', () => {
    const { rtpParameters } = videoOf({
      videoPayloads: '45 46 103 104 96 97',
      videoCodecs: [
        'a=rtpmap:45 AV1/90000',
        'a=rtpmap:46 rtx/90000',
        'a=fmtp:46 apt=45',
        'a=rtpmap:103 H264/90000',
        'a=fmtp:103 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f',
        'a=rtpmap:104 rtx/90000',
        'a=fmtp:104 apt=103',
        'a=rtpmap:96 VP8/90000',
        'a=rtpmap:97 rtx/90000',
        'a=fmtp:97 apt=96',
      ],
    });
    assert.deepEqual(
      rtpParameters.codecs.map(({ payloadType }) => payloadType),
      [103, 104],
    );
  });

  it('takes no other H.264 than Constrained Baseline in packets of mode 1', () => {
    const h264 = (format: string) => () =>
      videoOf({ videoPayloads: '96', videoCodecs: ['a=rtpmap:96 H264/90000', format] });
    for (const profile of ['42e01f', '42c01f', '42E034', '4d801f', '58c01f']) {
      assert.ok(h264(`a=fmtp:96 packetization-mode=1;profile-level-id=${profile}`)());
    }
    // An encoder that has not begun says nothing.
    assert.ok(h264('a=rtcp-fb:96 nack')());
    for (const format of [
      'packetization-mode=1;profile-level-id=64001f',
      'packetization-mode=1;profile-level-id=42001f',
      'packetization-mode=0;profile-level-id=42e01f',
      'packetization-mode=1;profile-level-id=zz',
    ]) {
      assert.throws(h264(`a=fmtp:96 ${format}`), { code: 'unprocessable' });
    }
  });

  it('names the streams of packets as the client does, retransmission too', () => {
    const lines = ['a=ssrc-group:FID 11 12', 'a=ssrc:11 cname:x', 'a=ssrc:12 cname:x'];
    assert.deepEqual(videoOf({ videoLines: lines }).rtpParameters.encodings, [{ ssrc: 11, rtx: { ssrc: 12 } }]);
    assert.deepEqual(videoOf({}).rtpParameters.encodings, [{}]);
    assert.throws(() => videoOf({ videoLines: ['a=ssrc:99999999999 cname:x'] }), { code: 'badRequest' });
  });

  it('refuses tracks that cannot be told apart', () => {
    const audioLine = 'a=rtpmap:111 opus/48000/2';
    assert.throws(() => readOffer(createOffer().replaceAll('111', '96'), 'send'), { code: 'unprocessable' });
    const role = openTemplate(DEFAULT_TEMPLATE, 'auto').roles['guest'];
    assert.ok(role);
    const oneSsrc = createOffer({ videoLines: ['a=ssrc:7 cname:x'] }).replace(
      audioLine,
      `a=ssrc:7 cname:x\r\n${audioLine}`,
    );
    const plan = () => PublishingPlan.make(oneSsrc, role, capabilities);
    assert.throws(plan, { code: 'badRequest' });
    const long = createOffer({ audio: false })
      .replaceAll('a=mid:1', `a=mid:${'v'.repeat(20)}`)
      .replace('BUNDLE 1', `BUNDLE ${'v'.repeat(20)}`);
    assert.throws(() => publicationsOf(long), { code: 'unprocessable' });
  });

  it('puts layers in the order of their size', () => {
    const rids = (...names: string[]) => names.map((name) => `a=rid:${name} send`);
    assert.deepEqual(layersOf(...rids('q', 'h', 'f'), 'a=simulcast:send q;h;f'), ['q', 'h', 'f']);
    assert.deepEqual(layersOf(...rids('h', 'm', 'l'), 'a=simulcast:send h;m;l'), ['l', 'm', 'h']);
    assert.deepEqual(layersOf(...rids('high', 'low'), 'a=simulcast:send high;low'), ['low', 'high']);
    // RFC 8853 section 5.2: the most preferred first.
    assert.deepEqual(layersOf(...rids('0', '1', '2'), 'a=simulcast:send 0;1;2'), ['2', '1', '0']);
    assert.deepEqual(
      layersOf('a=rid:a send max-width=320', 'a=rid:b send max-width=1280;max-height=720', 'a=simulcast:send a;b'),
      ['a', 'b'],
    );
    assert.deepEqual(layersOf(...rids('a', 'b'), 'a=simulcast:send a,b;~b recv a'), ['b', 'a']);
    assert.equal(layersOf(...rids('a')), undefined);
    assert.equal(layersOf('a=simulcast:send x;y'), undefined);
    assert.equal(layersOf(...rids('a', 'b', 'c', 'd', 'e'), 'a=simulcast:send a;b;c;d;e')?.length, 4);
  });

  it('plays every codec that both have, under the numbers of the player', () => {
    const offer = createOffer({
      direction: 'recvonly',
      videoPayloads: '96 97 103',
      videoCodecs: ['a=rtpmap:96 VP8/90000', 'a=rtpmap:97 rtx/90000', 'a=fmtp:97 apt=96', 'a=rtpmap:103 H264/90000'],
    });
    const [, video] = readOffer(offer, 'receive').sections;
    const { codecs } = agreeToSend(video!, capabilities);
    assert.deepEqual(
      codecs.map(({ name, codec, retransmission }) => [name, codec.payloadType, retransmission]),
      [
        ['video/VP8', 96, undefined],
        ['video/H264', 103, undefined],
      ],
    );
  });

  it('finds numbers for whatever a player names, dropping a codec rather than the player', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 96, max: 127 }), { minLength: 3, maxLength: 3 }), ([a, b, c]) => {
        const types = { 'audio/opus': a!, 'video/VP8': b!, 'video/H264': c! };
        const codecs = codecsWith(types);
        assert.ok(codecs.length >= 2);
        for (const { mimeType, preferredPayloadType } of codecs) {
          assert.equal(preferredPayloadType, types[mimeType as keyof typeof types]);
        }
      }),
    );
    assert.deepEqual(codecsWith({ 'video/VP8': 96 }).length, 1);
  });

  it('answers whatever comes with a typed error or an offer, and soon', () => {
    const lines = OBS.split('\r\n');
    const noise = fc.oneof(
      fc.string({ maxLength: 80 }),
      fc.constantFrom(
        'm=video 9 UDP/TLS/RTP/SAVPF',
        'm=audio 99999 UDP/TLS/RTP/SAVPF 0',
        'a=rtpmap:96',
        'a=rtpmap:-1 VP8/90000',
        'a=fmtp:96 ;;;=;__proto__=1;constructor=2',
        'a=rtcp-fb:* ',
        'a=extmap:0 x',
        'a=extmap:9999999 urn:ietf:params:rtp-hdrext:sdes:mid',
        'a=ssrc-group:FID',
        'a=ssrc:x',
        'a=rid:',
        'a=simulcast:send ;;,~',
        'a=mid:0',
        'a=group:BUNDLE',
        'a=fingerprint:md5 00',
        'a=ice-pwd:',
        `a=${'x'.repeat(2_000)}`,
      ),
    );
    const edits = fc.array(fc.tuple(fc.nat(lines.length), fc.nat(2), noise), { maxLength: 6 });
    fc.assert(
      fc.property(edits, (changes) => {
        const changed = [...lines];
        for (const [at, removed, line] of changes) changed.splice(at, removed, line);
        try {
          publicationsOf(changed.join('\r\n'));
        } catch (error) {
          assert.ok(error instanceof HttpError, String(error));
          assert.ok(error.status === 400 || error.status === 422, error.message);
        }
      }),
      { numRuns: 500 },
    );
  });
});
