/** Bounds that both ends know. The server enforces them; the client keeps to them ([L1]–[L5]). */
export const LIMITS = {
  /** Longest inbound frame in bytes of UTF-8. A longer one closes the socket. */
  frameBytes: 64 * 1024,
  /** Chat text in UTF-16 code units. */
  chatTextLength: 2_000,
  nameLength: 80,
  tokenLength: 8_192,
  pageSize: 100,
  /** Requests that may wait for their reply at one time on one socket. */
  pendingRequests: 64,
  /** Events a participant may miss and still be given one by one; beyond that a snapshot. */
  replayedEvents: 2_000,
} as const;

/** Heartbeat ([B1]): the client pings, either end gives a silent link up. Milliseconds. */
export const HEARTBEAT = { intervalMs: 1_500, deadAfterMs: 4_500 } as const;

/** How long the server keeps the place of a participant whose socket broke ([R2]). Milliseconds. */
export const RESUME_GRACE_MS = 30_000;

/** How long a request waits for its reply before it fails with `timeout` ([Q4]). Milliseconds. */
export const REQUEST_TIMEOUT_MS = 10_000;

/** How long an offered role may be accepted ([P3]). Milliseconds. */
export const ROLE_OFFER_MS = 60_000;
