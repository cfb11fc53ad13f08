import { ProtocolError } from '../../../../src/protocol/index.ts';
import { toProtocolError } from './media-errors.ts';
import type { PooledWorker } from './pooled-worker.ts';
import { RoomRouter, type Seat } from './room-router.ts';
import type { SpeakerReports } from './router-speakers.ts';
import type { WorkerPool } from './worker-pool.ts';

/** A worker may die between being chosen and being used; the next one is tried. */
const MAX_ATTEMPTS = 3;

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
  #lastPlacing: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(options: RoomPlacementOptions) {
    this.#options = options;
  }

  get routers(): readonly RoomRouter[] {
    return [...this.#routers.values()].filter((router) => !router.closed);
  }

  /**
   * One after the other, since two at a time would both find no router and make two.
   * @throws ProtocolError `unavailable`
   */
  takeSeat(): Promise<Seat> {
    const placing = this.#lastPlacing.then(() => this.#findSeat());
    this.#lastPlacing = placing.catch(() => {});
    return placing;
  }

  close(): void {
    this.#closed = true;
    for (const router of this.routers) router.close();
    this.#routers.clear();
  }

  async #findSeat(): Promise<Seat> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const router = this.#present() ?? (await this.#createRouter());
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
    const [present] = this.routers.toSorted((a, b) => a.worker.load - b.worker.load);
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
    const router = new RoomRouter({
      worker,
      router: await worker.createRouter(),
      reports: this.#options.reports,
      handleLost: (lost) => {
        this.#routers.delete(worker);
        this.#options.handleLost(lost);
      },
    });
    this.#routers.set(worker, router);
    return router;
  }
}
