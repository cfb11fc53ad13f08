import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { build } from 'esbuild';
import { createWorker, type types } from 'mediasoup';
import { WebSocketServer } from 'ws';
import type { SfuRequest } from './signaling.ts';

/** A room server with nothing but the SFU in it: one room, one publisher, no roles, no store, no checks. */
const bundle = await build({
  entryPoints: [new URL('./page.ts', import.meta.url).pathname],
  bundle: true,
  minify: true,
  format: 'esm',
  write: false,
});
const script = bundle.outputFiles[0]?.text ?? '';
const page =
  '<!doctype html><video autoplay playsinline width="1280" height="720"></video><script type="module" src="/page.js"></script>';

const http = createServer((request, response) => {
  if (request.url === '/token') {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ token: randomUUID() }));
    return;
  }
  const isScript = request.url === '/page.js';
  response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
  if (request.url === '/blank') response.end('<!doctype html><title>blank</title>');
  else response.end(isScript ? script : page);
});

const worker = await createWorker({ logLevel: 'none' });
const router = await worker.createRouter({
  mediaCodecs: [
    { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
    { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
  ],
});
const listenInfos: types.TransportListenInfo[] = [
  { protocol: 'udp', ip: '127.0.0.1' },
  { protocol: 'tcp', ip: '127.0.0.1' },
];
const KEY_FRAME_REQUEST_DELAY_MS = 1_000;
const producers = new Map<types.MediaKind, types.Producer>();

new WebSocketServer({ server: http, path: '/ws', perMessageDeflate: false }).on('connection', (socket) => {
  let transport: types.WebRtcTransport | undefined;
  let consumers: types.Consumer[] = [];

  async function answer(request: SfuRequest): Promise<unknown> {
    switch (request.name) {
      case 'capabilities':
        return router.rtpCapabilities;
      case 'transport': {
        transport = await router.createWebRtcTransport({ listenInfos, initialAvailableOutgoingBitrate: 1_000_000 });
        const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
        return { id, iceParameters, iceCandidates, dtlsParameters };
      }
      case 'connect':
        await transport?.connect({ dtlsParameters: request.dtlsParameters });
        return {};
      case 'produce':
        return produce(request.kind, request.rtpParameters);
      case 'consume':
        consumers = await Promise.all([...producers.keys()].map((kind) => consume(kind, request.rtpCapabilities)));
        return consumers.map(({ id, producerId, kind, rtpParameters }) => ({ id, producerId, kind, rtpParameters }));
      case 'resume':
        await Promise.all(consumers.map((consumer) => consumer.resume()));
        return {};
    }
  }

  async function produce(kind: types.MediaKind, rtpParameters: types.RtpParameters): Promise<unknown> {
    if (transport === undefined) throw new Error('There is no transport.');
    const producer = await transport.produce({ kind, rtpParameters, keyFrameRequestDelay: KEY_FRAME_REQUEST_DELAY_MS });
    producers.set(kind, producer);
    return { id: producer.id };
  }

  async function consume(kind: types.MediaKind, rtpCapabilities: types.RtpCapabilities): Promise<types.Consumer> {
    if (transport === undefined) throw new Error('There is no transport.');
    return transport.consume({ producerId: producers.get(kind)?.id ?? '', rtpCapabilities, paused: true });
  }

  socket.on('message', (data) => {
    const { id, request } = JSON.parse(String(data)) as { id: number; request: SfuRequest };
    void answer(request).then((reply) => socket.send(JSON.stringify({ id, reply })));
  });
  socket.on('close', () => transport?.close());
});

http.listen(0, '127.0.0.1', () => console.log(JSON.stringify(http.address())));
