import { ProtocolError } from '../../../../src/protocol/index.ts';
import type { CompleteMediaOptions } from './media-options.ts';
import { PooledWorker } from './pooled-worker.ts';

/** How long a request waits when no worker lives; a new one starts in a tenth of that. */
const WAIT_FOR_WORKER_MS = 5_000;
/** Pauses before each further try to start a worker that would not. */
const RESTART_DELAYS_MS = [0, 250, 500, 1_000, 2_000, 5_000];

/** The worker processes. One that dies is replaced, on the same port. */
export class WorkerPool {
  readonly #options: CompleteMediaOptions;
  readonly #workers = new Map<number, PooledWorker>();
  readonly #waiting = new Set<() => void>();
  readonly #restarts = new Set<NodeJS.Timeout>();
  readonly #starts = new Set<Promise<void>>();
  #deaths = 0;
  #closing: Promise<void> | undefined;

  private constructor(options: CompleteMediaOptions) {
    this.#options = options;
  }

  static async start(options: CompleteMediaOptions): Promise<WorkerPool> {
    const pool = new WorkerPool(options);
    try {
      // One after the other, so that each finds out which ports are left.
      for (let index = 0; index < options.workers; index += 1) await pool.#startWorker(index);
    } catch (error) {
      await pool.close();
      throw error;
    }
    return pool;
  }

  get deaths(): number {
    return this.#deaths;
  }

  /** Those that live. */
  get workers(): readonly PooledWorker[] {
    return [...this.#workers.values()].filter((worker) => !worker.closed);
  }

  leastLoaded(except: (worker: PooledWorker) => boolean = () => false): PooledWorker | undefined {
    return this.workers.filter((worker) => !except(worker)).toSorted((a, b) => a.load - b.load)[0];
  }

  /**
   * Settles when a worker lives.
   * @throws ProtocolError `unavailable`
   */
  async ready(): Promise<void> {
    if (this.workers.length > 0) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(givingUp);
        this.#waiting.delete(done);
        resolve();
      };
      const givingUp = setTimeout(done, this.#closing ? 0 : WAIT_FOR_WORKER_MS);
      this.#waiting.add(done);
    });
    if (this.workers.length === 0) throw new ProtocolError('unavailable', 'No media worker is running', 1_000);
  }

  /** Settles when all processes have ended. */
  close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    for (const restart of this.#restarts) clearTimeout(restart);
    this.#wake();
    await Promise.all(this.#starts);
    await Promise.all([...this.#workers.values()].map((worker) => worker.close()));
  }

  async #startWorker(index: number): Promise<void> {
    const worker = await PooledWorker.start(index, this.#freePorts(index), this.#options, (dead) =>
      this.#handleDeath(dead),
    );
    this.#workers.set(index, worker);
    if (this.#closing) await worker.close();
    this.#options.log.info({ workerPid: worker.pid, port: worker.port }, 'media worker started');
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
  }

  /** First the port that a dead worker of this index had, then the others from the lowest. */
  #freePorts(index: number): number[] {
    const { from, to } = this.#options.listen.ports;
    if (from === 0) return [0];
    const former = this.#workers.get(index)?.port;
    const taken = new Set(this.workers.map((worker) => worker.port));
    const range = Array.from({ length: to - from + 1 }, (_, offset) => from + offset);
    return [...new Set(former === undefined ? range : [former, ...range])].filter((port) => !taken.has(port));
  }

  #handleDeath(worker: PooledWorker): void {
    this.#deaths += 1;
    this.#options.log.error({ workerPid: worker.pid }, 'media worker died');
    this.#restart(worker.index, 0);
  }

  #restart(index: number, attempt: number): void {
    if (this.#closing) return;
    const delayMs = RESTART_DELAYS_MS[Math.min(attempt, RESTART_DELAYS_MS.length - 1)];
    const restart = setTimeout(() => {
      this.#restarts.delete(restart);
      const start = this.#startWorker(index)
        .catch((error: unknown) => {
          this.#options.log.error({ err: error }, 'media worker did not start');
          this.#restart(index, attempt + 1);
        })
        .finally(() => this.#starts.delete(start));
      this.#starts.add(start);
    }, delayMs);
    this.#restarts.add(restart);
  }
}
