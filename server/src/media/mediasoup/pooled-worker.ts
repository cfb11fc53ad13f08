import { once } from 'node:events';
import { createWorker, type types } from 'mediasoup';
import { isPortFree } from './free-port.ts';
import type { CompleteMediaOptions } from './media-options.ts';
import { routerCodecs } from './router-codecs.ts';
import { watchWorker } from './worker-watch.ts';

/** One socket carries all media of a worker, so the default buffers of the system would drop bursts. Bytes. */
export const SOCKET_BUFFER_BYTES = 4 * 1024 * 1024;
/** How long a worker that was told to end may take before it is made to. */
const CLOSE_TIMEOUT_MS = 2_000;
const END_SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** A worker process with the port that all its transports share. */
export class PooledWorker {
  readonly index: number;
  readonly port: number;
  readonly webRtcServer: types.WebRtcServer;
  readonly #worker: types.Worker;
  readonly #capacity: number;
  #load = 0;

  private constructor(
    index: number,
    port: number,
    worker: types.Worker,
    webRtcServer: types.WebRtcServer,
    capacity: number,
  ) {
    this.index = index;
    this.port = port;
    this.#worker = worker;
    this.webRtcServer = webRtcServer;
    this.#capacity = capacity;
  }

  /** @param ports Where to listen, the first free one wins. */
  static async start(
    index: number,
    ports: Iterable<number>,
    options: CompleteMediaOptions,
    handleDeath: (worker: PooledWorker) => void,
  ): Promise<PooledWorker> {
    const worker = await createUnsignalledWorker({
      logLevel: options.workerLogLevel,
      ...(options.workerBin === undefined ? {} : { workerBin: options.workerBin }),
    });
    try {
      const { port, webRtcServer } = await listenOnFirst(worker, ports, options);
      const pooled = new PooledWorker(index, port, worker, webRtcServer, options.participantsPerWorker);
      // Nobody has heard the event of one that died before now.
      if (worker.closed) throw new Error('The media worker ended while it started');
      worker.once('died', () => handleDeath(pooled));
      watchWorker(worker, () => {
        options.log.error({ workerPid: worker.pid }, 'media worker does not answer');
        pooled.#kill();
      });
      return pooled;
    } catch (error) {
      worker.close();
      throw error;
    }
  }

  get pid(): number {
    return this.#worker.pid;
  }

  get closed(): boolean {
    return this.#worker.closed;
  }

  /** In participants. */
  get load(): number {
    return this.#load;
  }

  get hasRoom(): boolean {
    return this.#load + 1 <= this.#capacity;
  }

  changeLoad(by: number): void {
    this.#load += by;
  }

  createRouter(mediaCodecs: types.RouterRtpCodecCapability[] = routerCodecs): Promise<types.Router> {
    return this.#worker.createRouter({ mediaCodecs });
  }

  /** Settles when the process has ended. */
  async close(): Promise<void> {
    this.#worker.close();
    if (this.#worker.subprocessClosed) return;
    const killing = setTimeout(() => this.#kill(), CLOSE_TIMEOUT_MS);
    await once(this.#worker, 'subprocessclose');
    clearTimeout(killing);
  }

  #kill(): void {
    try {
      process.kill(this.pid, 'SIGKILL');
    } catch {
      // It has ended just now.
    }
  }
}

/** mediasoup closes its workers the moment the process is told to end. Draining rooms comes before that, and is ours to do. */
async function createUnsignalledWorker(settings: types.WorkerSettings): Promise<types.Worker> {
  const before = new Map(END_SIGNALS.map((signal) => [signal, new Set(process.listeners(signal))]));
  const starting = createWorker(settings);
  for (const signal of END_SIGNALS) {
    for (const listener of process.listeners(signal)) {
      if (!before.get(signal)?.has(listener)) process.off(signal, listener);
    }
  }
  return starting;
}

async function listenOnFirst(
  worker: types.Worker,
  ports: Iterable<number>,
  options: CompleteMediaOptions,
): Promise<{ port: number; webRtcServer: types.WebRtcServer }> {
  let failure: unknown = new Error('Every port for media is taken');
  for (const port of ports) {
    if (port > 0 && !(await isPortFree(options.listen, port))) continue;
    try {
      const webRtcServer = await worker.createWebRtcServer({ listenInfos: listenInfos(options.listen, port) });
      return { port, webRtcServer };
    } catch (error) {
      failure = error;
      if (worker.closed) break;
    }
  }
  throw failure;
}

function listenInfos(
  { address, announced, udp = true, tcp = true }: CompleteMediaOptions['listen'],
  port: number,
): types.TransportListenInfo[] {
  const protocols: types.TransportProtocol[] = [...(udp ? (['udp'] as const) : []), ...(tcp ? (['tcp'] as const) : [])];
  const [announcedAddress] = announced ?? [];
  return protocols.map((protocol) => ({
    protocol,
    ip: address,
    port,
    ...(announcedAddress === undefined ? {} : { announcedAddress }),
    ...(protocol === 'udp' ? { sendBufferSize: SOCKET_BUFFER_BYTES, recvBufferSize: SOCKET_BUFFER_BYTES } : {}),
  }));
}
