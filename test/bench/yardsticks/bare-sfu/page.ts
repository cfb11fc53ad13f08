import { Device, type types } from 'mediasoup-client';
import type { SfuRequest } from './signaling.ts';

/**
 * mediasoup-client with as little around it as will do: `?publish` sends camera and microphone, anything else watches and
 * listens at once, with `later` only when `join()` is called, with `token` after one has been fetched.
 */
declare global {
  interface Window {
    join: () => Promise<void>;
  }
}

const options = new URLSearchParams(location.search);

type Ask = <T>(request: SfuRequest) => Promise<T>;

async function fetchToken(): Promise<string> {
  const { token }: { token: string } = await (await fetch('/token')).json();
  return token;
}

async function connect(token = ''): Promise<Ask> {
  const socket = new WebSocket(`ws://${location.host}/ws?token=${token}`);
  const waiting = new Map<number, (reply: never) => void>();
  let requests = 0;
  socket.onmessage = ({ data }) => {
    const { id, reply } = JSON.parse(data) as { id: number; reply: never };
    waiting.get(id)?.(reply);
  };
  await new Promise((resolve) => (socket.onopen = resolve));
  return <T>(request: SfuRequest) => {
    requests += 1;
    socket.send(JSON.stringify({ id: requests, request }));
    return new Promise<T>((resolve) => waiting.set(requests, resolve));
  };
}

async function openTransport(
  ask: Ask,
  direction: 'send' | 'receive',
): Promise<{ device: types.Device; transport: types.Transport }> {
  const [routerRtpCapabilities, described] = await Promise.all([
    ask<types.RtpCapabilities>({ name: 'capabilities' }),
    ask<types.TransportOptions>({ name: 'transport' }),
  ]);
  const device = new Device();
  await device.load({ routerRtpCapabilities });
  const transport =
    direction === 'send' ? device.createSendTransport(described) : device.createRecvTransport(described);
  transport.on('connect', async ({ dtlsParameters }, done) => {
    await ask({ name: 'connect', dtlsParameters });
    done();
  });
  transport.on('produce', async ({ kind, rtpParameters }, done) => {
    done(await ask<{ id: string }>({ name: 'produce', kind, rtpParameters }));
  });
  return { device, transport };
}

async function publish(): Promise<void> {
  const { transport } = await openTransport(await connect(), 'send');
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: true,
    video: { width: 1280, height: 720, frameRate: 30 },
  });
  for (const track of stream.getTracks()) {
    await transport.produce({ track, ...(track.kind === 'video' && { encodings: layersFor(track) }) });
  }
  document.title = 'published';
}

/** As many layers as a picture of this size is worth. */
function layersFor(track: MediaStreamTrack): types.RtpEncodingParameters[] {
  const layers = [
    { scaleResolutionDownBy: 4, maxBitrate: 150_000 },
    { scaleResolutionDownBy: 2, maxBitrate: 500_000 },
    { scaleResolutionDownBy: 1, maxBitrate: 1_500_000 },
  ];
  return (track.getSettings().width ?? 1_280) < 1_280
    ? [
        { scaleResolutionDownBy: 2, maxBitrate: 150_000 },
        { scaleResolutionDownBy: 1, maxBitrate: 500_000 },
      ]
    : layers;
}

async function watch(): Promise<void> {
  const ask = await connect(options.has('token') ? await fetchToken() : '');
  const { device, transport } = await openTransport(ask, 'receive');
  const streams = await ask<types.ConsumerOptions[]>({ name: 'consume', rtpCapabilities: device.recvRtpCapabilities });
  const consumers = await Promise.all(streams.map((options) => transport.consume(options)));
  const video = document.querySelector('video');
  if (video !== null) video.srcObject = new MediaStream(consumers.map(({ track }) => track));
  await ask({ name: 'resume' });
}

window.join = watch;
if (options.has('publish')) void publish();
else if (!options.has('later')) void watch();
