import { resumeOnGesture } from './audio-context.ts';

const WIDTH = 640;
const HEIGHT = 360;
const BARS = ['#c8c8c8', '#c8c800', '#00c8c8', '#00c800', '#c800c8', '#c80000', '#0000c8', '#101010'];
const TONE_HERTZ = 440;
const TONE_VOLUME = 0.08;

export interface TestMediaOptions {
  /** Written into the picture. */
  readonly name?: string;
  /** Pictures a second, 15 unless told otherwise. */
  readonly frameRate?: number;
}

/** A track that this page makes up, and how to end it. */
export interface GeneratedTrack {
  readonly track: MediaStreamTrack;
  stop(): void;
}

/** A moving test picture of 640 × 360: colour bars, a sweeping hand, a clock and a name. */
export function createTestPicture({ name = '', frameRate = 15 }: TestMediaOptions = {}): GeneratedTrack {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext('2d', { alpha: false });
  const background = createBars();
  const draw = () => {
    if (context) drawFrame(context, background, name);
  };
  draw();
  const [track] = canvas.captureStream(frameRate).getVideoTracks();
  if (!track) throw new Error('the canvas gives no picture');
  const timer = setInterval(draw, 1_000 / frameRate);
  return {
    track,
    stop() {
      clearInterval(timer);
      track.stop();
    },
  };
}

function createBars(): HTMLCanvasElement {
  const bars = document.createElement('canvas');
  bars.width = WIDTH;
  bars.height = HEIGHT;
  const context = bars.getContext('2d', { alpha: false });
  const width = WIDTH / BARS.length;
  BARS.forEach((colour, index) => {
    if (!context) return;
    context.fillStyle = colour;
    context.fillRect(index * width, 0, width, HEIGHT);
  });
  return bars;
}

function drawFrame(context: CanvasRenderingContext2D, background: HTMLCanvasElement, name: string): void {
  const now = new Date();
  const turn = ((now.getTime() % 4_000) / 4_000) * 2 * Math.PI;
  context.drawImage(background, 0, 0);
  context.fillStyle = 'rgb(0 0 0 / 70%)';
  context.fillRect(0, HEIGHT - 96, WIDTH, 96);
  context.strokeStyle = '#ffffff';
  context.lineWidth = 6;
  context.beginPath();
  context.arc(WIDTH / 2, 130, 80, 0, 2 * Math.PI);
  context.moveTo(WIDTH / 2, 130);
  context.lineTo(WIDTH / 2 + 80 * Math.sin(turn), 130 - 80 * Math.cos(turn));
  context.stroke();
  context.fillStyle = '#ffffff';
  context.textAlign = 'center';
  context.font = '600 36px system-ui, sans-serif';
  context.fillText(now.toISOString().slice(11, 23), WIDTH / 2, HEIGHT - 54);
  context.font = '400 24px system-ui, sans-serif';
  context.fillText(name, WIDTH / 2, HEIGHT - 18, WIDTH - 32);
}

/** Half a second of tone and half of silence, without a click between. */
function createBeep(context: AudioContext): AudioBuffer {
  const { sampleRate } = context;
  const beep = new AudioBuffer({ length: sampleRate, sampleRate });
  const samples = beep.getChannelData(0);
  const toneLength = sampleRate / 2;
  const rampLength = sampleRate / 100;
  for (let index = 0; index < toneLength; index += 1) {
    const ramp = Math.min(1, index / rampLength, (toneLength - index) / rampLength);
    samples[index] = TONE_VOLUME * ramp * Math.sin((2 * Math.PI * TONE_HERTZ * index) / sampleRate);
  }
  return beep;
}

/** A quiet tone that comes in beeps, so that one hears it is live. */
export function createTestTone(): GeneratedTrack {
  const context = new AudioContext();
  const source = new AudioBufferSourceNode(context, { buffer: createBeep(context), loop: true });
  const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
  source.connect(destination);
  source.start();
  const [track] = destination.stream.getAudioTracks();
  if (!track) throw new Error('the audio context gives no sound');
  const stopResuming = resumeOnGesture(context);
  return {
    track,
    stop() {
      stopResuming();
      track.stop();
      void context.close();
    },
  };
}
