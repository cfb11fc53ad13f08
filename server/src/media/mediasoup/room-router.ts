import type { types } from 'mediasoup';
import { SUBSCRIPTIONS_PER_PARTICIPANT } from './media-options.ts';
import type { PooledWorker } from './pooled-worker.ts';
import { RouterSpeakers, type SpeakerReports } from './router-speakers.ts';
import { StreamPipes } from './stream-pipes.ts';

export interface RoomRouterOptions {
  readonly worker: PooledWorker;
  readonly router: types.Router;
  readonly reports: SpeakerReports;
  readonly handleLost: (router: RoomRouter) => void;
}

/** The part of a room that lives on one worker, gone with the last who sits here. */
export class RoomRouter {
  readonly worker: PooledWorker;
  readonly router: types.Router;
  readonly pipes: StreamPipes;
  readonly speakers: RouterSpeakers;
  readonly #seats = new Set<Seat>();

  constructor({ worker, router, reports, handleLost }: RoomRouterOptions) {
    this.worker = worker;
    this.router = router;
    this.pipes = new StreamPipes(router);
    this.speakers = new RouterSpeakers(router, reports);
    router.once('workerclose', () => handleLost(this));
  }

  get closed(): boolean {
    return this.router.closed;
  }

  takeSeat(): Seat {
    const seat = new Seat(this, () => {
      this.#seats.delete(seat);
      if (this.#seats.size === 0) this.close();
    });
    this.#seats.add(seat);
    return seat;
  }

  close(): void {
    this.router.close();
  }
}

/** A participant's place on a worker, and what it weighs there. */
export class Seat {
  readonly router: RoomRouter;
  readonly #handleLeft: () => void;
  #load = 1;
  #left = false;

  constructor(router: RoomRouter, handleLeft: () => void) {
    this.router = router;
    this.#handleLeft = handleLeft;
    router.worker.changeLoad(this.#load);
  }

  setSubscriptions(count: number): void {
    if (this.#left) return;
    const load = Math.max(1, count / SUBSCRIPTIONS_PER_PARTICIPANT);
    this.router.worker.changeLoad(load - this.#load);
    this.#load = load;
  }

  leave(): void {
    if (this.#left) return;
    this.#left = true;
    this.router.worker.changeLoad(-this.#load);
    this.#handleLeft();
  }
}
