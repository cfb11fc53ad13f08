import type { StreamId } from '../../../../src/protocol/index.ts';
import type { Clock } from '../../rooms/clock.ts';
import type { Logger } from '../../rooms/logger.ts';
import type { BroadcastSource, OpenSource, SourceFailure, SourceOptions } from '../broadcast-source.ts';
import { planAnyhow, planDirect, type DirectPlan } from '../direct/direct-plan.ts';
import { DirectSource } from '../direct/direct-source.ts';
import { AirSwitch, type AirInput } from './air-switch.ts';

/** `auto`: direct where one camera is the whole programme, else composed. */
export type BroadcastRoute = 'auto' | 'composer' | 'direct';

/** The stage must have been calm for so long before a composer is let go. Milliseconds. */
export const CALM_MS = 30_000;
/** People come back a moment after their server: an empty stage is waited at for so long. Milliseconds. */
const EMPTY_STAGE_MS = 2_000;
/** Camera and microphone come one after the other. Milliseconds. */
const SETTLE_MS = 100;
/** A camera that could not be taken is tried again after so long: a phone is turned, a network gets better. Milliseconds. */
const UNFIT_MS = 60_000;
/** Waits before a composer is tried again while the direct route is on the air. Milliseconds. */
const COMPOSER_RETRY_MS = [1_000, 3_000, 8_000, 15_000] as const;

export interface RouteOptions {
  readonly route: BroadcastRoute;
  readonly openComposer: OpenSource;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly partMs: number;
  readonly segmentMs: number;
}

/** Opens sources that take the cheapest route which shows what is to be seen, and go over to another under way. */
export function createRoutes(options: RouteOptions): OpenSource {
  if (options.route === 'composer') return options.openComposer;
  return (source) => new RouteSource(options, source);
}

interface Route {
  readonly source: BroadcastSource;
  readonly input: AirInput;
  isOnAir: boolean;
}

class RouteSource implements BroadcastSource {
  readonly #options: RouteOptions;
  readonly #source: SourceOptions;
  readonly #air: AirSwitch;
  readonly #unfit = new Set<StreamId>();
  readonly #forgetting = new Set<() => void>();
  readonly #stopWatching: () => void;
  readonly #closing = new Set<Promise<void>>();
  #direct: (Route & { readonly source: DirectSource }) | null = null;
  #composer: Route | null = null;
  #composerFailures = 0;
  /** Why there will be no composer. */
  #withoutComposer: SourceFailure | null = null;
  #cancelLook: (() => void) | null = null;
  #cancelReturn: (() => void) | null = null;
  #cancelRetry: (() => void) | null = null;
  #closed = false;

