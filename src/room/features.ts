import type { EventFrame, SignalFrame } from '../protocol/index.ts';
import type { FeatureName } from '../store/store.ts';
import { handleEvent, handleSignal, type EventHandlers, type SignalHandlers } from './handlers/handlers.ts';

/** What the room does for something that few pages show. */
export interface Feature {
  readonly events?: Partial<EventHandlers>;
  readonly signals?: Partial<SignalHandlers>;
  /** Asks for the whole of it: once it is loaded, and after each welcome that brought a snapshot. */
  restore?(): Promise<void>;
}

export type FeatureLoaders = Readonly<Record<FeatureName, () => Promise<Feature>>>;

/** Features of one room, each loaded when it is first used. What the server says of one that is not passes by. */
export class Features {
  readonly #loaders: FeatureLoaders;
  readonly #isJoined: () => boolean;
  readonly #loading = new Set<FeatureName>();
  readonly #loaded: Feature[] = [];

  constructor(loaders: FeatureLoaders, isJoined: () => boolean) {
    this.#loaders = loaders;
    this.#isJoined = isJoined;
  }

  /** Begins to load it; what does not come is tried again with the next use. */
  use(name: FeatureName): void {
    if (this.#loading.has(name)) return;
    this.#loading.add(name);
    this.#loaders[name]().then(
      (feature) => {
        this.#loaded.push(feature);
        if (this.#isJoined()) restore(feature);
      },
      () => this.#loading.delete(name),
    );
  }

  /** A snapshot came: what is not in it is asked for. */
  restore(): void {
    for (const feature of this.#loaded) restore(feature);
  }

  handleEvent(frame: EventFrame): void {
    for (const { events } of this.#loaded) if (events) handleEvent(events, frame);
  }

  handleSignal(frame: SignalFrame): void {
    for (const { signals } of this.#loaded) if (signals) handleSignal(signals, frame);
  }
}

/** A refusal is in the store's notices; a broken link is mended by the next welcome. */
function restore(feature: Feature): void {
  feature.restore?.().catch(() => undefined);
}
