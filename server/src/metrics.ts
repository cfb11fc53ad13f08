import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { BroadcastMetrics } from './broadcast/packager/broadcast-metrics.ts';
import type { MediaStatistics } from './media/media.ts';
import type { RoomMetrics } from './rooms/metrics.ts';

/** What is counted at the moment of the scrape. */
export interface MetricSources {
  readonly rooms: () => { readonly rooms: number; readonly participants: number; readonly sockets: number };
  readonly media: () => MediaStatistics;
  /** WHIP and WHEP sessions. */
  readonly sessions: () => number;
  readonly broadcasts: () => { readonly broadcasts: number; readonly readersWaiting: number };
}

export interface Metrics extends RoomMetrics, BroadcastMetrics {
  /** Reads the gauges from now on. */
  observe(sources: MetricSources): void;
  /** An HTTP request was answered; `route` is its pattern, never its address. */
  httpAnswered(method: string, route: string, status: number, durationMs: number): void;
  /** An attempt to deliver a webhook ended. */
  webhookAttempted(outcome: 'delivered' | 'retried' | 'failed'): void;
  /** The Prometheus text format. */
  render(): Promise<{ readonly contentType: string; readonly text: string }>;
  close(): void;
}

/** Everything at `/metrics`: what rooms and sockets report, gauges of rooms and media, and Node's own (event loop lag, memory). */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const secondsBuckets = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10];

  const sockets = new Counter({
    name: 'ils_sockets_total',
    help: 'WebSockets opened, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const closedSockets = new Counter({
    name: 'ils_sockets_closed_total',
    help: 'WebSockets closed, by the code of the bye; "none" where the client went.',
    labelNames: ['code'],
    registers,
  });
  const hellos = new Counter({
    name: 'ils_hellos_total',
    help: 'Joins and returns, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const requests = new Histogram({
    name: 'ils_request_seconds',
    help: 'Requests over the WebSocket: time to the reply.',
    labelNames: ['name', 'outcome'],
    buckets: secondsBuckets,
    registers,
  });
  const events = new Counter({
    name: 'ils_events_total',
    help: 'Room events published.',
    labelNames: ['name'],
    registers,
  });
  const messages = new Counter({
    name: 'ils_event_messages_total',
    help: 'Room events as sent to sockets, one for each recipient.',
    labelNames: ['name'],
    registers,
  });
  const http = new Histogram({
    name: 'ils_http_request_seconds',
    help: 'HTTP requests: time to the answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: secondsBuckets,
    registers,
  });
  const webhooks = new Counter({
    name: 'ils_webhook_attempts_total',
    help: 'Attempts to deliver a webhook, by outcome; "failed" was the last one.',
    labelNames: ['outcome'],
    registers,
  });
  const parts = new Counter({
    name: 'ils_broadcast_parts_total',
    help: 'Parts of broadcasts cut.',
    labelNames: ['track'],
    registers,
  });
  const deliveredBytes = new Counter({
    name: 'ils_broadcast_sent_bytes_total',
    help: 'Bytes of broadcasts sent to readers.',
    labelNames: ['kind'],
    registers,
  });
  const deliveries = new Counter({
    name: 'ils_broadcast_answers_total',
    help: 'Answers to readers of broadcasts.',
    labelNames: ['kind', 'status'],
    registers,
  });
  const packagedBytes = new Counter({
    name: 'ils_broadcast_packaged_bytes_total',
    help: 'Bytes of parts cut.',
    labelNames: ['track'],
    registers,
  });
  const storedBytes = new Counter({
    name: 'ils_broadcast_stored_bytes_total',
    help: 'Bytes of broadcasts stored.',
    registers,
  });
  const lostSegments = new Counter({
    name: 'ils_broadcast_segments_lost_total',
    help: 'Segments that the storage did not take and that are lost to the recording.',
    registers,
  });
  const gauge = (name: string, help: string, read: () => number) => {
    // A gauge that reads itself at each scrape lives in the registry alone.
    void new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  };

  return {
    socketOpened: (outcome) => sockets.inc({ outcome }),
    socketClosed: (code) => closedSockets.inc({ code: code ?? 'none' }),
    helloAnswered: (outcome) => hellos.inc({ outcome }),
    requestAnswered: (name, outcome, durationMs) => requests.observe({ name, outcome }, durationMs / 1_000),
    eventPublished: (name, recipients) => {
      events.inc({ name });
      messages.inc({ name }, recipients);
    },
    httpAnswered: (method, route, status, durationMs) => http.observe({ method, route, status }, durationMs / 1_000),
    webhookAttempted: (outcome) => webhooks.inc({ outcome }),
    partMade: (track, bytes) => {
      parts.inc({ track });
      packagedBytes.inc({ track }, bytes);
    },
    delivered: (kind, status, bytes) => {
      deliveries.inc({ kind, status });
      deliveredBytes.inc({ kind }, bytes);
    },
    stored: (bytes) => storedBytes.inc(bytes),
    segmentLost: () => lostSegments.inc(),
    observe: ({ rooms, media, sessions, broadcasts }) => {
      gauge('ils_http_sessions', 'WHIP and WHEP sessions open.', sessions);
      gauge('ils_rooms', 'Rooms in memory.', () => rooms().rooms);
      gauge('ils_participants', 'Participants in all rooms.', () => rooms().participants);
      gauge('ils_sockets', 'WebSockets open.', () => rooms().sockets);
      gauge('ils_media_workers', 'Media workers alive.', () => media().workers);
      gauge('ils_media_worker_deaths', 'Media workers that died since the start.', () => media().workerDeaths);
      gauge('ils_media_transports', 'Media transports open.', () => media().transports);
      gauge('ils_media_streams', 'Streams published.', () => media().streams);
      gauge('ils_media_subscriptions', 'Streams received, one for each receiver.', () => media().subscriptions);
      gauge('ils_broadcasts', 'Broadcasts going on.', () => broadcasts().broadcasts);
      gauge(
        'ils_broadcast_readers_waiting',
        'Readers held until a playlist goes on.',
        () => broadcasts().readersWaiting,
      );
    },
    render: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
    close: () => registry.clear(),
  };
}