  constructor(options: RouteOptions, source: SourceOptions) {
    this.#options = options;
    this.#source = source;
    this.#air = new AirSwitch(source.sink, () => options.clock.now());
    if (options.route === 'direct') {
      const message = 'The setting broadcastRoute is direct: one participant with a camera in H.264, and nobody else.';
      this.#withoutComposer = { code: 'notConfigured', message, permanent: true };
    }
    this.#stopWatching = source.stage.watch(() => this.#lookIn(SETTLE_MS));
    this.#lookIn(source.stage.streams.length === 0 ? EMPTY_STAGE_MS : 0);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopWatching();
    for (const cancel of [this.#cancelLook, this.#cancelReturn, this.#cancelRetry, ...this.#forgetting]) cancel?.();
    this.#closeDirect();
    this.#closeComposer();
    await Promise.all(this.#closing);
  }

  #lookIn(delayMs: number): void {
    if (this.#closed) return;
    this.#cancelLook?.();
    this.#cancelLook = this.#options.clock.after(delayMs, () => this.#look());
  }

  /** Takes the route that the stage wants. */
  #look(): void {
    const { stage, options } = this.#source;
    const plan = stage.isOverlaid ? null : planDirect(options, stage.streams, this.#unfit);
    if (plan === null) this.#compose();
    else this.#goDirect(plan);
  }

  #goDirect(plan: DirectPlan): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    if (this.#direct !== null) {
      this.#direct.source.update(plan);
      // It is what is seen: a composer under way is not needed any more.
      if (this.#direct.isOnAir) this.#closeComposer();
      return;
    }
    if (this.#composer === null) return this.#openDirect(plan);
    this.#cancelReturn ??= this.#options.clock.after(CALM_MS, () => {
      this.#cancelReturn = null;
      const { stage, options } = this.#source;
      const still = stage.isOverlaid ? null : planDirect(options, stage.streams, this.#unfit);
      if (still !== null) this.#openDirect(still);
    });
  }

  #compose(): void {
    this.#cancelReturn?.();
    this.#cancelReturn = null;
    if (this.#direct !== null) {
      // On the air it bridges the time until there is a composer, or stays where there will be none.
      if (this.#direct.isOnAir) this.#direct.source.update(planAnyhow(this.#source.stage.streams, this.#unfit));
      else this.#closeDirect();
    }
    if (this.#composer !== null || this.#cancelRetry !== null) return;
    if (this.#withoutComposer === null) this.#openComposer();
    else if (this.#direct === null) this.#source.handleFailure(this.#withoutComposer);
  }

  #openDirect(plan: DirectPlan): void {
    const { clock, partMs, segmentMs, logger } = this.#options;
    const { roomId, stage, options, handleFailure } = this.#source;
    const input = this.#air.open(() => {
      if (this.#direct === null || this.#direct.isOnAir) return;
      this.#direct.isOnAir = true;
      this.#tell('direct');
      this.#closeComposer();
    });
    const source = new DirectSource({
      options,
      stage,
      plan,
      sink: input.sink,
      isOnAir: () => this.#direct?.isOnAir === true,
      clock,
      partMs,
      segmentMs,
      handleFailure,
      handleUnfit: (streamId, why) => {
        if (this.#unfit.has(streamId)) return;
        this.#unfit.add(streamId);
        this.#forgetting.add(clock.after(UNFIT_MS, () => this.#forgive(streamId)));
        logger.info({ roomId, streamId, why }, 'the camera cannot be broadcast as it is');
        this.#lookIn(0);
      },
    });
    this.#direct = { source, input, isOnAir: false };
  }

  #forgive(streamId: StreamId): void {
    this.#unfit.delete(streamId);
    this.#lookIn(0);
  }

  #openComposer(): void {
    const input = this.#air.open(() => {
      if (this.#composer === null || this.#composer.isOnAir) return;
      this.#composer.isOnAir = true;
      this.#composerFailures = 0;
      this.#tell('composer');
      this.#closeDirect();
      // Much may have changed while it started.
      this.#lookIn(0);
    });
    let failedAtOnce: SourceFailure | null = null;
    let isOpen = false;
    const handleFailure = (failure: SourceFailure): void => {
      if (isOpen) this.#handleComposerFailure(failure);
      else failedAtOnce = failure;
    };
    const source = this.#options.openComposer({ ...this.#source, sink: input.sink, handleFailure });
    isOpen = true;
    this.#composer = { source, input, isOnAir: false };
    if (failedAtOnce !== null) this.#handleComposerFailure(failedAtOnce);
  }

  /** While another route is on the air, nobody need know. */
  #handleComposerFailure(failure: SourceFailure): void {
    const { clock, logger } = this.#options;
    const { roomId, handleFailure } = this.#source;
    if (this.#direct?.isOnAir !== true) return handleFailure(failure);
    logger.warn({ roomId, code: failure.code, reason: failure.message }, 'there is no composer to go over to');
    this.#closeComposer();
    if (failure.permanent) {
      this.#withoutComposer = failure;
      return this.#lookIn(0);
    }
    const delayMs = COMPOSER_RETRY_MS[Math.min(this.#composerFailures, COMPOSER_RETRY_MS.length - 1)] ?? 0;
    this.#composerFailures += 1;
    this.#cancelRetry = clock.after(delayMs, () => {
      this.#cancelRetry = null;
      this.#look();
    });
  }

  #closeDirect(): void {
    if (this.#direct !== null) this.#close(this.#direct);
    this.#direct = null;
  }

  #closeComposer(): void {
    if (this.#composer !== null) this.#close(this.#composer);
    this.#composer = null;
  }

  #close({ source, input }: Route): void {
    input.close();
    const closing = source
      .close()
      .catch((error: unknown) => this.#options.logger.error({ err: error }, 'a route does not close'))
      .finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }

  #tell(route: BroadcastRoute): void {
    this.#options.logger.info({ roomId: this.#source.roomId, route }, 'broadcast route');
  }
}
