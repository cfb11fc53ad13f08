import type { types } from 'mediasoup';
import { ProtocolError, type StreamId } from '../../../../src/protocol/index.ts';

/** A stream where it is published. */
export interface PipedStream {
  readonly id: StreamId;
  readonly router: types.Router;
}

interface OpenPipe {
  readonly source: types.Consumer;
  readonly sinkId: string;
}

interface Pipe {
  users: number;
  readonly opening: Promise<OpenPipe>;
}

/** The streams of other routers that someone on this one watches, each brought here once and only as long. */
export class StreamPipes {
  readonly #router: types.Router;
  readonly #pipes = new Map<StreamId, Pipe>();

  constructor(router: types.Router) {
    this.#router = router;
  }

  get count(): number {
    return this.#pipes.size;
  }

  /** Makes the stream known to this router, and says by which id. Each call has its {@link release}, unless it throws. */
  async acquire(stream: PipedStream): Promise<string> {
    if (stream.router === this.#router) return stream.id;
    const pipe = this.#pipes.get(stream.id) ?? this.#open(stream);
    pipe.users += 1;
    try {
      const { sinkId } = await pipe.opening;
      return sinkId;
    } catch (error) {
      this.release(stream.id);
      throw error;
    }
  }

  release(streamId: StreamId): void {
    const pipe = this.#pipes.get(streamId);
    if (pipe === undefined) return;
    pipe.users -= 1;
    if (pipe.users > 0) return;
    this.#pipes.delete(streamId);
    // One that failed to open has nothing to close.
    pipe.opening.then(
      ({ source }) => source.close(),
      () => {},
    );
  }

  #open(stream: PipedStream): Pipe {
    const pipe: Pipe = { users: 0, opening: this.#connect(stream) };
    this.#pipes.set(stream.id, pipe);
    return pipe;
  }

  async #connect(stream: PipedStream): Promise<OpenPipe> {
    const { pipeConsumer: source, pipeProducer: sink } = await stream.router.pipeToRouter({
      producerId: stream.id,
      router: this.#router,
      enableSctp: false,
      // Both routers may be on one worker, where an id is taken once.
      keepId: false,
    });
    if (source === undefined || sink === undefined) throw new ProtocolError('unavailable', 'The stream was not piped');
    // mediasoup passes a mute on without an eye on the answer: a worker that dies just then would end the whole process.
    const ignore = () => {};
    source.observer.removeAllListeners('pause').on('pause', () => void sink.pause().catch(ignore));
    source.observer.removeAllListeners('resume').on('resume', () => void sink.resume().catch(ignore));
    return { source, sinkId: sink.id };
  }
}
