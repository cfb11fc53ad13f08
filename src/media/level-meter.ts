import { resumeOnGesture } from './audio-context.ts';

const INTERVAL_MS = 50;
const QUIETEST_DECIBELS = -60;

/** Measures how loud a track is, 0 to 1 over the decibels that matter, some 20 times a second. Returns how to stop. */
export function measureLevel(track: MediaStreamTrack, listener: (level: number) => void): () => void {
  const context = new AudioContext();
  const stopResuming = resumeOnGesture(context);
  const analyser = new AnalyserNode(context, { fftSize: 1_024 });
  const source = new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) });
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    listener(toLevel(samples));
  }, INTERVAL_MS);
  return () => {
    clearInterval(timer);
    stopResuming();
    source.disconnect();
    void context.close();
    listener(0);
  };
}

function toLevel(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibels = 10 * Math.log10(sum / samples.length + Number.EPSILON);
  return Math.min(1, Math.max(0, 1 - decibels / QUIETEST_DECIBELS));
}
