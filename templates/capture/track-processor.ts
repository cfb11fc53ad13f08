/** Chromium's, which takes sound too and lives in windows; the standard's is for pictures, in workers. */
export interface TrackProcessor<T> {
  readonly readable: ReadableStream<T>;
}

interface TrackProcessorOptions {
  readonly track: MediaStreamTrack;
  /** Frames that wait when nobody reads; more are dropped. */
  readonly maxBufferSize: number;
}

declare global {
  var MediaStreamTrackProcessor: new <T extends VideoFrame | AudioData>(
    options: TrackProcessorOptions,
  ) => TrackProcessor<T>;
}
