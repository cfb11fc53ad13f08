import type { types } from 'mediasoup';
import { ProtocolError } from '../../../../src/protocol/index.ts';
import type { PayloadTypes } from '../media.ts';
import { toProtocolError } from './media-errors.ts';
import type { PooledWorker } from './pooled-worker.ts';
import { RoomRouter, type Seat } from './room-router.ts';
import { codecsWith } from './router-codecs.ts';
import type { SpeakerReports } from './router-speakers.ts';
import type { WorkerPool } from './worker-pool.ts';

/** A worker may die between being chosen and being used; the next one is tried. */
const MAX_ATTEMPTS = 3;
/** Of one room. Browsers and players of one make name the same, and each router is sent every stream that is watched there. */
const MAX_NAMED_ROUTERS = 16;

export interface RoomPlacementOptions {
  readonly pool: WorkerPool;
  readonly reports: SpeakerReports;
  readonly handleLost: (router: RoomRouter) => void;
}

/**
 * Seats the participants of one room: on one worker as long as it has room, since whatever crosses workers costs twice,
 * then on the next. A room that nobody publishes to or watches occupies none.
 */
export class RoomPlacement {
  readonly #options: RoomPlacementOptions;
  readonly #routers = new Map<PooledWorker, RoomRouter>();
  /** Those whose receivers have named payload types, by the types. */
  readonly #namedRouters = new Map<string, RoomRouter>();
  #lastPlacing: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(options: RoomPlacementOptions) {
    this.#options = options;
  }

  get routers(): readonly RoomRouter[] {
    return [...this.#routers.values(), ...this.#namedRouters.values()].filter((router) => !router.closed);
  }

  /**
   * One after the other, since two at a time would both find no router and make two.
   * @throws ProtocolError `unavailable`
   */
  takeSeat(payloadTypes?: PayloadTypes): Promise<Seat> {
    const placing = this.#lastPlacing.then(() => this.#findSeat(payloadTypes));
    this.#lastPlacing = placing.catch(() => {});
    return placing;
  }

  close(): void {
    this.#closed = true;
    for (const router of this.routers) router.close();
    this.#routers.clear();
    this.#namedRouters.clear();
  }

  async #findSeat(payloadTypes: PayloadTypes | undefined): Promise<Seat> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const router = payloadTypes
          ? await this.#named(payloadTypes)
          : (this.#present() ?? (await this.#createRouter()));
        if (!this.#closed) return router.takeSeat();
        router.close();
      } catch (error) {
        if (attempt === MAX_ATTEMPTS) throw toProtocolError(error, 'unavailable');
      }
      if (this.#closed) throw new ProtocolError('unavailable', 'The room is closed');
    }
  }

  /** The router to go on with, unless another worker is the better place. */
  #present(): RoomRouter | undefined {
    const [present] = [...this.#routers.values()]
      .filter(({ closed }) => !closed)
      .toSorted((a, b) => a.worker.load - b.worker.load);
    if (present === undefined || present.worker.hasRoom) return present;
    return this.#elsewhere()?.hasRoom === true ? undefined : present;
  }

  #elsewhere(): PooledWorker | undefined {
    return this.#options.pool.leastLoaded((worker) => this.#routers.get(worker)?.closed === false);
  }

  async #createRouter(): Promise<RoomRouter> {
    await this.#options.pool.ready();
    const worker = this.#elsewhere();
    if (worker === undefined) throw new ProtocolError('unavailable', 'No media worker is running', 1_000);
    const router = await this.#openRouter(worker, undefined, () => this.#routers.delete(worker));
    this.#routers.set(worker, router);
    return router;
  }

  /** One for all who have named the same: streams are renumbered on their way there. */
  async #named(payloadTypes: PayloadTypes): Promise<RoomRouter> {
    const key = JSON.stringify(payloadTypes);
    const present = this.#namedRouters.get(key);
    if (present?.closed === false) return present;
    if (this.#openNamed().length >= MAX_NAMED_ROUTERS) {
      throw new ProtocolError('unavailable', 'Too many receivers have each named payload types of their own');
    }
    await this.#options.pool.ready();
    const worker = this.#options.pool.leastLoaded();
    if (worker === undefined) throw new ProtocolError('unavailable', 'No media worker is running', 1_000);
    const router = await this.#openRouter(worker, codecsWith(payloadTypes), () => this.#namedRouters.delete(key));
    this.#namedRouters.set(key, router);
    return router;
  }

  #openNamed(): RoomRouter[] {
    for (const [key, { closed }] of this.#namedRouters) if (closed) this.#namedRouters.delete(key);
    return [...this.#namedRouters.values()];
  }

  async #openRouter(
    worker: PooledWorker,
    codecs: types.RouterRtpCodecCapability[] | undefined,
    forget: () => void,
  ): Promise<RoomRouter> {
    const { reports, handleLost } = this.#options;
    return new RoomRouter({
      worker,
      router: await worker.createRouter(codecs),
      reports,
      handleLost: (lost) => {
        forget();
        handleLost(lost);
      },
    });
  }
}
