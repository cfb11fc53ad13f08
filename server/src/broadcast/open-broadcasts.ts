import { join } from 'node:path';
import * as v from 'valibot';
import { roomId } from '../../../src/protocol/index.ts';
import type { Config } from '../config/config.ts';
import type { Logger } from '../logging.ts';
import { systemClock, type Clock } from '../rooms/clock.ts';
import type { Announcer } from '../rooms/announcer.ts';
import type { Rooms } from '../rooms/rooms.ts';
import type { RoomTemplate } from '../rooms/templates.ts';
import type { RecordingStore } from '../store/recording-store.ts';
import type { RoomStore } from '../store/room-store.ts';
import { Broadcasts } from './broadcasts.ts';
import { createStoredCaptions } from './captions/caption-source.ts';
import { MediaDelivery } from './delivery/media-delivery.ts';
import type { BroadcastMetrics } from './packager/broadcast-metrics.ts';
import { createCaptionSource, createGiftSource, createPollSource } from './recordings/feature-events.ts';
import { createChatSource } from './recordings/recorded-events.ts';
import { Recordings } from './recordings/recordings.ts';
import { DiskStorage } from './storage/disk-storage.ts';
import { LimitedStorage } from './storage/limited-storage.ts';
import { S3Storage } from './storage/s3-storage.ts';
import type { SegmentStorage } from './storage/segment-storage.ts';

/** Recordings lie beside the database: a disk that they have filled would silence the chat too. */
const LEFT_TO_DATABASE = 64 * 1_024 * 1_024;

interface OpenBroadcastsOptions {
  readonly config: Config;
  /** Signs addresses, where they are signed. */
  readonly secret: string | undefined;
  readonly logger: Logger;
  readonly metrics: BroadcastMetrics;
  readonly rooms: RoomStore;
  readonly store: RecordingStore;
  readonly templates: readonly RoomTemplate[];
  readonly announcer: Announcer;
  /** By which recordings expire. */
  readonly clock: Clock;
}

interface OpenBroadcasts {
  readonly broadcasts: Broadcasts;
  readonly recordings: Recordings;
}

/** Broadcasts and recordings as the settings want them. What an earlier server left unfinished is being ended meanwhile. */
export function openBroadcasts(options: OpenBroadcastsOptions): OpenBroadcasts {
  const { config, secret, logger, metrics, rooms, store, templates, announcer, clock } = options;
  const { broadcastOrigin, broadcastUrlTtlSeconds } = config;
  const storage = openStorage(config);
  const recordings = new Recordings({
    store,
    storage,
    announcer,
    clock,
    logger,
    eventSources: [
      createChatSource(rooms),
      createPollSource(rooms.features.polls),
      createGiftSource(rooms.features.gifts),
      createCaptionSource(rooms.features.captions),
    ],
    addresses: () => broadcasts.addresses,
    forget: (recording) => broadcasts.forget(recording),
    retentionDays: async (id) => {
      const parsed = v.safeParse(roomId, id);
      const room = parsed.success ? await rooms.findRoom(parsed.output) : null;
      const template = templates.find(({ name }) => name === room?.template);
      return template?.recordings?.retentionDays ?? config.recordingRetentionDays;
    },
  });
  const broadcasts = new Broadcasts({
    storage,
    clock: systemClock,
    logger,
    metrics,
    recordings,
    captions: createStoredCaptions(rooms.features.captions),
    packaging: { partMs: config.broadcastPartMs, segmentMs: config.broadcastSegmentMs },
    renditions: config.broadcastRenditions,
    ...(broadcastOrigin === undefined ? {} : { publicOrigin: new URL(broadcastOrigin).origin }),
    ...(broadcastUrlTtlSeconds > 0 && secret !== undefined
      ? { signing: { secret, ttlMs: broadcastUrlTtlSeconds * 1_000 } }
      : {}),
  });
  broadcasts.recover().catch((error: unknown) => logger.error({ err: error }, 'recordings not recovered'));
  return { broadcasts, recordings };
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
    const disk = new DiskStorage(join(config.data, 'broadcasts'), { reserveBytes: LEFT_TO_DATABASE });
    return new LimitedStorage(disk, systemClock);
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
