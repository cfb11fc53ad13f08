import type { StreamId } from '../../../../src/protocol/index.ts';
import type { StreamTap } from '../../media/media.ts';
import type { Clock } from '../../rooms/clock.ts';
import type { BroadcastStage } from '../broadcast-stage.ts';
import { AccessUnits, type AccessUnit } from './rtp/access-units.ts';
import { PacketOrder } from './rtp/packet-order.ts';
import { readExtension, readRtpPacket } from './rtp/rtp-packet.ts';
import { TrackClock } from './rtp/track-clock.ts';

export const VIDEO_RATE = 90_000;
/** A packet that was lost comes again within the time of some round trips. Milliseconds. */
const PATIENCE_MS = 300;
/** Senders answer one request in 300 ms and drop the others. Milliseconds. */
const ASK_AGAIN_MS = 400;
/** A key frame is asked for this much before a segment should end. */
const EARLY = 0.85;
/** Of the extension's byte: how often the picture is turned by 90 degrees. */
const TURNS = 0x03;

export interface CameraFrame extends Pick<AccessUnit, 'data' | 'keyFrame'> {
  /** Counted on beyond 32 bits. */
  readonly ticks: number;
  /** The sender turned the camera and left the picture as it was. */
  readonly isTurned: boolean;
}

interface CameraFeedOptions {
  readonly stage: BroadcastStage;
  readonly streamId: StreamId;
  readonly clock: Clock;
  readonly segmentMs: number;
  readonly handleFrame: (frame: CameraFrame) => void;
}

/** The pictures of one camera, in order, with a key frame for each segment. */
export class CameraFeed {
  readonly streamId: StreamId;
  readonly clock = new TrackClock(VIDEO_RATE);
  readonly #options: CameraFeedOptions;
  readonly #order: PacketOrder;
  readonly #units: AccessUnits;
  #tap: StreamTap | null = null;
  #isTurned = false;
  #keyFrameAtMs = 0;
  #packetAtMs = 0;
  #awaitsKeyFrame = true;
  #askedAtMs = 0;
  #closed = false;

  constructor(options: CameraFeedOptions) {
    this.#options = options;
    this.streamId = options.streamId;
    this.#units = new AccessUnits(
      (unit) => this.#handleUnit(unit),
      () => this.restart(),
    );
    this.#order = new PacketOrder({
      patienceMs: PATIENCE_MS,
      handlePacket: (packet) => this.#units.add(packet),
      handleLoss: () => this.#units.lose(),
    });
    void this.#open();
  }

  /** When the newest key frame came; 0 before any. Milliseconds since the epoch. */
  get keyFrameAtMs(): number {
    return this.#keyFrameAtMs;
  }

  /** The same of packets. */
  get packetAtMs(): number {
    return this.#packetAtMs;
  }

  /** Nothing can be shown before the next key frame. */
  restart(): void {
    this.#awaitsKeyFrame = true;
    this.#units.restart();
    this.ask();
  }

  /** Asks for a key frame where one is due; call it often. */
  ask(): void {
    const { clock, segmentMs } = this.#options;
    const nowMs = clock.now();
    const isDue = this.#awaitsKeyFrame || nowMs - this.#keyFrameAtMs >= segmentMs * EARLY;
    if (!isDue || nowMs - this.#askedAtMs < ASK_AGAIN_MS) return;
    this.#askedAtMs = nowMs;
    this.#tap?.requestKeyFrame();
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
        report: (bytes) => this.clock.report(bytes),
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
    this.#packetAtMs = nowMs;
    this.clock.arrive(packet.timestamp, nowMs);
    const id = this.#tap?.orientationId ?? null;
    const orientation = id === null ? null : readExtension(packet, id);
    if (orientation !== null) this.#isTurned = (orientation & TURNS) !== 0;
    this.#order.add(packet, nowMs);
  }

  #handleUnit({ data, keyFrame, timestamp }: AccessUnit): void {
    if (keyFrame) {
      this.#awaitsKeyFrame = false;
      this.#keyFrameAtMs = this.#options.clock.now();
    }
    this.#options.handleFrame({ data, keyFrame, ticks: this.clock.ticksNear(timestamp), isTurned: this.#isTurned });
  }
}
