import type { Clock } from '../../rooms/clock.ts';
import type { EncodedAudio, EncodedRun, EncodedSink, EncodedVideo, MediaFormat } from '../encoded-media.ts';
import { readAnnexB } from '../packager/h264/annex-b.ts';
import { describeVideo } from '../packager/h264/decoder-configuration.ts';
import { audioSpecificConfig } from '../packager/mp4/sample-entry.ts';
import { audioConfiguration, audioFrame, flvHeader, videoConfiguration, videoFrame } from './flv.ts';
import { RelayProcess } from './relay-process.ts';

/** Waits before the next attempt; the last one is repeated for as long as the broadcast lasts. Milliseconds. */
const RETRY_DELAYS_MS = [1_000, 2_000, 5_000, 10_000, 30_000] as const;
/** Without progress for so long, a connection is given up. Milliseconds. */
const STALLED_MS = 10_000;
/** Between the last picture of one run and the first of the next. Milliseconds. */
const SEAM_MS = 33;

/** `connecting`: nothing has arrived yet · `live` · `retrying`: broken, tried again at `retryAt` · `stopped`. */
export type DestinationState = 'connecting' | 'live' | 'retrying' | 'stopped';

export interface DestinationHealth {
  readonly state: DestinationState;
  /** Over the last seconds. Bits a second. */
  readonly bitrate: number;
  /** Frames of the picture that the destination was too slow for. */
  readonly droppedFrames: number;
  /** Why it broke last; the stream key is blacked out. */
  readonly failure: string | null;
  /** Milliseconds since the epoch. */
  readonly retryAt: number | null;
}

export interface RtmpDestinationOptions {
  /** `rtmp:` or `rtmps:`, without the key. */
  readonly url: string;
  readonly key: string;
  /** A file of certificates (PEM) in place of the system's, by which a server of RTMPS is known. */
  readonly authorities?: string | undefined;
  readonly clock: Clock;
  readonly onHealth: (health: DestinationHealth) => void;
  /** The program that relays. Default `ffmpeg`. */
  readonly ffmpeg?: string;
}

/** Sends the broadcast on to one RTMP(S) server, for as long as it takes, whatever that server does meanwhile. */
export class RtmpDestination implements EncodedSink {
  readonly #options: RtmpDestinationOptions;
  #relay: RelayProcess | null = null;
  #health: DestinationHealth = { state: 'stopped', bitrate: 0, droppedFrames: 0, failure: null, retryAt: null };
  #attempts = 0;
  #cancelRetry: (() => void) | null = null;
  #cancelStall: (() => void) | null = null;
  #measured = { bytes: 0, at: 0 };
  /** What a connection begins with, as the encoder last said it. */
  #configuration: { readonly video: Uint8Array; readonly audio: Uint8Array } | null = null;
  #waitsForKeyFrame = true;
  /** From the clock of the run to that of the stream. Milliseconds. */
  #offsetMs = 0;
  #lastMs = 0;
  #run = 0;
  #closed = false;

  constructor(options: RtmpDestinationOptions) {
    this.#options = options;
  }

  get health(): DestinationHealth {
    return this.#health;
  }

