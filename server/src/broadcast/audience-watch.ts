import type { Clock } from '../rooms/clock.ts';
import type { Logger } from '../rooms/logger.ts';
import type { Roles } from '../rooms/templates.ts';
import type { BroadcastPolicy } from '../store/broadcast-store.ts';
import type { RoomBroadcast } from './room-broadcast.ts';

/** Off: nobody but people starts and stops a broadcast. */
export const NO_POLICY: BroadcastPolicy = { startWithAudience: false, stopAfterMs: null };

interface AudienceWatchOptions {
  readonly policy: BroadcastPolicy;
  readonly broadcast: Pick<RoomBroadcast, 'start' | 'stop' | 'isOn' | 'isOnAir'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Starts a broadcast for the first who needs it to watch, and stops it a while after the last, where the room wants that. */
export class AudienceWatch {
  readonly #options: AudienceWatchOptions;
  #audience = 0;
  #cancelStop: (() => void) | null = null;

  constructor(options: AudienceWatchOptions) {
    this.#options = options;
    // A server before began it; whoever watched it there comes back, or is gone.
    if (options.broadcast.isOn) this.#gone();
  }

  /** `audience`: how many there are now whose role watches by HLS. */
  changed(audience: number): void {
    const before = this.#audience;
    this.#audience = audience;
    if ((before === 0) === (audience === 0)) return;
    this.#cancelStop?.();
    this.#cancelStop = null;
    if (audience > 0) this.#arrived();
    else this.#gone();
  }

  close(): void {
    this.#cancelStop?.();
  }

  #arrived(): void {
    const { policy, broadcast } = this.#options;
    if (policy.startWithAudience && !broadcast.isOn) this.#do(broadcast.start({}));
  }

  #gone(): void {
    const { policy, broadcast, clock } = this.#options;
    if (policy.stopAfterMs === null) return;
    this.#cancelStop = clock.after(policy.stopAfterMs, () => {
      // What is recorded without being shown is made for nobody who watches now.
      if (broadcast.isOnAir) this.#do(broadcast.stop());
    });
  }

  #do(change: Promise<void>): void {
    change.catch((error: unknown) =>
      this.#options.logger.warn({ err: error }, 'the broadcast did not follow its audience'),
    );
  }
}

/** How many have a role that watches the broadcast. */
export function countAudience(counts: Readonly<Record<string, number>>, roles: Roles): number {
  return Object.entries(counts).reduce((sum, [name, count]) => sum + (roles[name]?.watch === 'hls' ? count : 0), 0);
}
