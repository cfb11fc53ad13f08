declare global {
  interface Window {
    /** Every peer connection the page has made. */
    peerConnections: RTCPeerConnection[];
    /** Sockets of the page that are not closed. */
    openSockets: () => number;
    /** Tracks of camera, microphone and screen that still hold their device. */
    openDeviceTracks: () => number;
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

  const violations: string[] = [];
  window.violations = violations;
  document.addEventListener('securitypolicyviolation', (event) => {
    violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
  });
}
