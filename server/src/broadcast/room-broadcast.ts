import { randomUUID } from 'node:crypto';
import {
  changeBroadcastLayout,
  completeBroadcastOptions,
  ProtocolError,
  type BroadcastLayoutChange,
  type BroadcastOptions,
  type BroadcastOptionsInput,
  type BroadcastView,
  type RoomId,
} from '../../../src/protocol/index.ts';
import type { Clock } from '../rooms/clock.ts';
import { Lane } from '../rooms/lane.ts';
import type { Logger } from '../rooms/logger.ts';
import type { StoredBroadcast } from '../store/broadcast-store.ts';
import type { BroadcastStage } from './broadcast-stage.ts';
import type { Mark } from './packager/playlists/mark.ts';
import { BroadcastRun, type BroadcastParts } from './broadcast-run.ts';

export interface RoomBroadcastOptions {
  readonly roomId: RoomId;
  readonly stage: BroadcastStage;
  /** `undefined` where the server does not broadcast. */
  readonly parts: BroadcastParts | undefined;
  readonly stored: StoredBroadcast | null;
  readonly save: (stored: StoredBroadcast) => Promise<void>;
  readonly publish: (view: BroadcastView) => void;
  /** Nothing is on any more. */
  readonly handleOff: () => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Wanted {
  readonly broadcastId: string;
  readonly options: BroadcastOptions;
}

/** A room's broadcast: one at most, whoever asks for it how often ([W1]). What is wanted and what runs are two things, and the second follows the first. */
export class RoomBroadcast {
  readonly #options: RoomBroadcastOptions;
  /** Changes are stored, then told, one after another. */
  readonly #telling = new Lane();
  #wanted: Wanted | null = null;
  #run: BroadcastRun | null = null;
  /** Ends once nothing is wanted. */
  #following: Promise<void> | null = null;
  /** Of the broadcast that `view` speaks of. */
  #broadcastId = '';
  #view: BroadcastView | null;
  #toldView: BroadcastView | null;
  #isTakenUp = false;
  #closed = false;

  constructor(options: RoomBroadcastOptions) {
    this.#options = options;
    const { stored } = options;
    this.#view = stored && viewOf(stored);
    this.#toldView = this.#view;
    if (!stored?.on) return;
    this.#wanted = { broadcastId: randomUUID(), options: stored.view.options };
    this.#isTakenUp = true;
    this.#following = this.#follow();
  }

  /** As everybody has been told. */
  get view(): BroadcastView | null {
    return this.#toldView;
  }

  /** It is wanted, or has not ended yet. */
  get isOn(): boolean {
    return this.#wanted !== null || this.#following !== null;
  }

  /** It is wanted, and not for a recording alone. */
  get isOnAir(): boolean {
    return this.#wanted !== null && this.#wanted.options.recordOnly !== true;
  }

  /** When all that was decided so far is stored and told. */
  get settled(): Promise<unknown> {
    return this.#telling.idle;
  }

  /** When nothing is on any more. */
  get over(): Promise<void> {
    return this.#following ?? Promise.resolve();
  }

  /** Throws `forbidden` for a template page that participants may not have drawn: what the server sees, they would ([W6]). */
  assertTemplateAllowed(url: string | undefined): void {
    const allowed = this.#options.parts?.templateOrigins ?? [];
    if (url === undefined || allowed.includes('*') || allowed.includes(new URL(url).origin)) return;
    throw new ProtocolError('forbidden', 'The server draws no template page of that origin.');
  }

