import { Device, type types } from 'mediasoup-client';
import type { SfuRequest } from './signaling.ts';

/** mediasoup-client with as little around it as will do: `?publish` sends the camera, anything else watches it. */
const socket = new WebSocket(`ws://${location.host}/ws`);
const waiting = new Map<number, (reply: never) => void>();
let requests = 0;
socket.onmessage = ({ data }) => {
  const { id, reply } = JSON.parse(data) as { id: number; reply: never };
  waiting.get(id)?.(reply);
};

function ask<T>(request: SfuRequest): Promise<T> {
  requests += 1;
  socket.send(JSON.stringify({ id: requests, request }));
  return new Promise<T>((resolve) => waiting.set(requests, resolve));
}

async function openTransport(
  direction: 'send' | 'receive',
): Promise<{ device: types.Device; transport: types.Transport }> {
  const [routerRtpCapabilities, options] = await Promise.all([
    ask<types.RtpCapabilities>({ name: 'capabilities' }),
    ask<types.TransportOptions>({ name: 'transport' }),
  ]);
  const device = new Device();
  await device.load({ routerRtpCapabilities });
  const transport = direction === 'send' ? device.createSendTransport(options) : device.createRecvTransport(options);
  transport.on('connect', async ({ dtlsParameters }, done) => {
    await ask({ name: 'connect', dtlsParameters });
    done();
  });
  transport.on('produce', async ({ rtpParameters }, done) => {
    done(await ask<{ id: string }>({ name: 'produce', rtpParameters }));
  });
  return { device, transport };
}

async function publish(): Promise<void> {
  const { transport } = await openTransport('send');
  const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 1280, height: 720, frameRate: 30 } });
  const [track] = stream.getVideoTracks();
  if (track === undefined) return;
  await transport.produce({
    track,
    encodings: [
      { scaleResolutionDownBy: 4, maxBitrate: 150_000 },
      { scaleResolutionDownBy: 2, maxBitrate: 500_000 },
      { scaleResolutionDownBy: 1, maxBitrate: 1_500_000 },
    ],
  });
  document.title = 'published';
}

async function watch(): Promise<void> {
  const { device, transport } = await openTransport('receive');
  const options = await ask<types.ConsumerOptions>({ name: 'consume', rtpCapabilities: device.recvRtpCapabilities });
  const consumer = await transport.consume(options);
  const video = document.querySelector('video');
  if (video !== null) video.srcObject = new MediaStream([consumer.track]);
  await ask({ name: 'resume' });
}

socket.onopen = () => void (location.search === '?publish' ? publish() : watch());
