import { createWorker } from 'mediasoup';

const [workerBin] = process.argv.slice(2);

if (workerBin === undefined) throw new Error('Give the path of a worker');

const worker = await createWorker({ workerBin });

try {
  const router = await worker.createRouter({
    mediaCodecs: [{ kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 }],
  });
  const transport = await router.createWebRtcTransport({ listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }] });

  if ((await transport.getStats()).length === 0) throw new Error('The transport has no statistics');
} finally {
  worker.close();
}
