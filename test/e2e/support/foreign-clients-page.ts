import { WebRTCPlayer } from '@eyevinn/webrtc-player';
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
    /** Publishes the same in three layers, with nothing but what the browser has. */
    publishLayers: (endpoint: string, token: string) => Promise<void>;
    publishing: Publishing | undefined;
    /** Plays with `@eyevinn/webrtc-player` in the page's one video. */
    playByWhep: (endpoint: string, token: string) => Promise<void>;
    stopPlaying: () => Promise<void>;
  }
}

/** A clock hand that turns, and a tone. */
function createMedia(): MediaStream {
  const canvas = document.createElement('canvas');
  canvas.width = 1_280;
  canvas.height = 720;
  const context = canvas.getContext('2d');
  const draw = () => {
    if (context === null) return;
    context.fillStyle = `hsl(${(performance.now() / 20) % 360} 70% 50%)`;
    context.fillRect(0, 0, canvas.width, canvas.height);
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

window.publishLayers = async (endpoint, token) => {
  const connection = new RTCPeerConnection();
  const [video] = createMedia().getVideoTracks();
  if (video === undefined) throw new Error('There is no picture.');
  connection.addTransceiver(video, {
    direction: 'sendonly',
    // The largest first, as encoders outside of browsers have it.
    sendEncodings: [{ rid: 'h' }, { rid: 'm', scaleResolutionDownBy: 2 }, { rid: 'l', scaleResolutionDownBy: 4 }],
  });
  await connection.setLocalDescription();
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/sdp', authorization: `Bearer ${token}` },
    body: connection.localDescription?.sdp ?? '',
  });
  if (response.status !== 201) throw new Error(await response.text());
  await connection.setRemoteDescription({ type: 'answer', sdp: await response.text() });
};

window.playByWhep = async (endpoint, token) => {
  const video = document.createElement('video');
  Object.assign(video, { autoplay: true, playsInline: true });
  document.body.append(video);
  const player = new WebRTCPlayer({ video, type: 'whep', iceServers: [] });
  await player.load(new URL(endpoint), `Bearer ${token}`);
  window.stopPlaying = async () => {
    await player.unload();
    player.destroy();
    video.remove();
  };
};
