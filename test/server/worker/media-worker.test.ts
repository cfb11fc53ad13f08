import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { createWorker } from 'mediasoup';
import type { Router, RtpParameters, SrtpCryptoSuite, Worker } from 'mediasoup/types';
import { obtainWorker } from '../../../server/worker/obtain-worker.ts';
import { createDtlsClient } from './dtls-client.ts';

const waitLimitMs = 10_000;
const listenInfo = { protocol: 'udp', ip: '127.0.0.1' } as const;
const cryptoSuites: readonly SrtpCryptoSuite[] = [
  'AEAD_AES_256_GCM',
  'AEAD_AES_128_GCM',
  'AES_CM_128_HMAC_SHA1_80',
  'AES_CM_128_HMAC_SHA1_32',
];

let worker: Worker;
let router: Router;

before(async () => {
  const { path: workerBin } = await obtainWorker({ log: (line) => console.log(line) });

  worker = await createWorker({ workerBin });
  router = await worker.createRouter({
    mediaCodecs: [{ kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 }],
  });
});

after(() => worker.close());

suite('the obtained worker', () => {
  test('creates a WebRTC transport on the loopback address and counts on it', async () => {
    const transport = await router.createWebRtcTransport({ listenInfos: [listenInfo] });
    const [stats] = await transport.getStats();

    assert.equal(transport.iceCandidates[0]?.address, '127.0.0.1');
    assert.equal(stats?.type, 'webrtc-transport');
    assert.equal(stats?.transportId, transport.id);
    assert.equal(stats?.bytesReceived, 0);
  });

  test('shakes hands over DTLS', async (t) => {
    if (spawnSync('openssl', ['version']).status !== 0) return t.skip('needs the openssl program');

    const folder = await mkdtemp(path.join(tmpdir(), 'ils-kit-dtls-'));
    t.after(() => rm(folder, { recursive: true, force: true }));
    const transport = await router.createWebRtcTransport({ listenInfos: [listenInfo] });
    const client = await createDtlsClient(t, {
      folder,
      port: transport.iceCandidates[0]?.port ?? 0,
      usernameFragment: transport.iceParameters.usernameFragment,
      password: transport.iceParameters.password,
    });

    const connected = new Promise<void>((resolve, reject) => {
      transport.observer.on('dtlsstatechange', (state) => {
        if (state === 'connected') resolve();
        else if (state !== 'connecting') reject(new Error(`DTLS is ${state}`));
      });
      worker.once('died', reject);
      AbortSignal.timeout(waitLimitMs).addEventListener('abort', () => reject(new Error('No handshake in time')));
    });
    await transport.connect({
      dtlsParameters: { role: 'client', fingerprints: [{ algorithm: 'sha-256', value: client.fingerprint }] },
    });
    await Promise.all([client.start(), connected]);

    assert.equal(transport.dtlsState, 'connected');
    transport.close();
  });

  for (const srtpCryptoSuite of cryptoSuites) {
    test(`carries packets encrypted with ${srtpCryptoSuite}`, async () => {
      const source = await router.createDirectTransport();
      const producer = await source.produce({ kind: 'audio', rtpParameters: createOpusParameters(1111) });

      const [sending, receiving] = await Promise.all(
        [0, 1].map(() => router.createPlainTransport({ listenInfo, enableSrtp: true, srtpCryptoSuite })),
      );
      assert.ok(sending?.srtpParameters && receiving?.srtpParameters);
      await sending.connect({
        ip: '127.0.0.1',
        port: receiving.tuple.localPort,
        srtpParameters: receiving.srtpParameters,
      });
      await receiving.connect({
        ip: '127.0.0.1',
        port: sending.tuple.localPort,
        srtpParameters: sending.srtpParameters,
      });

      const { rtpCapabilities } = router;
      const sent = await sending.consume({ producerId: producer.id, rtpCapabilities });
      const received = await receiving.produce({ kind: 'audio', rtpParameters: sent.rtpParameters });
      const drain = await router.createDirectTransport();
      const consumer = await drain.consume({ producerId: received.id, rtpCapabilities });
      const payload = Buffer.from('a sound that nobody but the other end may hear');
      const arrival = once(consumer, 'rtp', { signal: AbortSignal.timeout(waitLimitMs) });

      for (let sequenceNumber = 1; sequenceNumber <= 20; sequenceNumber += 1) {
        producer.send(createRtpPacket(1111, sequenceNumber, payload));
      }

      const [packet]: unknown[] = await arrival;
      assert.ok(Buffer.isBuffer(packet));
      assert.ok(packet.includes(payload));

      for (const transport of [source, sending, receiving, drain]) transport.close();
    });
  }
});

function createOpusParameters(ssrc: number): RtpParameters {
  return {
    mid: 'audio',
    codecs: [{ mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 }],
    encodings: [{ ssrc }],
    rtcp: { cname: 'test' },
  };
}

function createRtpPacket(ssrc: number, sequenceNumber: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt8(0x80, 0);
  header.writeUInt8(100, 1);
  header.writeUInt16BE(sequenceNumber, 2);
  header.writeUInt32BE(sequenceNumber * 960, 4);
  header.writeUInt32BE(ssrc, 8);

  return Buffer.concat([header, payload]);
}
