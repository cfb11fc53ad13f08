/** Whether this browser can send and receive by WebRTC. WebKitGTK, for one, may come without. */
export function supportsWebRtc(): boolean {
  return typeof RTCPeerConnection === 'function' && typeof MediaStream === 'function';
}

/** Whether cameras and microphones can be asked for here, over HTTPS or on localhost only. */
export function supportsCapture(): boolean {
  return typeof navigator === 'object' && typeof navigator.mediaDevices?.getUserMedia === 'function';
}

/** Phones and some browsers cannot share a screen. */
export function supportsScreenCapture(): boolean {
  return supportsCapture() && typeof navigator.mediaDevices.getDisplayMedia === 'function';
}
