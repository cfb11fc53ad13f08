/** A picture that says when it was drawn: the time in milliseconds as white and black cells, large enough to outlive any codec. */
const CELLS = 24;
const WIDTH = 640;
const HEIGHT = 360;

declare global {
  interface Window {
    /** Differences between the time of presentation and the time in the picture, in milliseconds. */
    latencies: number[];
  }
}

/** Put into a publishing page: its camera is the clock. Its microphone stays what it was. */
export function useClockAsCamera([cells, width, height]: readonly [number, number, number]): void {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d', { alpha: false });
  const cell = width / cells;
  const draw = (): void => {
    if (context === null) return;
    const time = Math.round(performance.timeOrigin + performance.now()) % 2 ** cells;
    for (let bit = 0; bit < cells; bit += 1) {
      context.fillStyle = Math.floor(time / 2 ** bit) % 2 === 1 ? 'white' : 'black';
      context.fillRect(bit * cell, 0, cell, height);
    }
  };
  setInterval(draw, 1_000 / 30);
  const original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    if (!constraints?.video) return original(constraints);
    const stream = canvas.captureStream(30);
    if (constraints.audio)
      (await original({ audio: constraints.audio })).getTracks().forEach((track) => stream.addTrack(track));
    return stream;
  };
}

/** Put into a watching page once its picture plays: reads every presented frame into `window.latencies`. */
export function readClock([cells, width, height]: readonly [number, number, number]): boolean {
  const find = (root: ParentNode): HTMLVideoElement | undefined => {
    for (const element of root.querySelectorAll('*')) {
      if (element instanceof HTMLVideoElement && element.videoWidth > 0) return element;
      const inside = element.shadowRoot === null ? undefined : find(element.shadowRoot);
      if (inside !== undefined) return inside;
    }
    return undefined;
  };
  const video = find(document);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (video === undefined || context === null) return false;
  window.latencies = [];
  const cell = width / cells;
  const read: VideoFrameRequestCallback = () => {
    const now = performance.timeOrigin + performance.now();
    context.drawImage(video, 0, 0, width, height);
    const line = context.getImageData(0, height / 2, width, 1).data;
    let time = 0;
    for (let bit = 0; bit < cells; bit += 1) {
      if ((line[Math.floor((bit + 0.5) * cell) * 4] ?? 0) > 127) time += 2 ** bit;
    }
    window.latencies.push(((now % 2 ** cells) - time + 2 ** cells) % 2 ** cells);
    video.requestVideoFrameCallback(read);
  };
  video.requestVideoFrameCallback(read);
  return true;
}

export const CLOCK = [CELLS, WIDTH, HEIGHT] as const;