  begin(format: MediaFormat): EncodedRun {
    const run = (this.#run += 1);
    const isLast = () => run === this.#run && !this.#closed;
    const { sampleRate = 48_000, channels = 2 } = format.audio ?? {};
    const audio = audioSpecificConfig(sampleRate, channels);
    let begun = false;
    return {
      video: (frame) => {
        if (!isLast() || (!begun && !frame.keyFrame)) return;
        if (!begun) this.#offsetMs = this.#lastMs + SEAM_MS - frame.timestampUs / 1_000;
        begun = true;
        this.#sendVideo(frame, audio);
      },
      audio: (frame) => {
        if (isLast() && begun) this.#sendAudio(frame);
      },
      end: () => {},
    };
  }

  /** Ends the stream there. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelRetry?.();
    this.#cancelStall?.();
    await this.#relay?.close();
    this.#relay = null;
    this.#report({ state: 'stopped', bitrate: 0, retryAt: null });
  }

  #sendVideo({ data: bytes, timestampUs, keyFrame }: EncodedVideo, audio: Uint8Array): void {
    const { data, parameters } = readAnnexB(bytes);
    const timeMs = this.#toStream(timestampUs);
    if (keyFrame && parameters !== null) {
      const video = describeVideo(parameters).configuration;
      const isNew = this.#configuration === null || Buffer.compare(this.#configuration.video, video) !== 0;
      this.#configuration = { video, audio };
      if (this.#relay === null && this.#cancelRetry === null) this.#connect();
      else if (isNew) this.#write(videoConfiguration(video, timeMs));
    }
    if (this.#waitsForKeyFrame && !keyFrame) {
      this.#report({ droppedFrames: this.#health.droppedFrames + 1 });
      return;
    }
    this.#waitsForKeyFrame = !this.#write(videoFrame(data, keyFrame, timeMs));
  }

  #sendAudio({ data, timestampUs }: EncodedAudio): void {
    const timeMs = this.#toStream(timestampUs);
    if (timeMs >= 0 && !this.#waitsForKeyFrame) this.#write(audioFrame(data, timeMs));
  }

  #toStream(timestampUs: number): number {
    const timeMs = timestampUs / 1_000 + this.#offsetMs;
    this.#lastMs = Math.max(this.#lastMs, timeMs);
    return timeMs;
  }

  #write(bytes: Uint8Array): boolean {
    return this.#relay?.write(bytes) ?? false;
  }

  #connect(): void {
    if (this.#closed || this.#configuration === null) return;
    const { url, key, authorities, clock, ffmpeg = 'ffmpeg' } = this.#options;
    const { video, audio } = this.#configuration;
    this.#waitsForKeyFrame = true;
    this.#measured = { bytes: 0, at: clock.now() };
    this.#report({ state: 'connecting', retryAt: null });
    const relay = new RelayProcess(
      ffmpeg,
      { url, key, authorities },
      {
        progressed: (bytes) => this.#relay === relay && this.#progressed(bytes),
        ended: (reason) => this.#relay === relay && this.#broke(reason),
      },
    );
    this.#relay = relay;
    this.#watchForStall();
    relay.write(flvHeader());
    relay.write(videoConfiguration(video, this.#lastMs));
    relay.write(audioConfiguration(audio, this.#lastMs));
  }

  #progressed(bytes: number): void {
    const at = this.#options.clock.now();
    const { bytes: before, at: since } = this.#measured;
    if (bytes <= before) return;
    this.#watchForStall();
    this.#attempts = 0;
    const bitrate = at > since ? Math.round(((bytes - before) * 8_000) / (at - since)) : this.#health.bitrate;
    this.#measured = { bytes, at };
    this.#report({ state: 'live', bitrate, failure: null });
  }

  #watchForStall(): void {
    this.#cancelStall?.();
    this.#cancelStall = this.#options.clock.after(STALLED_MS, () => {
      const relay = this.#relay;
      this.#broke(`nothing arrived for ${STALLED_MS / 1_000} s`);
      void relay?.close();
    });
  }

  #broke(reason: string): void {
    const { clock, key } = this.#options;
    this.#cancelStall?.();
    this.#relay = null;
    if (this.#closed) return;
    const delayMs = RETRY_DELAYS_MS[Math.min(this.#attempts, RETRY_DELAYS_MS.length - 1)] ?? 0;
    this.#attempts += 1;
    this.#cancelRetry = clock.after(delayMs, () => {
      this.#cancelRetry = null;
      this.#connect();
    });
    const failure = key === '' ? reason : reason.replaceAll(key, '•••');
    this.#report({ state: 'retrying', bitrate: 0, failure, retryAt: clock.now() + delayMs });
  }

  #report(change: Partial<DestinationHealth>): void {
    this.#health = { ...this.#health, ...change };
    this.#options.onHealth(this.#health);
  }
}
