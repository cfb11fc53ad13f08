import type { Page } from 'playwright-core';

declare global {
  interface Window {
    peer: RTCPeerConnection;
  }
}

/** Sends camera and microphone of one page straight to another over loopback, with no server between them. */
export async function connectPeers(sending: Page, receiving: Page): Promise<void> {
  const offer = await sending.evaluate(async () => {
    window.peer = new RTCPeerConnection();
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    for (const track of stream.getTracks()) window.peer.addTrack(track, stream);
    await window.peer.setLocalDescription();
    await gathered(window.peer);
    return window.peer.localDescription?.sdp ?? '';

    function gathered(peer: RTCPeerConnection): Promise<void> {
      return new Promise((resolve) => {
        peer.onicegatheringstatechange = () => {
          if (peer.iceGatheringState === 'complete') resolve();
        };
      });
    }
  });
  const answer = await receiving.evaluate(async (sdp) => {
    window.peer = new RTCPeerConnection();
    const video = Object.assign(document.createElement('video'), {
      autoplay: true,
      width: 1280,
      height: 720,
    });
    document.body.append(video);
    window.peer.ontrack = ({ streams }) => {
      video.srcObject = streams[0] ?? null;
    };
    await window.peer.setRemoteDescription({ type: 'offer', sdp });
    await window.peer.setLocalDescription();
    await new Promise<void>((resolve) => {
      window.peer.onicegatheringstatechange = () => {
        if (window.peer.iceGatheringState === 'complete') resolve();
      };
    });
    return window.peer.localDescription?.sdp ?? '';
  }, onLoopback(offer));
  await sending.evaluate((sdp) => window.peer.setRemoteDescription({ type: 'answer', sdp }), onLoopback(answer));
}

/** Keeps the traffic on loopback: every other candidate is taken out. */
function onLoopback(sdp: string): string {
  return sdp
    .split('\r\n')
    .filter((line) => !line.startsWith('a=candidate:') || line.includes(' 127.0.0.1 '))
    .join('\r\n');
}
