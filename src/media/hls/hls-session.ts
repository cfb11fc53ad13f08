import type Hls from 'hls.js';
import type { ErrorData, HlsConfig } from 'hls.js';
import type { ProgramTimeline, ProgramTracks } from '../../store/playback.ts';
import { LevelSwitch } from './level-switch.ts';
import { stepTowardsLive } from './live-edge.ts';
import type { HlsLibrary } from './load-hls.ts';
import type { FatalError } from './remedy.ts';
import { StallMargin } from './stall-margin.ts';

/** So near to where live is, nobody would say that they watch an earlier moment. Seconds. */
const AT_LIVE = 3;
/** What stays fetched of a recording behind the playhead, for a short step back. Seconds. */
const BACK_BUFFER = 30;

const CONFIG: Partial<HlsConfig> = {
  // CMAF passes through as it is: there is nothing for a worker to do, and a blob would need a softer policy.
  enableWorker: false,
  lowLatencyMode: true,
  backBufferLength: BACK_BUFFER,
  // Each time hls.js takes something away behind, it forgets the parts of the segment that it is fetching, and stands still
  // at its end until the server lists them no more: browsers take away by themselves what is too much.
  liveBackBufferLength: Number.POSITIVE_INFINITY,
  // The session catches up by itself.
  maxLiveSyncPlaybackRate: 1,
  // Nobody reads its tracks of metadata, whose address of `data:` a strict policy forbids.
  enableDateRangeMetadataCues: false,
  enableID3MetadataCues: false,
  enableEmsgMetadataCues: false,
  liveDurationInfinity: true,
  capLevelToPlayerSize: true,
  // As it does with stalls, which push it away from live for good.
  liveSyncOnStallIncrease: 0,
};

export interface SessionObserver {
  tracksChanged(tracks: ProgramTracks): void;
  failed(error: FatalError): void;
}

export interface SessionOptions {
  readonly url: string;
  /** Seconds before live; `null` for live itself, or for the beginning of a recording. */
  readonly behind: number | null;
  /** What else is to be done with it. */
  readonly extend?: ((library: HlsLibrary, hls: Hls) => void) | undefined;
}

/** One life of the library in one element. */
export class HlsSession {
  readonly #hls: Hls;
  readonly #element: HTMLVideoElement;
  readonly #observer: SessionObserver;
  readonly #margin = new StallMargin();
  readonly #liveSwitch: LevelSwitch;
  #following: boolean;
  #level: string | null = null;

  constructor(library: HlsLibrary, element: HTMLVideoElement, options: SessionOptions, observer: SessionObserver) {
    this.#element = element;
    this.#observer = observer;
    this.#following = options.behind === null;
    const hls = new library(CONFIG);
    this.#hls = hls;
    this.#liveSwitch = new LevelSwitch((level) => (hls.loadLevel = level));
    this.#watchForSwitch(library);
    const { Events, ErrorDetails } = library;
    const tell = () => observer.tracksChanged(this.#tracks());
    hls.on(Events.ERROR, (_, data) => {
      if (data.fatal) observer.failed(readError(library, data));
      else if (data.details === ErrorDetails.BUFFER_STALLED_ERROR) this.#margin.stalled(performance.now());
    });
    for (const event of [
      Events.MANIFEST_PARSED,
      Events.LEVELS_UPDATED,
      Events.LEVEL_SWITCHED,
      Events.SUBTITLE_TRACKS_UPDATED,
      Events.SUBTITLE_TRACK_SWITCH,
    ] as const)
      hls.on(event, tell);
    if (options.behind !== null) this.#startBehind(library, options.behind);
    options.extend?.(library, hls);
    hls.loadSource(options.url);
    hls.attachMedia(element);
  }

  timeline(): ProgramTimeline | null {
    const { currentTime: position, duration } = this.#element;
    const details = this.#hls.latestLevelDetails;
    if (details === null) return null;
    if (!details.live) {
      const end = Number.isFinite(duration) ? duration : details.edge;
      return { live: false, position, start: details.fragmentStart, end, atLive: false };
    }
    const end = this.#livePosition ?? details.edge;
    return {
      live: true,
      position,
      start: Math.min(details.fragmentStart, end),
      end,
      atLive: this.#following || end - position < AT_LIVE,
    };
  }

  programTime(): number | null {
    return this.#hls.playingDate?.getTime() ?? null;
  }

  seek(position: number): void {
    const timeline = this.timeline();
    if (timeline === null) return;
    this.#following = timeline.live && position >= timeline.end;
    this.#element.currentTime = Math.min(timeline.end, Math.max(timeline.start, position));
  }

  goLive(): void {
    const position = this.#livePosition;
    if (position === null) return;
    this.#following = true;
    this.#element.currentTime = position;
  }

  /** Whoever held the picture has left live behind. */
  leaveLive(): void {
    this.#following = false;
  }

  /** Comes nearer to live, where that is wanted. Call it a few times a second. */
  tick(): void {
    const element = this.#element;
    const timeline = this.timeline();
    if (timeline === null || !timeline.live || element.paused) return;
    const step = this.#following
      ? stepTowardsLive({ late: timeline.end - timeline.position, buffered: bufferedAhead(element) })
      : { rate: 1 };
    if (step === 'jump') {
      if (!element.seeking) element.currentTime = timeline.end;
    } else if (element.playbackRate !== step.rate) element.playbackRate = step.rate;
  }

  chooseLevel(id: string | null): void {
    this.#level = id;
    const level = id === null ? -1 : Number(id);
    if (this.timeline()?.live === true) this.#liveSwitch.choose(level);
    else this.#hls.nextLevel = level;
    this.#observer.tracksChanged(this.#tracks());
  }

  chooseCaption(id: string | null): void {
    this.#hls.subtitleDisplay = id !== null;
    this.#hls.subtitleTrack = id === null ? -1 : Number(id);
  }

  /** Fetches on after an error, or after the machine slept. */
  resume(): void {
    this.#hls.startLoad();
  }

  recover(): void {
    this.#hls.recoverMediaError();
    void this.#element.play().catch(() => undefined);
  }

  end(): void {
    this.#element.playbackRate = 1;
    this.#hls.destroy();
  }

  /** Where live playing should be. */
  get #livePosition(): number | null {
    const position = this.#hls.liveSyncPosition;
    return position === null ? null : position - this.#margin.at(performance.now());
  }

