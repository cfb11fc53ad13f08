import { BROADCAST_QUALITIES, type BroadcastOptions, type StreamId } from '../../../../src/protocol/index.ts';
import type { Clock } from '../../rooms/clock.ts';
import type { BroadcastSource, SourceFailure } from '../broadcast-source.ts';
import type { BroadcastStage } from '../broadcast-stage.ts';
import { findFfmpeg } from '../composer/find-program.ts';
import type { EncodedAudio, EncodedRun, EncodedSink, MediaFormat } from '../encoded-media.ts';
import { Slate } from '../packager/slate/slate-picture.ts';
import { CameraFeed, VIDEO_RATE, type CameraFrame } from './camera-feed.ts';
import type { DirectPlan } from './direct-plan.ts';
import { MicrophoneFeed } from './microphone-feed.ts';
import { OPUS_RATE } from './ogg-opus.ts';
import { OpusEncoder } from './opus-encoder.ts';
import { describePicture, type Picture } from './picture.ts';

const SOUND = { codec: 'mp4a.40.2', sampleRate: OPUS_RATE, channels: 2 } as const;
const LOOK_EVERY_MS = 50;
/** Without a frame for so long, the slate stands in for a camera. Milliseconds. */
const LONGEST_STILL_MS = 1_000;
/** The same where there is no camera. Milliseconds. */
const GONE_MS = 300;
/** A picture shown for longer does not fit into a part: what follows it begins anew. Of the length of a part. */
const LONGEST_FRAME = 1.05;
/** How far sound may be behind its picture before it is taken for silence. Milliseconds. */
const LATEST_SOUND_MS = 200;
/** A camera that sends no key frame for so long is none for us. Milliseconds. */
const NO_PICTURE_MS = 6_000;
/** The same of one that has been seen: nobody can begin to watch it. Milliseconds. */
const NO_KEY_FRAME_MS = 12_000;
const FRAME_RATE = 30;

export interface DirectSourceOptions {
  readonly options: BroadcastOptions;
  readonly stage: BroadcastStage;
  readonly plan: DirectPlan;
  readonly sink: EncodedSink;
  readonly clock: Clock;
  readonly partMs: number;
  readonly segmentMs: number;
  /** What it hands over is what is seen: nothing else is there while the camera is still. */
  readonly isOnAir: () => boolean;
  readonly handleFailure: (failure: SourceFailure) => void;
  /** A camera that cannot be broadcast as it is. */
  readonly handleUnfit: (streamId: StreamId, why: string) => void;
}

/** A stretch without a break, of a camera or of the slate: one run. */
interface Leg {
  readonly run: EncodedRun;
  readonly startUs: number;
  /** Of a camera: which ticks of its clock are the start. */
  readonly camera: { readonly feed: CameraFeed; readonly ticks: number } | null;
}

/**
 * Hands the picture of one camera on as it is encoded already, with the sound of its microphone as AAC. While there is no
 * picture the slate is shown, so that whoever watches goes on watching. Times are microseconds since it was opened.
 */
export class DirectSource implements BroadcastSource {
  readonly #options: DirectSourceOptions;
  readonly #zeroMs: number;
  readonly #stopLooking: () => void;
  #camera: CameraFeed | null = null;
  #cameraSinceMs = 0;
  #microphone: MicrophoneFeed | null = null;
  #leg: Leg | null = null;
  #encoder: OpusEncoder | null = null;
  #lastTicks = 0;
  #lastFrameAtMs = 0;
  readonly #slate: Slate;
  #slateFrames = 0;
  #closed = false;

