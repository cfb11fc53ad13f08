export interface VideoFormat {
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
  /** What the encoder aims at, where that is known. Bits a second. */
  readonly bitrate?: number;
}

/** What one encoder makes; codecs as in RFC 6381. */
export interface MediaFormat {
  readonly video: VideoFormat | null;
  /** The same picture in smaller sizes, from large to small: the same frames at the same times, key frames too. */
  readonly smaller?: readonly VideoFormat[];
  readonly audio: { readonly codec: 'mp4a.40.2'; readonly sampleRate: number; readonly channels: number } | null;
}

/** One access unit, H.264 annex B; SPS and PPS stand before every key frame. */
export interface EncodedVideo {
  readonly data: Uint8Array;
  /** Since the start of the run. Microseconds. */
  readonly timestampUs: number;
  readonly keyFrame: boolean;
}

/** One raw AAC-LC access unit, without ADTS: 1,024 samples. */
export interface EncodedAudio {
  readonly data: Uint8Array;
  readonly timestampUs: number;
}

/** One uninterrupted run of one encoder. What comes after its end is a discontinuity. */
export interface EncodedRun {
  video(frame: EncodedVideo): void;
  /**
   * A frame of a smaller rendition, counted as the format does. The first of each comes before the first of the video;
   * whoever wants the largest alone has none of this.
   */
  smaller?(index: number, frame: EncodedVideo): void;
  audio(frame: EncodedAudio): void;
  end(): void;
}

/** Takes what an encoder makes. */
export interface EncodedSink {
  /** `startedAt`: the server's time at timestamp 0, in milliseconds since the epoch; the programme clock comes from it. */
  begin(format: MediaFormat, startedAt: number): EncodedRun;
}
