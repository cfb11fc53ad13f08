import type { ErrorCode, EventName } from '../../../src/protocol/index.ts';

/** What rooms and sockets report as it happens. Gauges are read from `Rooms.statistics()`. */
export interface RoomMetrics {
  /** A socket opened; `refused` by the limit of its address. */
  socketOpened(outcome: 'accepted' | 'refused'): void;
  /** A socket closed; `code` is that of the `bye`, if the server said one. */
  socketClosed(code: ErrorCode | 'dead' | 'slow' | null): void;
  /** A hello was answered. */
  helloAnswered(outcome: 'joined' | 'resumed' | ErrorCode): void;
  /** A request was answered. `name` is one of the protocol's, or `unknown`. */
  requestAnswered(name: string, outcome: 'ok' | ErrorCode, durationMs: number): void;
  /** An event went out to so many sockets. */
  eventPublished(name: EventName, recipients: number): void;
}

export const noMetrics: RoomMetrics = {
  socketOpened() {},
  socketClosed() {},
  helloAnswered() {},
  requestAnswered() {},
  eventPublished() {},
};
