import { WHIPClient } from '@eyevinn/whip-web-client';

interface Publishing {
  /** The session's URL. */
  readonly resource: string;
  readonly stop: () => Promise<void>;
}

declare global {
  interface Window {
    /** Publishes a moving picture and a tone with `@eyevinn/whip-web-client`. */
    publishByWhip: (endpoint: string, token: string) => Promise<Publishing>;
    publishing: Publishing | undefined;
  }
}

/** A clock hand that turns, and a tone. */
function createMedia(): MediaStream {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 360;
  const context = canvas.getContext('2d');
  const draw = () => {
    if (context === null) return;
    context.fillStyle = `hsl(${(performance.now() / 20) % 360} 70% 50%)`;
    context.fillRect(0, 0, 640, 360);
  };
  setInterval(draw, 1_000 / 15);
  const audio = new AudioContext();
  const tone = new OscillatorNode(audio, { frequency: 440 });
  const sink = audio.createMediaStreamDestination();
  tone.connect(sink);
  tone.start();
  return new MediaStream([...canvas.captureStream(15).getTracks(), ...sink.stream.getTracks()]);
}

window.publishByWhip = async (endpoint, token) => {
  const client = new WHIPClient({ endpoint, opts: { authkey: token, iceServers: [] } });
  await client.ingest(createMedia());
  const publishing = { resource: await client.getResourceUrl(), stop: () => client.destroy() };
  window.publishing = publishing;
  return publishing;
};
