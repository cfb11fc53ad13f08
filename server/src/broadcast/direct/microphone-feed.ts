import type { StreamId } from '../../../../src/protocol/index.ts';
import type { StreamTap } from '../../media/media.ts';
import type { Clock } from '../../rooms/clock.ts';
import type { BroadcastStage } from '../broadcast-stage.ts';
import { OPUS_RATE } from './ogg-opus.ts';
import { PacketOrder } from './rtp/packet-order.ts';
import { readRtpPacket } from './rtp/rtp-packet.ts';
import { TrackClock } from './rtp/track-clock.ts';

/** Sound is not worth waiting for long. Milliseconds. */
const PATIENCE_MS = 60;

interface MicrophoneFeedOptions {
  readonly stage: BroadcastStage;
  readonly streamId: StreamId;
  readonly clock: Clock;
  /** `atMs`: since the epoch. */
  readonly handlePacket: (packet: Uint8Array, atMs: number) => void;
}

/** The packets of one microphone, in order. */
export class MicrophoneFeed {
  readonly streamId: StreamId;
  readonly #options: MicrophoneFeedOptions;
  readonly #clock = new TrackClock(OPUS_RATE);
  readonly #order: PacketOrder;
  #tap: StreamTap | null = null;
  #closed = false;

  constructor(options: MicrophoneFeedOptions) {
    this.#options = options;
    this.streamId = options.streamId;
    this.#order = new PacketOrder({
      patienceMs: PATIENCE_MS,
      handlePacket: ({ payload, timestamp }) => {
        if (payload.length === 0) return;
        options.handlePacket(payload, this.#clock.timeOf(this.#clock.ticksNear(timestamp)));
      },
      handleLoss: () => {},
    });
    void this.#open();
  }

  close(): void {
    this.#closed = true;
    this.#tap?.close();
  }

  async #open(): Promise<void> {
    const { stage, streamId } = this.#options;
    try {
      const tap = await stage.tap(streamId, {
        packet: (bytes) => this.#handlePacket(bytes),
        report: (bytes) => this.#clock.report(bytes),
      });
      this.#tap = tap;
      if (this.#closed) tap.close();
    } catch {
      // The stream has just ended, and the stage says so.
    }
  }

  #handlePacket(bytes: Buffer): void {
    if (this.#closed) return;
    const packet = readRtpPacket(bytes);
    if (packet === null) return;
    const nowMs = this.#options.clock.now();
    this.#clock.arrive(packet.timestamp, nowMs);
    this.#order.add(packet, nowMs);
  }
}
