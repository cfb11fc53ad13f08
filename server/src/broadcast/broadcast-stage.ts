import type { StreamId, StreamView } from '../../../src/protocol/index.ts';
import type { StreamTap, TapListener } from '../media/media.ts';

/** A stream as it is published. */
export interface LiveStream extends StreamView {
  /** MIME type in lower case. */
  readonly codec: string | null;
}

/** A room's stage, for whoever broadcasts it without looking at it. */
export interface BroadcastStage {
  readonly streams: readonly LiveStream[];
  /** Something lies over the picture that has to be drawn. */
  readonly isOverlaid: boolean;
  /** Calls `handle` after each change, until the returned function is called. */
  watch(handle: () => void): () => void;
  tap(streamId: StreamId, listener: TapListener): Promise<StreamTap>;
}
