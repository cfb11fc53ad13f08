import type { BroadcastStage, LiveStream } from '../../../../server/src/broadcast/broadcast-stage.ts';
import type { StreamTap, TapListener } from '../../../../server/src/media/media.ts';
import type { ParticipantId, Source, StreamId } from '../../../../src/protocol/index.ts';

interface FakeTap {
  readonly streamId: StreamId;
  readonly listener: TapListener;
}

/** A stage whose packets come from the test. */
export class FakeStage implements BroadcastStage {
  readonly taps = new Set<FakeTap>();
  keyFrameRequests = 0;
  #isOverlaid = false;
  #streams: readonly LiveStream[] = [];
  readonly #watchers = new Set<() => void>();

  get streams(): readonly LiveStream[] {
    return this.#streams;
  }

  get isOverlaid(): boolean {
    return this.#isOverlaid;
  }

  /** Something is shown over the picture, or nothing any more. */
  overlay(isOverlaid: boolean): void {
    this.#isOverlaid = isOverlaid;
    this.#change(this.#streams);
  }

  watch(handle: () => void): () => void {
    this.#watchers.add(handle);
    return () => this.#watchers.delete(handle);
  }

  async tap(streamId: StreamId, listener: TapListener): Promise<StreamTap> {
    const tap = { streamId, listener };
    this.taps.add(tap);
    return {
      orientationId: 11,
      requestKeyFrame: () => {
        this.keyFrameRequests += 1;
      },
      close: () => this.taps.delete(tap),
    };
  }

  add(who: string, source: Source, codec = 'video/h264'): StreamId {
    const id = `${who}-${source}` as StreamId;
    const isSound = source === 'microphone' || source === 'screenAudio';
    const stream: LiveStream = {
      id,
      participantId: who as ParticipantId,
      source,
      kind: isSound ? 'audio' : 'video',
      muted: false,
      mutedBy: null,
      codec: isSound ? 'audio/opus' : codec,
    };
    this.#change([...this.#streams, stream]);
    return id;
  }

  mute(id: StreamId, muted: boolean): void {
    this.#change(this.#streams.map((one) => (one.id === id ? { ...one, muted, mutedBy: muted ? 'self' : null } : one)));
  }

  /** Ends a stream, or all of a participant. */
  remove(name: string): void {
    this.#change(this.#streams.filter(({ id, participantId }) => id !== name && participantId !== name));
  }

  isTapped(id: StreamId): boolean {
    return [...this.taps].some(({ streamId }) => streamId === id);
  }

  /** A packet of RTP has come. */
  send(id: StreamId, bytes: Buffer): void {
    for (const { streamId, listener } of this.taps) if (streamId === id) listener.packet(bytes);
  }

  /** A packet of RTCP has come. */
  report(id: StreamId, bytes: Buffer): void {
    for (const { streamId, listener } of this.taps) if (streamId === id) listener.report(bytes);
  }

  #change(streams: readonly LiveStream[]): void {
    this.#streams = streams;
    for (const handle of this.#watchers) handle();
  }
}
