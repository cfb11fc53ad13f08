/** One announcement on its way to one address. */
export interface WebhookDelivery extends WebhookDraft {
  /** Counts up; later deliveries have higher ones. */
  readonly number: number;
  /** How often it was tried. */
  readonly attempts: number;
  readonly state: WebhookState;
  /** When it is tried next, or was settled. Milliseconds since the epoch. */
  readonly at: number;
  /** Why the last attempt failed; `null` where none did. */
  readonly failure: string | null;
}

export interface WebhookDraft {
  /** The announcement's own; the same for every address and every attempt. */
  readonly id: string;
  readonly url: string;
  readonly type: string;
  readonly roomId: string;
  /** JSON, as it is sent. */
  readonly body: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

export const WEBHOOK_STATES = ['waiting', 'delivered', 'failed'] as const;
export type WebhookState = (typeof WEBHOOK_STATES)[number];

export interface WebhookPageQuery {
  readonly state: WebhookState | undefined;
  readonly roomId: string | undefined;
  /** Only those of a lower number: the newest come first. */
  readonly before: number;
  readonly limit: number;
}

export interface WebhookOutcome extends Pick<WebhookDelivery, 'number' | 'attempts' | 'state' | 'at' | 'failure'> {
  /** When the attempt was due. */
  readonly dueAt: number;
}

/** What is still to be told outlives the process. */
export interface WebhookStore {
  /** Settles once they are on disk. */
  addDeliveries(drafts: readonly WebhookDraft[]): Promise<void>;
  /** Waiting ones of an address whose time has come, oldest first. */
  dueDeliveries(url: string, now: number, limit: number): Promise<readonly WebhookDelivery[]>;
  /** When the next one waiting for an address falls due; `null` where none waits. */
  nextDueAt(url: string): Promise<number | null>;
  /** Does nothing where the delivery is to be sent again from a later moment on: that was asked for during the attempt. */
  saveOutcome(outcome: WebhookOutcome): Promise<void>;
  /** Newest first. */
  listDeliveries(query: WebhookPageQuery): Promise<readonly WebhookDelivery[]>;
  /** Sends one again from the first attempt on; `false` where there is no such delivery. */
  replayDelivery(number: number, now: number): Promise<boolean>;
  /** Forgets what was settled before `settledBefore`. */
  pruneDeliveries(settledBefore: number): Promise<void>;
}
