/** What a file or a playlist has to know of one track. */
export type Track = VideoTrack | AudioTrack;

export interface VideoTrack {
  readonly kind: 'video';
  /** Ticks a second. */
  readonly timescale: number;
  /** As in RFC 6381: `avc1.42E01F`. */
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  /** The AVCDecoderConfigurationRecord of ISO/IEC 14496-15. */
  readonly configuration: Uint8Array;
}

export interface AudioTrack {
  readonly kind: 'audio';
  /** Ticks a second: the sample rate. */
  readonly timescale: number;
  readonly codec: 'mp4a.40.2';
  readonly channels: number;
}

/** One access unit as it stands in a file. */
export interface Sample {
  readonly data: Uint8Array;
  /** In ticks of the track. */
  readonly duration: number;
  readonly keyFrame: boolean;
}

export const VIDEO_TIMESCALE = 90_000;