  /** Resolves once it is told. Of a broadcast that is on it changes nothing. Throws `conflict` during a recording without one ([W8]). */
  async start(input: BroadcastOptionsInput): Promise<void> {
    if (this.#wanted?.options.recordOnly === true && input.recordOnly !== true)
      throw new ProtocolError('conflict', 'The room is being recorded: stop that first.');
    if (this.#wanted === null && !this.#closed) {
      this.#wanted = { broadcastId: randomUUID(), options: completeBroadcastOptions(input) };
      this.#following ??= this.#follow();
    }
    await this.settled;
  }

  /** Records without broadcasting ([W8]). Resolves once it is told. */
  startRecording(input: BroadcastOptionsInput): Promise<void> {
    return this.start({ ...input, recordOnly: true });
  }

  /** Throws `conflict` during a broadcast ([W8]). */
  async stopRecording(): Promise<void> {
    if (this.#wanted !== null && this.#wanted.options.recordOnly !== true)
      throw new ProtocolError('conflict', 'The room is on the air: stop the broadcast.');
    await this.stop();
  }

  /** Resolves once it is told; the end itself comes later. */
  async stop(): Promise<void> {
    this.#wanted = null;
    this.#run?.stop();
    await this.settled;
  }

  /** The addresses that everybody has been told, signed anew ([W9]). */
  renewUrls(): Pick<BroadcastView, 'livestreamUrl' | 'playbackHlsUrl'> {
    const { parts, roomId } = this.#options;
    const fresh = parts?.outputs.urls(roomId);
    const renew = (name: 'livestreamUrl' | 'playbackHlsUrl') =>
      this.#toldView?.[name] == null ? null : (fresh?.[name] ?? null);
    return { livestreamUrl: renew('livestreamUrl'), playbackHlsUrl: renew('playbackHlsUrl') };
  }

  /** Throws `conflict` where none is on. */
  async changeLayout(change: BroadcastLayoutChange): Promise<void> {
    const view = this.#view;
    if (!this.#wanted || !view) throw new ProtocolError('conflict', 'No broadcast is on.');
    const layout = changeBroadcastLayout(this.#wanted.options.layout, change);
    this.#wanted = { ...this.#wanted, options: { ...this.#wanted.options, layout } };
    if (this.#wanted.broadcastId === this.#broadcastId) this.#tell({ options: { ...view.options, layout } });
    await this.settled;
  }

  /** Tells players of something at a time of the programme. Throws `conflict` where no broadcast is on, or it cannot be told. */
  mark(mark: Mark): void {
    if (!this.#wanted || !this.#run) throw new ProtocolError('conflict', 'No broadcast is on.');
    this.#run.mark(mark);
  }

  /** The server goes down: what is on is taken up again by the next one; what is about to end does. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#run?.abandon();
    await this.#following;
    await this.settled;
  }

  async #follow(): Promise<void> {
    // A broadcast whose broadcastId is still wanted when it is over ended by itself.
    for (let wanted = this.#wanted; wanted && !this.#closed; wanted = this.#wanted) {
      const { broadcastId } = wanted;
      await this.#runOnce(wanted);
      if (this.#wanted?.broadcastId === broadcastId) this.#wanted = null;
    }
    this.#following = null;
    this.#options.handleOff();
  }

  async #runOnce({ broadcastId, options }: Wanted): Promise<void> {
    const { parts, roomId, stage, clock, logger } = this.#options;
    this.#broadcastId = broadcastId;
    // One that is taken up goes on: its viewers need not look elsewhere.
    this.#tell(this.#isTakenUp ? {} : { ...FRESH, options });
    this.#isTakenUp = false;
    if (!parts) {
      const reason = { code: 'notConfigured', message: 'This server does not broadcast.' } as const;
      this.#tell({ state: 'HLS_FAILED', reason, retrying: false });
      return;
    }
    this.#run = new BroadcastRun({
      ...parts,
      roomId,
      stage,
      broadcastId,
      options,
      startedAt: this.#view?.startedAt ?? null,
      clock,
      logger,
      handleChange: (change) => this.#tell(change),
    });
    await this.#run.run();
    this.#run = null;
  }

  #tell(change: Partial<BroadcastView>): void {
    const view = { ...(this.#view ?? { ...FRESH, options: completeBroadcastOptions({}) }), ...change };
    this.#view = view;
    // Whoever starts it again now starts a new one.
    if (isFinal(view) && this.#wanted?.broadcastId === this.#broadcastId) this.#wanted = null;
    const isOver = view.state === 'HLS_STOPPING' || view.state === 'HLS_STOPPED' || isFinal(view);
    const stored = { broadcastId: this.#broadcastId, on: !isOver, view };
    void this.#telling.run(async () => {
      // A disk that fails does not keep people from seeing what is on.
      await this.#options.save(stored).catch(() => undefined);
      this.#toldView = view;
      if (!this.#closed) this.#options.publish(view);
    });
  }
}

const FRESH = {
  state: 'HLS_STARTING',
  livestreamUrl: null,
  playbackHlsUrl: null,
  startedAt: null,
  reason: null,
  retrying: false,
  recording: null,
} as const satisfies Partial<BroadcastView>;

const isFinal = ({ state, retrying }: BroadcastView): boolean => state === 'HLS_FAILED' && !retrying;

/** What is true of a broadcast that no server in memory runs. */
export function viewOf({ on, view }: StoredBroadcast): BroadcastView {
  if (on) {
    const reason = { code: 'serverRestarted', message: 'The server was restarted.' } as const;
    return { ...view, state: 'HLS_FAILED', reason, retrying: true };
  }
  return isFinal(view) ? view : { ...view, state: 'HLS_STOPPED', livestreamUrl: null, recording: null };
}
