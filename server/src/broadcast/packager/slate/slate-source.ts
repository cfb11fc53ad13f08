import type { Clock } from '../../../rooms/clock.ts';
import type { EncodedSink } from '../../encoded-media.ts';
import { silence } from './silence.ts';
import { SLATE_FORMAT, SLATE_FRAME_RATE, slateFrame } from './slate-picture.ts';

const SAMPLE_RATE = 48_000;
const AUDIO_FRAME_US = (1_024 * 1_000_000) / SAMPLE_RATE;
const FRAME_MS = 1_000 / SLATE_FRAME_RATE;

/** Plays the slate into a sink in real time until the returned function is called; so much of it at once. */
export function playSlate(sink: EncodedSink, clock: Clock, headStartMs: number): () => void {
  const startedAt = clock.now() - headStartMs;
  const audio = { codec: 'mp4a.40.2', sampleRate: SAMPLE_RATE, channels: 2 } as const;
  const run = sink.begin({ video: SLATE_FORMAT, audio }, startedAt);
  const quiet = silence(audio.channels);
  let frames = 0;
  let sounds = 0;
  const play = () => {
    const nowUs = (clock.now() - startedAt) * 1_000;
    for (; (frames * 1_000_000) / SLATE_FRAME_RATE <= nowUs; frames += 1) {
      const frame = slateFrame(frames);
      run.video(frame);
      // In the order of time: sound that comes long before its picture is not waited for.
      for (; sounds * AUDIO_FRAME_US <= frame.timestampUs; sounds += 1) {
        run.audio({ data: quiet, timestampUs: Math.round(sounds * AUDIO_FRAME_US) });
      }
    }
  };
  play();
  const stop = clock.every(FRAME_MS, play);
  return () => {
    stop();
    run.end();
  };
}
