import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import { ortc, testFakeParameters } from 'mediasoup-client';
import { build } from 'vite';
import { EnhancedEventEmitter } from '../../scripts/build/mediasoup-client/enhanced-events.ts';
import { leanMediasoupClient } from '../../scripts/build/mediasoup-client/lean-mediasoup-client.ts';

const ours = createRequire(import.meta.url);
/** These two are mediasoup-client's packages, not ours. */
const theirs = createRequire(ours.resolve('mediasoup-client'));
const profiles = theirs('h264-profile-level-id');
const sdp = theirs('sdp-transform');

/** Bundles `code`, which stands at `id`, as pages get it. */
async function bundle(code: string, id = '/given/lean.js'): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'given',
        enforce: 'pre',
        resolveId: (asked) => (asked === id ? id : undefined),
        load: (asked) => (asked === id ? code : undefined),
      },
      leanMediasoupClient(),
    ],
    build: { write: false, minify: false, lib: { entry: id, formats: ['es'], fileName: 'lean' } },
  });
  const [chunk] = (Array.isArray(result) ? result : []).flatMap(({ output }) => output);
  assert.equal(chunk?.type, 'chunk');
  return chunk.code;
}

const load = async (code: string) =>
  import(`data:text/javascript;base64,${Buffer.from(await bundle(code)).toString('base64')}`);

/** As a browser might write it, with lines that mediasoup-client does not read. */
const description = `${[
  'v=0',
  'o=- 4611 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0 1',
  'a=extmap-allow-mixed',
  'a=msid-semantic: WMS stream',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'c=IN IP4 0.0.0.0',
  'a=rtcp:9 IN IP4 0.0.0.0',
  'a=ice-ufrag:abcd',
  'a=ice-pwd:efghijklmnopqrstuvwxyz',
  'a=ice-options:trickle',
  'a=fingerprint:sha-256 AA:BB:CC',
  'a=setup:actpass',
  'a=mid:0',
  'a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'a=sendrecv',
  'a=msid:stream audio',
  'a=rtcp-mux',
  'a=rtcp-rsize',
  'a=rtpmap:111 opus/48000/2',
  'a=rtcp-fb:111 transport-cc',
  'a=fmtp:111 minptime=10;useinbandfec=1',
  'a=ptime:20',
  'a=maxptime:60',
  'a=ssrc:1001 cname:one',
  'm=video 9 UDP/TLS/RTP/SAVPF 96 97',
  'c=IN IP4 0.0.0.0',
  'a=mid:1',
  'a=sendonly',
  'a=rtpmap:96 H264/90000',
  'a=rtcp-fb:96 nack pli',
  'a=fmtp:96 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f',
  'a=rtpmap:97 rtx/90000',
  'a=fmtp:97 apt=96',
  'a=framerate:30',
  'a=label:main',
  'a=content:speaker',
  'a=rid:r0 send',
  'a=rid:r1 send',
  'a=simulcast:send r0;r1',
  'a=ssrc-group:FID 1 2',
  'a=candidate:1 1 udp 2113937151 192.0.2.1 50000 typ host generation 0',
  'a=end-of-candidates',
].join('\r\n')}\r\n`;

