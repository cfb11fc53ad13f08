/** A moving picture drawn in the page: a band of colour, a name and a clock, in place of a camera. */
export interface TestPicture {
  readonly track: MediaStreamTrack;
  stop(): void;
}

const width = 640;
const height = 360;
const frameMs = 100;

function hueOf(name: string): number {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 360;
  return hash;
}

/** `moving: false` paints one frame alone, for pictures that are compared. Returns `null` where the browser cannot. */
export function createTestPicture(name: string, screen: boolean, moving: boolean): TestPicture | null {
  const canvas = document.createElement('canvas');
  canvas.width = screen ? 1280 : width;
  canvas.height = screen ? 720 : height;
  const context = canvas.getContext('2d');
  if (!context || typeof canvas.captureStream !== 'function') return null;

  const hue = hueOf(name);
  const paint = (seconds: number): void => {
    const { width: w, height: h } = canvas;
    const gradient = context.createLinearGradient(0, 0, w, h);
    gradient.addColorStop(0, `hsl(${hue} 45% ${screen ? 88 : 34}%)`);
    gradient.addColorStop(1, `hsl(${(hue + 50) % 360} 50% ${screen ? 78 : 18}%)`);
    context.fillStyle = gradient;
    context.fillRect(0, 0, w, h);
    context.fillStyle = `hsl(${(hue + 20) % 360} 60% 60% / 35%)`;
    context.beginPath();
    context.arc(w * (0.5 + 0.32 * Math.sin(seconds)), h * (0.5 + 0.2 * Math.cos(seconds * 1.3)), h * 0.28, 0, 7);
    context.fill();
    context.fillStyle = screen ? '#10141c' : '#fff';
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.font = `600 ${Math.round(h / 7)}px system-ui, sans-serif`;
    context.fillText(name, w / 2, h / 2, w * 0.9);
  };

  paint(0);
  const stream = canvas.captureStream(10);
  const [track] = stream.getVideoTracks();
  if (!track) return null;
  // A frame painted after the capture began is sure to be sent.
  paint(0);
  const started = performance.now();
  const timer = moving ? setInterval(() => paint((performance.now() - started) / 1_000), frameMs) : undefined;
  return {
    track,
    stop() {
      clearInterval(timer);
      track.stop();
    },
  };
}
