import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import { Broadcasts, type BroadcastsOptions } from '../../../server/src/broadcast/broadcasts.ts';
import { MediaDelivery } from '../../../server/src/broadcast/delivery/media-delivery.ts';
import { DiskStorage } from '../../../server/src/broadcast/storage/disk-storage.ts';
import { createBroadcastMediaEndpoints } from '../../../server/src/http/routes/broadcast-media.ts';
import { systemClock } from '../../../server/src/rooms/clock.ts';
import { noLogger } from '../../../server/src/rooms/logger.ts';

export interface BroadcastServer {
  readonly origin: string;
  readonly broadcasts: Broadcasts;
  readonly folder: string;
  readonly close: () => Promise<void>;
}

/** Broadcasts over real HTTP on a free port of loopback, recorded to a folder of their own. There is every room but `nowhere`. */
export async function startBroadcastServer(options: Partial<BroadcastsOptions> = {}): Promise<BroadcastServer> {
  const folder = await mkdtemp(join(tmpdir(), 'ils-broadcast-'));
  const broadcasts = new Broadcasts({
    storage: new DiskStorage(folder),
    clock: systemClock,
    logger: noLogger,
    ...options,
  });
  const app = fastify({ forceCloseConnections: true });
  const delivery = new MediaDelivery(broadcasts, async (id) => id !== 'nowhere');
  await app.register(createBroadcastMediaEndpoints(delivery, broadcasts.metrics).register);
  await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    origin: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    broadcasts,
    folder,
    close: async () => {
      await broadcasts.close();
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