describe('mediasoup-client as pages get it', () => {
  it('negotiates as the package does', async () => {
    const { lean } = await load("export * as lean from 'mediasoup-client/ortc';");
    const local = () => testFakeParameters.generateNativeRtpCapabilities();
    const remote = () => testFakeParameters.generateRouterRtpCapabilities();
    assert.ok(local().codecs?.length);
    const expected = ortc.getExtendedRtpCapabilities(local(), remote(), false);
    assert.deepEqual(lean.getExtendedRtpCapabilities(local(), remote(), false), expected);
    assert.deepEqual(lean.getRecvRtpCapabilities(expected), ortc.getRecvRtpCapabilities(expected));
    assert.deepEqual(lean.getSendingRtpParameters('video', expected), ortc.getSendingRtpParameters('video', expected));
    assert.throws(() => lean.validateAndNormalizeRtpCapabilities({ codecs: [{ mimeType: 'none' }] }), TypeError);
  });

  it('agrees on H.264 as the package does', async () => {
    const { lean } = await load("export * as lean from 'h264-profile-level-id';");
    const levels = ['42e01f', '42e034', '42001f', '4d0032', '640c1f', '64001f', 'f4001f', 'none'];
    for (const one of levels) {
      for (const other of levels) {
        const [local, remote] = [{ 'profile-level-id': one }, { 'profile-level-id': other }];
        assert.equal(lean.isSameProfile(local, remote), profiles.isSameProfile(local, remote), `${one} ${other}`);
        if (!profiles.isSameProfile(local, remote) || one === 'none') continue;
        const expected = profiles.generateProfileLevelIdStringForAnswer(local, remote);
        assert.equal(lean.generateProfileLevelIdStringForAnswer(local, remote), expected);
      }
    }
  });

  it('reads the lines of a description that the package reads, and keeps the others', async () => {
    const lean = await load("export { parse, parseParams, write } from 'sdp-transform';");
    const parsed = lean.parse(description);
    const [audio, video] = parsed.media;
    const [fullAudio, fullVideo] = sdp.parse(description).media;
    for (const name of [
      'mid',
      'rtp',
      'fmtp',
      'rtcpFb',
      'ext',
      'fingerprint',
      'setup',
      'direction',
      'ssrcs',
      'iceUfrag',
    ]) {
      assert.deepEqual(audio[name], fullAudio[name], name);
    }
    for (const name of ['rtp', 'fmtp', 'rids', 'simulcast', 'ssrcGroups', 'candidates', 'endOfCandidates']) {
      assert.deepEqual(video[name], fullVideo[name], name);
    }
    const linesOf = (text: string) => text.split('\r\n').toSorted();
    assert.deepEqual(linesOf(lean.write(parsed)), linesOf(description));
    const parameters = 'minptime=10;useinbandfec=1;profile-level-id=42e01f';
    assert.deepEqual(lean.parseParams(parameters), sdp.parseParams(parameters));
  });

  it('does its tasks one after another', async () => {
    const { AwaitQueue } = await load("export { AwaitQueue } from 'awaitqueue';");
    const queue = new AwaitQueue();
    const done: string[] = [];
    const first = queue.push(async () => {
      await Promise.resolve();
      done.push('first');
    });
    const second = queue.push(async () => done.push('second'));
    await Promise.all([first, second]);
    assert.deepEqual(done, ['first', 'second']);
    const waiting = queue.push(async () => new Promise(() => {}));
    queue.stop();
    await assert.rejects(waiting, { name: 'AwaitQueueStoppedError' });
  });

  it('is a device that needs no CommonJS', async () => {
    const code = await bundle("export { Device } from 'mediasoup-client';");
    assert.equal(/require\(|exports\.|__commonJS|__importStar/.exec(code)?.[0], undefined);
    const { Device } = await load("export { Device } from 'mediasoup-client';");
    assert.throws(() => new Device(), { name: 'UnsupportedError' });
  });

  it('does not build what calls a method that is left out', async () => {
    const file = '/src/media/mediasoup/caller.ts';
    await assert.rejects(bundle('export const call = (transport) => transport.produceData();', file), /left out/);
    await assert.doesNotReject(bundle('export const call = (link) => link.resume();', file));
  });
});

describe('the emitter in mediasoup-client', () => {
  it('tells each listener in turn, those that come meanwhile from the next time on', () => {
    const emitter = new EnhancedEventEmitter();
    const heard: unknown[] = [];
    emitter.on('word', (value) => {
      heard.push(['first', value]);
      if (emitter.listenerCount('word') === 1) emitter.on('word', (next) => heard.push(['second', next]));
    });
    assert.equal(emitter.emit('word', 1), true);
    assert.equal(emitter.emit('word', 2), true);
    assert.deepEqual(heard, [
      ['first', 1],
      ['first', 2],
      ['second', 2],
    ]);
    assert.equal(emitter.emit('another'), false);
  });

  it('tells of a listener that throws, and goes on', () => {
    const emitter = new EnhancedEventEmitter();
    const failure = new Error('listener');
    const failures: unknown[] = [];
    emitter.on('word', () => {
      throw failure;
    });
    emitter.on('listenererror', (...values) => failures.push(values));
    assert.equal(emitter.safeEmit('word'), true);
    assert.deepEqual(failures, [['word', failure]]);
    assert.throws(() => emitter.emit('word'), failure);
    emitter.close();
    assert.equal(emitter.listenerCount('word'), 0);
    assert.equal(emitter.safeEmit('word'), false);
  });
});
