import { EventEmitter, on } from 'node:events';
import { obtainWorker } from '../../../server/worker/obtain-worker.ts';
import { createMedia, type MediasoupMedia } from '../../../server/src/media/mediasoup/create-media.ts';
import type { MediaOptions } from '../../../server/src/media/mediasoup/media-options.ts';
import type { RoomMedia, RoomMediaObserver } from '../../../server/src/media/media.ts';
import { noLogger } from '../../../server/src/rooms/logger.ts';
import type { ParticipantId, RoomId, StreamId, SubscriptionId, TransportId } from '../../../src/protocol/index.ts';

export const participant = (id: string) => id as ParticipantId;
export const room = (id: string) => id as RoomId;
export const stream = (id: string) => id as StreamId;
export const transport = (id: string) => id as TransportId;
export const subscription = (id: string) => id as SubscriptionId;

const { path: workerBin } = await obtainWorker({ log: (line) => console.log(line) });

/** Real workers on free ports of the loopback address. */
export function startMedia(options: Partial<MediaOptions> = {}): Promise<MediasoupMedia> {
  return createMedia({
    workerBin,
    workers: 1,
    listen: { address: '127.0.0.1', ports: { from: 0, to: 0 } },
    workerLogLevel: 'none',
    log: noLogger,
    ...options,
  });
}

export type ObserverEvent = {
  [Name in keyof RoomMediaObserver]: {
    readonly name: Name;
    readonly data: Parameters<RoomMediaObserver[Name]>;
    readonly atMs: number;
  };
}[keyof RoomMediaObserver];

type DistributiveOmit<T, Key extends PropertyKey> = T extends unknown ? Omit<T, Key> : never;

/** Remembers what the SFU told, and waits for what it has yet to tell. */
export class ObserverRecord implements RoomMediaObserver {
  readonly events: ObserverEvent[] = [];
  readonly #emitter = new EventEmitter();

  streamLost(...data: Parameters<RoomMediaObserver['streamLost']>) {
    this.#add({ name: 'streamLost', data });
  }
  activeSpeakerChanged(...data: Parameters<RoomMediaObserver['activeSpeakerChanged']>) {
    this.#add({ name: 'activeSpeakerChanged', data });
  }
  levelsMeasured(...data: Parameters<RoomMediaObserver['levelsMeasured']>) {
    this.#add({ name: 'levelsMeasured', data });
  }
  transportChanged(...data: Parameters<RoomMediaObserver['transportChanged']>) {
    this.#add({ name: 'transportChanged', data });
  }
  qualityMeasured(...data: Parameters<RoomMediaObserver['qualityMeasured']>) {
    this.#add({ name: 'qualityMeasured', data });
  }
  subscriptionEnded(...data: Parameters<RoomMediaObserver['subscriptionEnded']>) {
    this.#add({ name: 'subscriptionEnded', data });
  }
  subscriptionLayerChanged(...data: Parameters<RoomMediaObserver['subscriptionLayerChanged']>) {
    this.#add({ name: 'subscriptionLayerChanged', data });
  }
  mediaReset(...data: Parameters<RoomMediaObserver['mediaReset']>) {
    this.#add({ name: 'mediaReset', data });
  }

  of<Name extends keyof RoomMediaObserver>(name: Name): Parameters<RoomMediaObserver[Name]>[] {
    return this.events
      .filter((event) => event.name === name)
      .map(({ data }) => data as Parameters<RoomMediaObserver[Name]>);
  }

  /** Settles when it holds, checked at once and after each event. */
  async until(isFulfilled: () => boolean, what: string, timeLimitMs = 10_000): Promise<void> {
    if (isFulfilled()) return;
    const signal = AbortSignal.timeout(timeLimitMs);
    try {
      for await (const _ of on(this.#emitter, 'event', { signal })) if (isFulfilled()) return;
    } catch (error) {
      throw new Error(`Not in ${timeLimitMs} ms: ${what}. Told so far: ${JSON.stringify(this.events)}`, {
        cause: error,
      });
    }
  }

  #add(event: DistributiveOmit<ObserverEvent, 'atMs'>): void {
    this.events.push({ ...event, atMs: performance.now() });
    this.#emitter.emit('event');
  }
}

/** Asks again until it holds: for facts that no event tells. */
export async function eventually(isFulfilled: () => boolean, what: string, timeLimitMs = 10_000): Promise<void> {
  const giveUpAtMs = performance.now() + timeLimitMs;
  while (!isFulfilled()) {
    if (performance.now() > giveUpAtMs) throw new Error(`Not in ${timeLimitMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export interface TestRoom {
  readonly room: RoomMedia;
  readonly told: ObserverRecord;
}

export async function openRoom(media: MediasoupMedia, id = 'launch'): Promise<TestRoom> {
  const told = new ObserverRecord();
  return { room: await media.createRoom(room(id), told), told };
}
