import type { types } from 'mediasoup-client';
import type { SentSource, StreamId } from '../../protocol/index.ts';
import type { MediaSignaling, OutgoingSource } from '../media-engine.ts';
import { chooseSendOptions, chooseVideoCodec, fitLayers } from './encodings.ts';
import { Reconciler } from './reconciler.ts';
import type { OpenLink, PublishData, TransportLink } from './transport-link.ts';

const FORGOTTEN_DELAY_MS = 500;

/** What a publication may ask of the sending side it belongs to. */
export interface SendingSide {
  readonly signaling: MediaSignaling;
  /** The connection to the room is up. */
  readonly up: boolean;
  link(): TransportLink;
  /** Tracks of one group are played in step: camera with microphone, screen with its sound. */
  groupOf(source: SentSource): string;
  published(source: SentSource, published: boolean): void;
  /** A publication may have become idle. */
  changed(): void;
}

interface OnAir {
  readonly link: TransportLink;
  readonly producer: types.Producer;
  readonly streamId: StreamId;
  /** As the server knows it. */
  muted: boolean;
}

/** One source on its way to the air, on it and off it. */
export class Publication {
  readonly #source: SentSource;
  readonly #side: SendingSide;
  readonly #reconciler = new Reconciler(() => this.#step());
  #wanted: OutgoingSource | undefined;
  #onAir: OnAir | undefined;
  /** Off the air here; the server has yet to hear of it. */
  #leaving: StreamId | undefined;
  /** Given by the server while the library is not ready yet. */
  #givenId: StreamId | undefined;

  constructor(source: SentSource, side: SendingSide) {
    this.#source = source;
    this.#side = side;
  }

  get streamId(): StreamId | undefined {
    return this.#onAir?.streamId;
  }

  /** Nothing of it is left here or on the server. */
  get idle(): boolean {
    return this.#wanted === undefined && this.#onAir === undefined && this.#leaving === undefined;
  }

  want(wanted: OutgoingSource | undefined): void {
    const before = this.#wanted;
    if (before?.track === wanted?.track && before?.muted === wanted?.muted) return;
    this.#wanted = wanted;
    this.#reconciler.restart();
  }

  /** The connection is up again. */
  resume(): void {
    this.#reconciler.restart();
  }

  /** What was on the air went down with its transport. */
  reset(delayMs: number): void {
    this.#drop();
    this.#leaving = undefined;
    this.#reconciler.restart(delayMs);
  }

  /** The server ended the stream. */
  forget(): void {
    this.#drop();
    // Whoever ended it is about to say why; the source may be unwanted then.
    this.#reconciler.restart(FORGOTTEN_DELAY_MS);
  }

  handleGivenId(streamId: StreamId): void {
    this.#givenId = streamId;
  }

  /** The room did it, not this end: what is wanted here is about to follow, so nothing is said against it. */
  handleMuted(muted: boolean): void {
    if (this.#onAir) this.#onAir.muted = muted;
  }

  close(): void {
    this.#reconciler.close();
    this.#wanted = undefined;
    this.#drop();
  }

  #drop(): void {
    const onAir = this.#onAir;
    if (!onAir) return;
    this.#onAir = undefined;
    onAir.producer.close();
    this.#side.published(this.#source, false);
  }

  async #step(): Promise<'settled' | 'again'> {
    const wanted = this.#wanted;
    const onAir = this.#onAir;
    // What silences it happens here first, with or without the room.
    if (onAir && !wanted) {
      this.#leaving = onAir.streamId;
      this.#drop();
      return 'again';
    }
    if (onAir && wanted) {
      const track = wanted.muted || wanted.track?.readyState === 'ended' ? null : wanted.track;
      if (onAir.producer.track !== track) {
        await onAir.producer.replaceTrack({ track });
        const { rtpSender } = onAir.producer;
        // A browser that does not let the layers be fitted goes on with those it has.
        if (track && rtpSender && this.#source === 'camera') await fitLayers(rtpSender, track).catch(() => {});
        return 'again';
      }
    }
    if (!this.#side.up) return 'settled';
    if (this.#leaving !== undefined) return this.#unpublish(this.#leaving);
    if (!wanted) return 'settled';
    if (!onAir) return this.#publish(wanted);
    return this.#tellMuted(onAir, wanted.muted);
  }

  async #unpublish(streamId: StreamId): Promise<'again'> {
    // Gone already, or going with the connection: either way it is off the air.
    await this.#side.signaling.request('unpublish', { streamId }).catch(() => {});
    if (this.#leaving === streamId) this.#leaving = undefined;
    this.#side.changed();
    return 'again';
  }

  async #tellMuted(onAir: OnAir, muted: boolean): Promise<'settled' | 'again'> {
    if (onAir.muted === muted) return 'settled';
    onAir.muted = muted;
    try {
      await this.#side.signaling.request('muteStream', { streamId: onAir.streamId, muted });
    } catch (error) {
      onAir.muted = !muted;
      throw error;
    }
    return 'again';
  }

  async #publish(wanted: OutgoingSource): Promise<'settled' | 'again'> {
    if (!wanted.track || wanted.track.readyState === 'ended') return 'settled';
    const link = this.#side.link();
    const open = await link.open();
    this.#givenId = undefined;
    if (link.closed || this.#wanted !== wanted) return 'again';
    // A muted source is announced by a silent twin, so that nothing of it leaves before the server knows.
    const track = wanted.muted ? wanted.track.clone() : wanted.track;
    if (wanted.muted) track.enabled = false;
    try {
      const producer = await this.#produce(open, track, wanted.muted);
      const streamId = this.#givenId;
      if (link.closed || streamId === undefined) {
        producer.close();
        return 'again';
      }
      this.#onAir = { link, producer, streamId, muted: wanted.muted };
      this.#side.published(this.#source, true);
      if (wanted.muted) await producer.replaceTrack({ track: null });
      return 'again';
    } finally {
      if (wanted.muted) track.stop();
    }
  }

  #produce({ transport, device }: OpenLink, track: MediaStreamTrack, muted: boolean): Promise<types.Producer> {
    const codec = track.kind === 'video' ? chooseVideoCodec(device) : undefined;
    return transport.produce<PublishData>({
      track,
      streamId: this.#side.groupOf(this.#source),
      ...chooseSendOptions(this.#source, track),
      ...(codec && { codec }),
      // Tracks belong to whoever opened them, and a muted microphone still shows its level.
      stopTracks: false,
      disableTrackOnPause: false,
      appData: { source: this.#source, muted },
    });
  }
}
