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
    /** Restarts ICE of what `publishLayers` began; the user name fragment that is in use then. */
    restartIce: () => Promise<{ readonly wanted: string; readonly used: string | undefined }>;
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
  const session = new URL(response.headers.get('location') ?? '', endpoint);
  window.restartIce = () => restartIce(connection, session, token);
};

const attributeOf = (sdp: string, name: string) => new RegExp(`^a=${name}:(\\S+)`, 'm').exec(sdp)?.[1] ?? '';

/** As RFC 9725 section 4.3.3 has it: the old answer stays, but for its credentials. */
async function restartIce(connection: RTCPeerConnection, session: URL, token: string) {
  await connection.setLocalDescription(await connection.createOffer({ iceRestart: true }));
  const offer = connection.localDescription?.sdp ?? '';
  const wanted = attributeOf(offer, 'ice-ufrag');
  const response = await fetch(session, {
    method: 'PATCH',
    headers: {
      'content-type': 'application/trickle-ice-sdpfrag',
      'if-match': '*',
      authorization: `Bearer ${token}`,
    },
    body: `a=ice-ufrag:${wanted}\r\na=ice-pwd:${attributeOf(offer, 'ice-pwd')}\r\n`,
  });
  if (response.status !== 200) throw new Error(await response.text());
  const fragment = await response.text();
  const renewed = (connection.currentRemoteDescription?.sdp ?? '')
    .replaceAll(/a=ice-ufrag:\S+/g, `a=ice-ufrag:${attributeOf(fragment, 'ice-ufrag')}`)
    .replaceAll(/a=ice-pwd:\S+/g, `a=ice-pwd:${attributeOf(fragment, 'ice-pwd')}`);
  await connection.setRemoteDescription({ type: 'answer', sdp: renewed });
  let used: string | undefined;
  for (let attempt = 0; attempt < 100 && used !== wanted; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    used = await selectedFragment(connection);
  }
  return { wanted, used };
}

async function selectedFragment(connection: RTCPeerConnection): Promise<string | undefined> {
  const stats = await connection.getStats();
  for (const report of stats.values()) {
    if (report.type !== 'transport') continue;
    const pair = stats.get(report.selectedCandidatePairId);
    return stats.get(pair?.localCandidateId)?.usernameFragment;
  }
  return undefined;
}

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
