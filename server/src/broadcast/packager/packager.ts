import type { EncodedAudio, EncodedRun, EncodedSink, EncodedVideo, MediaFormat } from '../encoded-media.ts';
import { initSegment } from './mp4/init-segment.ts';
import type { AudioTrack, VideoTrack } from './mp4/track.ts';
import { cuttingLimits, type PackagerOptions } from './packager-options.ts';
import { RunPackager } from './run-packager.ts';
import type { Section, SegmentOutput } from './segment.ts';
import { SLATE_FORMAT, slateFrame } from './slate/slate-picture.ts';
import { TrackPackager } from './track-packager.ts';

/** Where a stream has got to; what comes next, of whatever source, begins there. Microseconds. */
export interface Timeline {
  position: number;
}

interface PackagerParts {
  /** Where the files stand, below the room's address. */
  readonly folder: string;
  readonly options: PackagerOptions;
  /** Shared by all that follows one another in a room. */
  readonly timeline: Timeline;
  readonly output: SegmentOutput;
  /** A run has ended; another may follow. */
  handleRunEnd?(): void;
}

/** Makes CMAF of one run after another. Timestamps go on through all runs, which every player takes best. */
export class Packager implements EncodedSink {
  readonly #parts: PackagerParts;
  readonly #video: TrackPackager;
  readonly #audio: TrackPackager;
  #sections = 0;
  #run: EncodedRun | null = null;

  constructor(parts: PackagerParts) {
    this.#parts = parts;
    const limits = cuttingLimits(parts.options);
    const { folder, output } = parts;
    this.#video = new TrackPackager({ track: 'video', folder: `${folder}/video`, limits, output });
    this.#audio = new TrackPackager({ track: 'audio', folder: `${folder}/audio`, limits, output });
  }

  /** The part that each track is expected to have next. */
  get nextParts() {
    return { video: this.#video.nextPartPath, audio: this.#audio.nextPartPath };
  }

  /** Ends the run before, if it has not ended. */
  begin(format: MediaFormat, startedAt: number): EncodedRun {
    this.#run?.end();
    const { timeline, options } = this.#parts;
    const run = new RunPackager({
      format: format.video === null ? { ...format, video: SLATE_FORMAT } : format,
      startedAt,
      limits: cuttingLimits(options),
      video: this.#video,
      audio: this.#audio,
      readPosition: () => timeline.position,
      createSection: (video, audio) => this.#createSection(video, audio, format.video === null),
      handleEnd: (end) => {
        timeline.position = end;
        this.#parts.handleRunEnd?.();
      },
    });
    this.#run = format.video === null ? withSlate(run) : run;
    return this.#run;
  }

  end(): void {
    this.#run?.end();
    this.#run = null;
  }

  #createSection(video: VideoTrack, audio: AudioTrack, audioOnly: boolean): Section {
    const { folder, output } = this.#parts;
    const number = this.#sections;
    this.#sections += 1;
    const section: Section = {
      tracks: { video, audio },
      inits: {
        video: { path: `${folder}/video/init-${number}.mp4`, data: initSegment(video) },
        audio: { path: `${folder}/audio/init-${number}.mp4`, data: initSegment(audio) },
      },
      audioOnly,
    };
    output.sectionBegan(section);
    return section;
  }
}

/** A run of sound alone shows the slate, so that whoever plays picture and sound goes on playing. */
function withSlate(run: EncodedRun): EncodedRun {
  let startUs: number | null = null;
  let shown = 0;
  return {
    video() {},
    audio(frame: EncodedAudio) {
      startUs ??= frame.timestampUs;
      run.audio(frame);
      for (let next: EncodedVideo = slateFrame(shown, startUs); next.timestampUs <= frame.timestampUs;) {
        run.video(next);
        shown += 1;
        next = slateFrame(shown, startUs);
      }
    },
    end: () => run.end(),
  };
}