  #watchForSwitch({ Events }: HlsLibrary): void {
    const hls = this.#hls;
    hls.on(Events.FRAG_LOADING, (_, { frag: { type, sn }, part }) => {
      if (type === 'main' && sn !== 'initSegment')
        this.#liveSwitch.loading({ segment: sn, isWhole: part === undefined || part === null });
    });
    hls.on(Events.FRAG_BUFFERED, (_, { frag: { type, sn, end }, part }) => {
      if (type === 'main' && sn !== 'initSegment') this.#liveSwitch.buffered(sn, part?.end ?? end);
    });
    hls.on(Events.LEVEL_UPDATED, (_, { details, level }) => {
      if (level === hls.loadLevel) this.#liveSwitch.updated(details);
    });
  }

  #startBehind({ Events }: HlsLibrary, behind: number): void {
    const hls = this.#hls;
    hls.once(Events.LEVEL_LOADED, (_, { details }) => {
      const edge = hls.liveSyncPosition ?? details.edge;
      hls.stopLoad();
      hls.startLoad(Math.max(details.fragmentStart, (details.live ? edge : details.edge) - behind));
    });
  }

  #tracks(): ProgramTracks {
    const { levels, subtitleTracks, subtitleTrack, currentLevel } = this.#hls;
    return {
      levels: levels.map(({ height, bitrate }, index) => ({ id: String(index), height, bitrate })),
      level: this.#level,
      playing: currentLevel < 0 ? null : String(currentLevel),
      // The lean build knows of none.
      captions: (subtitleTracks ?? []).map(({ name, lang }, index) => ({
        id: String(index),
        label: name,
        language: lang ?? '',
      })),
      caption: (subtitleTrack ?? -1) < 0 ? null : String(subtitleTrack),
    };
  }
}

function bufferedAhead({ buffered, currentTime }: HTMLVideoElement): number {
  for (let index = 0; index < buffered.length; index++)
    if (buffered.start(index) <= currentTime + 0.05 && buffered.end(index) >= currentTime)
      return buffered.end(index) - currentTime;
  return 0;
}

function readError({ ErrorTypes, ErrorDetails }: HlsLibrary, { type, details, response }: ErrorData): FatalError {
  const lacking: readonly string[] = [
    ErrorDetails.MANIFEST_INCOMPATIBLE_CODECS_ERROR,
    ErrorDetails.BUFFER_ADD_CODEC_ERROR,
    ErrorDetails.BUFFER_INCOMPATIBLE_CODECS_ERROR,
  ];
  return {
    status: response?.code ?? null,
    kind: type === ErrorTypes.NETWORK_ERROR ? 'network' : type === ErrorTypes.MEDIA_ERROR ? 'media' : 'other',
    unsupported: lacking.includes(details),
  };
}
