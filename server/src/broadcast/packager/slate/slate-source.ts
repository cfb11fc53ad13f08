import type { Clock } from '../../../rooms/clock.ts';
import type { EncodedSink } from '../../encoded-media.ts';
import { silence } from './silence.ts';
import type { Slate } from './slate-picture.ts';

const SAMPLE_RATE = 48_000;
const AUDIO_FRAME_US = (1_024 * 1_000_000) / SAMPLE_RATE;

/** Plays the slate into a sink in real time until the returned function is called; so much of it at once. */
export function playSlate(slate: Slate, sink: EncodedSink, clock: Clock, headStartMs: number): () => void {
  const { frameRate } = slate.format;
  const startedAt = clock.now() - headStartMs;
  const audio = { codec: 'mp4a.40.2', sampleRate: SAMPLE_RATE, channels: 2 } as const;
  const run = sink.begin({ video: slate.format, audio }, startedAt);
  const quiet = silence(audio.channels);
  let frames = 0;
  let sounds = 0;
  const play = () => {
    const nowUs = (clock.now() - startedAt) * 1_000;
    for (; (frames * 1_000_000) / frameRate <= nowUs; frames += 1) {
      const frame = slate.frame(frames);
      run.video(frame);
      // In the order of time: sound that comes long before its picture is not waited for.
      for (; sounds * AUDIO_FRAME_US <= frame.timestampUs; sounds += 1) {
        run.audio({ data: quiet, timestampUs: Math.round(sounds * AUDIO_FRAME_US) });
      }
    }
  };
  play();
  const stop = clock.every(1_000 / frameRate, play);
  return () => {
    stop();
    run.end();
  };
}
