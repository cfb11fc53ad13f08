import type { EncodedAudio, EncodedRun, EncodedVideo, MediaFormat } from '../encoded-media.ts';
import { readAnnexB, sameParameters, type ParameterSets } from './h264/annex-b.ts';
import { describeVideo } from './h264/decoder-configuration.ts';
import { VIDEO_TIMESCALE, type AudioTrack, type VideoTrack } from './mp4/track.ts';
import type { RungName } from '../ladder.ts';
import type { CuttingLimits } from './packager-options.ts';
import type { Section } from './segment.ts';
import { RungPackager } from './rung-packager.ts';
import { silence } from './slate/silence.ts';
import type { TrackPackager } from './track-packager.ts';

const SAMPLES_PER_FRAME = 1_024;
/** Sound waits for the picture to know where segments end, but no longer than this. */
const LONGEST_WAIT_US = 1_000_000;
/** A longer hole in the sound is left as it is. */
const LONGEST_SILENCE = 5;
/** Of the first segment. Seconds. */
const SHORTEST_SEGMENT = 0.5;
const DEFAULT_FRAME_RATE = 30;

export interface RunPackagerOptions {
  readonly format: MediaFormat;
  readonly startedAt: number;
  readonly limits: CuttingLimits;
  readonly video: TrackPackager;
  readonly audio: TrackPackager;
  /** Of the smaller renditions that the format names, in its order. */
  readonly rungs: readonly (readonly [name: RungName, packager: TrackPackager])[];
  /** Where the stream has got to when the first picture comes. Microseconds. */
  readonly readPosition: () => number;
  createSection(video: VideoTrack, audio: AudioTrack, rungs: readonly RungPackager[]): Section;
  /** `end`: where the next run may begin on the stream's timeline. Microseconds. */
  handleEnd(end: number): void;
}

interface PendingVideo {
  readonly data: Uint8Array;
  readonly keyFrame: boolean;
  readonly timestampUs: number;
}

/** Where the segments of the sound end, because those of the picture do. */
interface Boundary {
  readonly atUs: number;
  /** What begins there, if another section does. */
  readonly section: Section | null;
}

/** Packages one run. The picture leads: its key frames end the segments of both tracks. */
export class RunPackager implements EncodedRun {
  readonly #options: RunPackagerOptions;
  readonly #audioTrack: AudioTrack;
  readonly #silence: Uint8Array;
  readonly #queue: EncodedAudio[] = [];
  readonly #boundaries: Boundary[] = [];
  /** All that may come, then those that are in the section. */
  #rungs: readonly RungPackager[];
  #parameters: ParameterSets | null = null;
  #section: Section | null = null;
  /** The first picture: on the run's clock and on the stream's timeline. */
  #originUs = 0;
  #base = 0;
  /** Held back until the next one tells how long it is shown. */
  #pending: PendingVideo | null = null;
  /** Where the sound has got to on the stream's timeline. Ticks. */
  #audioTime: number | null = null;
  /** Segments of the sound that ended by themselves, before the picture's. */
  #audioAhead = 0;
  #hasSegment = false;
  #hasEnded = false;

