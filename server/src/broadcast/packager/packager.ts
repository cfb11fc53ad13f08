import type { EncodedAudio, EncodedRun, EncodedSink, EncodedVideo, MediaFormat } from '../encoded-media.ts';
import { initSegment } from './mp4/init-segment.ts';
import type { AudioTrack, Track, VideoTrack } from './mp4/track.ts';
import { RUNG_NAMES, type RungName } from '../ladder.ts';
import { cuttingLimits, type PackagerOptions } from './packager-options.ts';
import { RunPackager } from './run-packager.ts';
import type { RungPackager } from './rung-packager.ts';
import type { MediaFile, RenditionName, Section, SegmentOutput } from './segment.ts';
import { Slate } from './slate/slate-picture.ts';
import { TrackPackager } from './track-packager.ts';

/** Where a stream has got to; what comes next, of whatever source, begins there. Microseconds. */
export interface Timeline {
  position: number;
}

/** By its name, the path of the part that comes next. */
export type NextParts = Readonly<Record<RenditionName, string>>;

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
  readonly #rungs: Readonly<Record<RungName, TrackPackager>>;
  #section: Section | null = null;
  #sections = 0;
  #run: EncodedRun | null = null;

  constructor(parts: PackagerParts) {
    this.#parts = parts;
    const limits = cuttingLimits(parts.options);
    const { folder, output } = parts;
    const open = (track: RenditionName) => new TrackPackager({ track, folder: `${folder}/${track}`, limits, output });
    this.#video = open('video');
    this.#audio = open('audio');
    this.#rungs = { half: open('half'), quarter: open('quarter') };
  }

  /** The part that each rendition is expected to have next; a smaller one that is not encoded has what the largest has. */
  get nextParts(): NextParts {
    const of = (name: RungName) =>
      (this.#section?.tracks[name] === undefined ? this.#video : this.#rungs[name]).nextPartPath;
    return {
      video: this.#video.nextPartPath,
      audio: this.#audio.nextPartPath,
      half: of('half'),
      quarter: of('quarter'),
    };
  }

  /** Ends the run before, if it has not ended. */
  begin(format: MediaFormat, startedAt: number): EncodedRun {
    this.#run?.end();
    const { timeline, options } = this.#parts;
    const slate = new Slate(options.partMs);
    const run = new RunPackager({
      format: format.video === null ? { ...format, video: slate.format } : format,
      startedAt,
      limits: cuttingLimits(options),
      video: this.#video,
      audio: this.#audio,
      rungs: RUNG_NAMES.slice(0, format.smaller?.length ?? 0).map((name) => [name, this.#rungs[name]]),
      readPosition: () => timeline.position,
      createSection: (video, audio, rungs) => this.#createSection(format, video, audio, rungs),
      handleEnd: (end) => {
        timeline.position = end;
        this.#parts.handleRunEnd?.();
      },
    });
    this.#run = format.video === null ? withSlate(run, slate) : run;
    return this.#run;
  }

  end(): void {
    this.#run?.end();
    this.#run = null;
  }

  #createSection(format: MediaFormat, video: VideoTrack, audio: AudioTrack, rungs: readonly RungPackager[]): Section {
    const { folder, output } = this.#parts;
    const number = this.#sections;
    this.#sections += 1;
    const smaller = Object.fromEntries(rungs.flatMap(({ name, track }) => (track === null ? [] : [[name, track]])));
    const tracks: Section['tracks'] = { video, audio, ...smaller };
    const init = (name: RenditionName, track: Track): MediaFile => ({
      path: `${folder}/${name}/init-${number}.mp4`,
      data: initSegment(track),
    });
    const section: Section = {
      tracks,
      inits: {
        video: init('video', video),
        audio: init('audio', audio),
        ...Object.fromEntries(RUNG_NAMES.flatMap((name) => (tracks[name] ? [[name, init(name, tracks[name])]] : []))),
      },
      bitrates: readBitrates(format),
      audioOnly: format.video === null,
    };
    this.#section = section;
    output.sectionBegan(section);
    return section;
  }
}

function readBitrates({ video, smaller = [] }: MediaFormat): Section['bitrates'] {
  const known = [
    ['video', video?.bitrate] as const,
    ...RUNG_NAMES.map((name, index) => [name, smaller[index]?.bitrate] as const),
  ];
  return Object.fromEntries(known.filter(([, bitrate]) => bitrate !== undefined));
}

/** A run of sound alone shows the slate, so that whoever plays picture and sound goes on playing. */
function withSlate(run: EncodedRun, slate: Slate): EncodedRun {
  let startUs: number | null = null;
  let shown = 0;
  return {
    video() {},
    audio(frame: EncodedAudio) {
      startUs ??= frame.timestampUs;
      run.audio(frame);
      for (let next: EncodedVideo = slate.frame(shown, startUs); next.timestampUs <= frame.timestampUs;) {
        run.video(next);
        shown += 1;
        next = slate.frame(shown, startUs);
      }
    },
    end: () => run.end(),
  };
}
