import { join } from 'node:path';
import * as v from 'valibot';
import { roomId } from '../../../src/protocol/index.ts';
import type { Config } from '../config/config.ts';
import type { Logger } from '../logging.ts';
import { systemClock } from '../rooms/clock.ts';
import type { Rooms } from '../rooms/rooms.ts';
import { Broadcasts } from './broadcasts.ts';
import { MediaDelivery } from './delivery/media-delivery.ts';
import type { BroadcastMetrics } from './packager/broadcast-metrics.ts';
import { DiskStorage } from './storage/disk-storage.ts';

interface OpenBroadcastsOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly metrics: BroadcastMetrics;
}

/** The broadcasts as the settings want them. What an earlier server left unfinished is being ended meanwhile. */
export function openBroadcasts({ config, logger, metrics }: OpenBroadcastsOptions): Broadcasts {
  const broadcasts = new Broadcasts({
    storage: new DiskStorage(join(config.data, 'broadcasts')),
    clock: systemClock,
    logger,
    metrics,
  });
  broadcasts.recover().catch((error: unknown) => logger.error({ err: error }, 'recordings not recovered'));
  return broadcasts;
}

/** Answers for the rooms that there are. */
export function createMediaDelivery(broadcasts: Broadcasts, rooms: Rooms): MediaDelivery {
  return new MediaDelivery(broadcasts, async (id) => {
    const parsed = v.safeParse(roomId, id);
    return parsed.success && (await rooms.get(parsed.output)) !== null;
  });
}
