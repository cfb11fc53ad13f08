import { setLogEventListeners } from 'mediasoup';
import { ProtocolError } from '../../../../src/protocol/index.ts';
import type { Media, MediaStatistics } from '../media.ts';
import type { Logger } from '../../rooms/logger.ts';
import { completeOptions, type MediaOptions } from './media-options.ts';
import { MediasoupRoomMedia } from './room-media.ts';
import { WorkerPool } from './worker-pool.ts';

export interface MediasoupStatistics extends MediaStatistics {
  readonly rooms: number;
  /** Parts of rooms, each on a worker of its own. */
  readonly routers: number;
  /** Streams that cross from one worker to another. */
  readonly pipes: number;
  /** Of each living worker, in participants; {@link MediaOptions.participantsPerWorker} is full. */
  readonly loads: readonly { readonly pid: number; readonly port: number; readonly load: number }[];
}

export interface MediasoupMedia extends Media {
  statistics(): MediasoupStatistics;
}

/**
 * Starts the SFU: its workers run and listen when this settles.
 * @throws Error when a worker does not start or finds no port.
 */
export async function createMedia(given: MediaOptions): Promise<MediasoupMedia> {
  const options = completeOptions(given);
  logMediasoup(options.log);
  const pool = await WorkerPool.start(options);
  const rooms = new Set<MediasoupRoomMedia>();
  let closing: Promise<void> | undefined;
  return {
    async createRoom(id, observer) {
      if (closing) throw new ProtocolError('unavailable', 'The server is closing');
      const room = new MediasoupRoomMedia({ id, pool, options, observer, handleClosed: () => rooms.delete(room) });
      rooms.add(room);
      return room;
    },
    statistics() {
      const counts = [...rooms].map((room) => room.count());
      const total = (name: 'transports' | 'streams' | 'subscriptions' | 'routers' | 'pipes') =>
        counts.reduce((sum, count) => sum + count[name], 0);
      return {
        workers: pool.workers.length,
        workerDeaths: pool.deaths,
        transports: total('transports'),
        streams: total('streams'),
        subscriptions: total('subscriptions'),
        rooms: rooms.size,
        routers: total('routers'),
        pipes: total('pipes'),
        loads: pool.workers.map(({ pid, port, load }) => ({ pid, port, load })),
      };
    },
    close() {
      closing ??= (async () => {
        for (const room of rooms) room.close();
        await pool.close();
      })();
      return closing;
    },
  };
}

/** Of a worker that was just answering when it was told to close: nobody listens any more, as was meant. */
const LAST_WORDS = /UnixStreamSocketHandle::Write\(\) \| .*: broken pipe$/;

/** Refusals are written by workers as warnings; here they are answers to clients, so nothing to warn of. */
function logMediasoup(log: Logger): void {
  setLogEventListeners({
    onwarn: (namespace, line) => log.debug({ namespace }, line),
    onerror(namespace, line, error) {
      if (LAST_WORDS.test(line)) log.debug({ namespace }, line);
      else log.error({ namespace, err: error }, line);
    },
  });
}
