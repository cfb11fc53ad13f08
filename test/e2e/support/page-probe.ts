declare global {
  interface Window {
    /** Every peer connection the page has made. */
    peerConnections: RTCPeerConnection[];
    /** Sockets of the page that are not closed. */
    openSockets: () => number;
    /** All sockets that the page has ever opened. */
    allSockets: () => number;
    /** Tracks of camera, microphone and screen that still hold their device. */
    openDeviceTracks: () => number;
    /** Elements without a picture that play now; the kit's are in no document. */
    playingSounds: () => number;
    /** Pictures that a video has presented since this was first asked. */
    presentedFrames: (video: HTMLVideoElement) => number;
    /** Violations of the page's content security policy. */
    violations: string[];
  }
}

/** Runs in the page before its own scripts: notes what the page opens and what it is forbidden. */
export function watchPage(): void {
  const connections: RTCPeerConnection[] = [];
  window.peerConnections = connections;
  if ('RTCPeerConnection' in window) {
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        connections.push(this);
      }
    };
  }

  const sockets: WebSocket[] = [];
  window.openSockets = () => sockets.filter(({ readyState }) => readyState !== WebSocket.CLOSED).length;
  window.allSockets = () => sockets.length;
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      sockets.push(this);
    }
  };

  const tracks: MediaStreamTrack[] = [];
  window.openDeviceTracks = () => tracks.filter(({ readyState }) => readyState === 'live').length;
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  for (const name of ['getUserMedia', 'getDisplayMedia'] as const) {
    const open = devices?.[name].bind(devices);
    if (devices === undefined || open === undefined) continue;
    devices[name] = async (constraints) => {
      const stream = await open(constraints);
      tracks.push(...stream.getTracks());
      return stream;
    };
  }

  const sounds = new Set<HTMLMediaElement>();
  window.playingSounds = () => [...sounds].filter(({ paused, muted }) => !paused && !muted).length;
  const { play } = HTMLAudioElement.prototype;
  HTMLAudioElement.prototype.play = function () {
    sounds.add(this);
    return play.call(this);
  };

  // Firefox counts no frames of streams in `getVideoPlaybackQuality`.
  const frames = new WeakMap<HTMLVideoElement, number>();
  window.presentedFrames = (video) => {
    const count = frames.get(video);
    if (count !== undefined) return count;
    const handleFrame = () => {
      frames.set(video, (frames.get(video) ?? 0) + 1);
      video.requestVideoFrameCallback(handleFrame);
    };
    frames.set(video, 0);
    video.requestVideoFrameCallback(handleFrame);
    return 0;
  };

  const violations: string[] = [];
  window.violations = violations;
  document.addEventListener('securitypolicyviolation', (event) => {
    violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
  });
}