  constructor(options: DirectSourceOptions) {
    this.#options = options;
    this.#slate = new Slate(options.partMs);
    this.#zeroMs = options.clock.now();
    this.#stopLooking = options.clock.every(LOOK_EVERY_MS, () => this.#look());
    const ffmpeg = findFfmpeg();
    if (ffmpeg === null) {
      this.#fail(
        'audioEncoderMissing',
        'ffmpeg is not installed on the server (Debian: apt-get install ffmpeg), nor named by FFMPEG_PATH.',
        true,
      );
      return;
    }
    // It takes a while to start, and must be there when the picture is.
    this.#encoder = this.#createEncoder(ffmpeg);
    this.update(options.plan);
  }

  /** Goes over to other streams. */
  update({ camera, microphone }: DirectPlan): void {
    if (this.#closed) return;
    const { stage, clock, segmentMs } = this.#options;
    if (camera !== (this.#camera?.streamId ?? null)) {
      this.#camera?.close();
      this.#cameraSinceMs = clock.now();
      this.#camera = null;
      if (camera !== null) {
        const feed: CameraFeed = new CameraFeed({
          stage,
          streamId: camera,
          clock,
          segmentMs,
          handleFrame: (frame) => this.#camera === feed && this.#handleFrame(feed, frame),
        });
        this.#camera = feed;
      }
    }
    if (microphone !== (this.#microphone?.streamId ?? null)) {
      this.#microphone?.close();
      this.#microphone =
        microphone === null
          ? null
          : new MicrophoneFeed({
              stage,
              streamId: microphone,
              clock,
              handlePacket: (packet, atMs) => this.#encoder?.encode(packet, this.#toUs(atMs) + this.#shiftUs()),
            });
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopLooking();
    this.#camera?.close();
    this.#microphone?.close();
    this.#encoder?.close();
  }

  #handleFrame(feed: CameraFeed, frame: CameraFrame): void {
    const { clock, partMs } = this.#options;
    const nowMs = clock.now();
    const isOnAir = this.#leg?.camera?.feed === feed;
    const passedMs = ((frame.ticks - this.#lastTicks) * 1_000) / VIDEO_RATE;
    const goesOn = isOnAir && passedMs <= partMs * LONGEST_FRAME;
    const picture = frame.keyFrame ? describePicture(frame.data) : null;
    if (frame.keyFrame && !this.#isFit(feed, frame, picture)) return;
    if (!goesOn) {
      if (picture === null) return feed.restart();
      // Its clock will be known in a moment; the picture waits for that rather than be moved later.
      if (!isOnAir && !feed.clock.isSettled(nowMs)) return feed.restart();
      this.#beginCamera(feed, frame.ticks, picture);
    } else if (passedMs <= 0) {
      return this.#options.handleUnfit(feed.streamId, 'its pictures are not in the order in which they are shown');
    }
    this.#lastTicks = frame.ticks;
    this.#lastFrameAtMs = nowMs;
    const timeUs = this.#frameUs(frame.ticks);
    this.#leg?.run.video({
      data: frame.data,
      keyFrame: frame.keyFrame,
      timestampUs: Math.round(timeUs - this.#leg.startUs),
    });
    this.#fillSound(timeUs);
  }

  #isFit(feed: CameraFeed, { isTurned }: CameraFrame, picture: Picture | null): boolean {
    const { options, handleUnfit } = this.#options;
    const lies = picture !== null && picture.width >= picture.height;
    const stands = picture !== null && picture.height >= picture.width;
    if (!isTurned && (options.orientation === 'portrait' ? stands : lies)) return true;
    handleUnfit(feed.streamId, isTurned ? 'its pictures are turned' : 'it does not lie as the broadcast does');
    return false;
  }

  #beginCamera(feed: CameraFeed, ticks: number, picture: Picture): void {
    this.#begin({ ...picture, frameRate: FRAME_RATE }, this.#toUs(feed.clock.timeOf(ticks)), { feed, ticks });
  }

  #begin(video: MediaFormat['video'], startUs: number, camera: Leg['camera']): void {
    const { sink } = this.#options;
    const run = sink.begin({ video, audio: SOUND }, this.#zeroMs + startUs / 1_000);
    this.#leg = { run, startUs, camera };
  }

  #createEncoder(ffmpeg: string): OpusEncoder {
    return new OpusEncoder({
      ffmpeg,
      bitrate: BROADCAST_QUALITIES[this.#options.options.quality].audioBitrate,
      startUs: 0,
      handleFrame: (frame) => this.#handleSound(frame),
      handleGone: (lastWords) => this.#fail('composerCrashed', `The audio encoder ended. ${lastWords}`.trim()),
    });
  }

  #handleSound({ data, timestampUs }: EncodedAudio): void {
    if (this.#leg === null || timestampUs < this.#leg.startUs) return;
    this.#leg.run.audio({ data, timestampUs: Math.round(timestampUs - this.#leg.startUs) });
  }

  #look(): void {
    const { clock, isOnAir, handleUnfit } = this.#options;
    const nowMs = clock.now();
    const camera = this.#camera;
    camera?.ask();
    const isShown = camera !== null && this.#leg?.camera?.feed === camera;
    if (camera !== null && this.#isWithoutKeyFrames(camera, nowMs)) {
      return handleUnfit(camera.streamId, 'it sends no key frame when asked');
    }
    const stillMs = nowMs - this.#lastFrameAtMs;
    const nowUs = this.#toUs(nowMs);
    const isStill = stillMs > (isShown ? LONGEST_STILL_MS : GONE_MS);
    if (this.#leg?.camera && isStill && isOnAir()) {
      this.#slateFrames = 0;
      this.#begin(this.#slate.format, nowUs, null);
    }
    if (this.#leg === null) return this.#fillSound(nowUs);
    if (this.#leg.camera !== null) return;
    for (let next = this.#slate.frame(this.#slateFrames); next.timestampUs <= nowUs - this.#leg.startUs;) {
      this.#leg.run.video(next);
      this.#slateFrames += 1;
      next = this.#slate.frame(this.#slateFrames);
    }
    this.#fillSound(nowUs);
  }

  #isWithoutKeyFrames({ keyFrameAtMs, packetAtMs }: CameraFeed, nowMs: number): boolean {
    const sinceMs = nowMs - Math.max(this.#cameraSinceMs, keyFrameAtMs);
    if (this.#leg === null) return sinceMs > NO_PICTURE_MS;
    // One whose network is away sends nothing, and is waited for.
    return sinceMs > NO_KEY_FRAME_MS && nowMs - packetAtMs < LONGEST_STILL_MS;
  }

  #fillSound(untilUs: number): void {
    this.#encoder?.fill(this.#microphone === null ? untilUs : untilUs - LATEST_SOUND_MS * 1_000);
  }

  /** When a picture of the leg is shown: its camera's own clock, from where the leg began. */
  #frameUs(ticks: number): number {
    const { startUs = 0, camera = null } = this.#leg ?? {};
    return startUs + ((ticks - (camera?.ticks ?? 0)) * 1e6) / VIDEO_RATE;
  }

  /** How far the picture is from where its clock says now: the sound goes with it. */
  #shiftUs(): number {
    const feed = this.#leg?.camera?.feed;
    if (!feed) return 0;
    return this.#frameUs(this.#lastTicks) - this.#toUs(feed.clock.timeOf(this.#lastTicks));
  }

  #toUs(atMs: number): number {
    return (atMs - this.#zeroMs) * 1_000;
  }

  #fail(code: SourceFailure['code'], message: string, permanent = false): void {
    if (this.#closed) return;
    void this.close();
    this.#options.handleFailure({ code, message, permanent });
  }
}