  constructor(options: RunPackagerOptions) {
    this.#options = options;
    const { sampleRate = 48_000, channels = 2 } = options.format.audio ?? {};
    this.#audioTrack = { kind: 'audio', timescale: sampleRate, codec: 'mp4a.40.2', channels };
    this.#silence = silence(channels);
    const times = {
      toTicks: (timestampUs: number, timescale: number) => toTicks(this.#toStream(timestampUs), timescale),
      toEpoch: (timestampUs: number) => this.#toEpoch(timestampUs),
    };
    this.#rungs = options.rungs.map(([name, packager]) => new RungPackager(name, packager, times));
  }

  video({ data: bytes, timestampUs, keyFrame }: EncodedVideo): void {
    if (this.#hasEnded) return;
    const { data, parameters } = readAnnexB(bytes);
    const changed = keyFrame && parameters !== null && this.#hasChanged(parameters) ? parameters : null;
    // Nothing can be shown before the first key frame.
    if (this.#section === null && changed === null) return;
    const at = this.#pending === null ? timestampUs : Math.max(timestampUs, this.#pending.timestampUs + 1_000);
    this.#flushPending(at);
    if (changed !== null) this.#beginSection(changed, at);
    else if (this.#endsSegment(keyFrame, at)) this.#endVideoSegment(at);
    this.#pending = { data, keyFrame, timestampUs: at };
    for (const rung of this.#rungs) rung.drain(at);
    this.#drainAudio(at);
    this.#fillSilence(this.#options.format.audio === null ? at : at - LONGEST_WAIT_US);
  }

  smaller(index: number, frame: EncodedVideo): void {
    const [wanted] = this.#options.rungs[index] ?? [];
    const rung = this.#rungs.find(({ name }) => name === wanted);
    if (rung === undefined || this.#hasEnded) return;
    rung.add(frame);
    if (this.#pending !== null) rung.drain(this.#pending.timestampUs);
  }

  audio(frame: EncodedAudio): void {
    if (this.#hasEnded) return;
    this.#queue.push(frame);
    const first = this.#queue[0];
    if (this.#section !== null && first && frame.timestampUs - first.timestampUs > LONGEST_WAIT_US) {
      this.#drainAudio(frame.timestampUs - LONGEST_WAIT_US);
    } else if (this.#pending !== null) this.#drainAudio(this.#pending.timestampUs);
    else this.#forgetEarlyAudio(frame.timestampUs);
  }

  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    const { video, audio, format, handleEnd } = this.#options;
    if (this.#pending === null) return;
    const frameUs = 1_000_000 / (format.video?.frameRate ?? DEFAULT_FRAME_RATE);
    const end = this.#pending.timestampUs + Math.round(frameUs);
    this.#flushPending(end);
    for (const rung of this.#rungs) rung.end(end);
    this.#drainAudio(end);
    this.#fillSilence(end);
    video.endSegment();
    audio.endSegment();
    const audioEnd = ((this.#audioTime ?? 0) * 1_000_000) / this.#audioTrack.timescale;
    handleEnd(Math.max(this.#toStream(end), Math.ceil(audioEnd)));
  }

  #hasChanged(parameters: ParameterSets): boolean {
    return this.#parameters === null || !sameParameters(this.#parameters, parameters);
  }

  #beginSection(parameters: ParameterSets, atUs: number): void {
    const { video, audio, createSection } = this.#options;
    const isFirst = this.#section === null;
    // Smaller renditions belong to the first section of a run: what changes under way is a camera's, which has none.
    if (!isFirst) for (const rung of this.#rungs) rung.end(atUs);
    this.#rungs = isFirst ? this.#rungs.filter(({ track }) => track !== null) : [];
    const section = createSection(describeVideo(parameters), this.#audioTrack, this.#rungs);
    this.#parameters = parameters;
    this.#section = section;
    if (isFirst) {
      this.#originUs = atUs;
      this.#base = this.#options.readPosition();
      audio.begin(section);
      for (const rung of this.#rungs) rung.begin(section, atUs);
    } else this.#boundaries.push({ atUs, section });
    video.begin(section);
  }

  #endsSegment(keyFrame: boolean, atUs: number): boolean {
    const { video, limits } = this.#options;
    const duration = video.segmentDuration;
    // The first one is cut short, since nothing plays before it is there.
    if (keyFrame) return duration >= (this.#hasSegment ? limits.fullSegment : SHORTEST_SEGMENT);
    const frameUs = this.#pending === null ? 0 : atUs - this.#pending.timestampUs;
    return duration + frameUs / 1_000_000 > limits.longestSegment;
  }

  #endVideoSegment(atUs: number): void {
    this.#hasSegment = true;
    this.#options.video.endSegment();
    for (const rung of this.#rungs) rung.endSegment(atUs);
    this.#boundaries.push({ atUs, section: null });
  }

  #flushPending(untilUs: number): void {
    if (this.#pending === null) return;
    const { data, keyFrame, timestampUs } = this.#pending;
    const time = toTicks(this.#toStream(timestampUs), VIDEO_TIMESCALE);
    const duration = toTicks(this.#toStream(untilUs), VIDEO_TIMESCALE) - time;
    this.#options.video.add({ data, duration, keyFrame }, time, this.#toEpoch(timestampUs));
  }

  /** Packages the sound before a time of which is known where segments end. */
  #drainAudio(untilUs: number): void {
    for (let frame = this.#queue[0]; frame && frame.timestampUs < untilUs; frame = this.#queue[0]) {
      this.#queue.shift();
      this.#addAudio(frame);
    }
  }

  /** Keeps what may yet stand beside the first key frame. */
  #forgetEarlyAudio(nowUs: number): void {
    while (this.#queue[0] && this.#queue[0].timestampUs < nowUs - LONGEST_WAIT_US) this.#queue.shift();
  }

  #addAudio({ data, timestampUs }: EncodedAudio): void {
    const wanted = toTicks(this.#toStream(timestampUs), this.#audioTrack.timescale);
    if (timestampUs < this.#originUs) return;
    this.#audioTime ??= wanted;
    // Too late: silence stands there already, or two clocks have drifted apart by a frame.
    if (wanted < this.#audioTime - SAMPLES_PER_FRAME) return;
    if (wanted - this.#audioTime > LONGEST_SILENCE * this.#audioTrack.timescale) {
      this.#options.audio.endPart();
      this.#audioTime = wanted;
    }
    while (wanted > this.#audioTime + SAMPLES_PER_FRAME) this.#addAudioFrame(this.#silence);
    this.#addAudioFrame(data);
  }

  #fillSilence(untilUs: number): void {
    if (this.#queue.length > 0 || untilUs < this.#originUs) return;
    const until = toTicks(this.#toStream(untilUs), this.#audioTrack.timescale);
    this.#audioTime ??= toTicks(this.#toStream(this.#originUs), this.#audioTrack.timescale);
    while (this.#audioTime + SAMPLES_PER_FRAME <= until) this.#addAudioFrame(this.#silence);
  }

  #addAudioFrame(data: Uint8Array): void {
    const { audio, limits } = this.#options;
    const time = this.#audioTime ?? 0;
    const { timescale } = this.#audioTrack;
    const atUs = (time * 1_000_000) / timescale - this.#base + this.#originUs;
    const frame = SAMPLES_PER_FRAME / timescale;
    for (let next = this.#boundaries[0]; next && next.atUs <= atUs + frame * 500_000; next = this.#boundaries[0]) {
      this.#boundaries.shift();
      if (next.section !== null) audio.begin(next.section);
      else if (this.#audioAhead > 0) this.#audioAhead -= 1;
      else audio.endSegment();
    }
    if (audio.segmentDuration + frame > limits.longestSegment) {
      audio.endSegment();
      this.#audioAhead += 1;
    }
    audio.add({ data, duration: SAMPLES_PER_FRAME, keyFrame: true }, time, this.#toEpoch(atUs));
    this.#audioTime = time + SAMPLES_PER_FRAME;
  }

  #toStream(timestampUs: number): number {
    return this.#base + timestampUs - this.#originUs;
  }

  #toEpoch(timestampUs: number): number {
    return this.#options.startedAt + timestampUs / 1_000;
  }
}

function toTicks(us: number, timescale: number): number {
  return Math.round((us * timescale) / 1_000_000);
}
