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
import { S3Storage } from './storage/s3-storage.ts';
import type { SegmentStorage } from './storage/segment-storage.ts';

interface OpenBroadcastsOptions {
  readonly config: Config;
  /** Signs addresses, where they are signed. */
  readonly secret: string | undefined;
  readonly logger: Logger;
  readonly metrics: BroadcastMetrics;
}

/** The broadcasts as the settings want them. What an earlier server left unfinished is being ended meanwhile. */
export function openBroadcasts({ config, secret, logger, metrics }: OpenBroadcastsOptions): Broadcasts {
  const { broadcastOrigin, broadcastUrlTtlSeconds } = config;
  const broadcasts = new Broadcasts({
    storage: openStorage(config),
    clock: systemClock,
    logger,
    metrics,
    packaging: { partMs: config.broadcastPartMs, segmentMs: config.broadcastSegmentMs },
    ...(broadcastOrigin === undefined ? {} : { publicOrigin: new URL(broadcastOrigin).origin }),
    ...(broadcastUrlTtlSeconds > 0 && secret !== undefined
      ? { signing: { secret, ttlMs: broadcastUrlTtlSeconds * 1_000 } }
      : {}),
  });
  broadcasts.recover().catch((error: unknown) => logger.error({ err: error }, 'recordings not recovered'));
  return broadcasts;
}

function openStorage(config: Config): SegmentStorage {
  const {
    broadcastS3Endpoint: endpoint,
    broadcastS3Bucket: bucket,
    broadcastS3AccessKey: accessKeyId,
    broadcastS3SecretKey: secretAccessKey,
    broadcastS3Region: region,
    broadcastS3Prefix: prefix,
  } = config;
  if (endpoint === undefined || bucket === undefined || accessKeyId === undefined || secretAccessKey === undefined) {
    return new DiskStorage(join(config.data, 'broadcasts'));
  }
  return new S3Storage({ endpoint, bucket, region, accessKeyId, secretAccessKey, prefix });
}

/** Answers for the rooms that there are. */
export function createMediaDelivery(broadcasts: Broadcasts, rooms: Rooms): MediaDelivery {
  return new MediaDelivery(broadcasts, async (id) => {
    const parsed = v.safeParse(roomId, id);
    return parsed.success && (await rooms.get(parsed.output)) !== null;
  });
}
