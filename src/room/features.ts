import type { EventFrame, SignalFrame } from '../protocol/index.ts';
import type { FeatureName, FeatureSlices } from '../store/features.ts';
import type { WritableStore } from '../store/store.ts';
import { handleEvent, handleSignal, type EventHandlers, type SignalHandlers } from './handlers/handlers.ts';
import type { Request } from './rpc.ts';

/** What a feature is made of. */
export interface FeatureParts {
  readonly store: WritableStore;
  /** A refusal is in the store's notices before it is thrown. */
  readonly request: Request;
}

/** What the room does for something that few pages show. */
export interface Feature<N extends FeatureName = FeatureName> {
  readonly slice: FeatureSlices[N];
  readonly events?: Partial<EventHandlers>;
  readonly signals?: Partial<SignalHandlers>;
  /** Asks for the whole of it: once it is loaded, and after each welcome that brought a snapshot. */
  restore?(): Promise<void>;
  /** Asks for it too when one is resumed without a snapshot: signals are not replayed ([N2]). */
  readonly restoresAfterBreak?: boolean;
  /** Verbs that do more than send the request of their name, and those that no request has. */
  readonly verbs?: Readonly<Record<string, (data: never) => unknown>>;
}

/** Features of one room, each loaded when it is first used. What the server says of one that is not passes by. */
export class Features {
  readonly #parts: FeatureParts;
  readonly #using = new Set<FeatureName>();
  readonly #loaded: Feature[] = [];

  constructor(parts: FeatureParts) {
    this.#parts = parts;
  }

  /** Begins to load it; what does not come is tried again with the next use. */
  use(name: FeatureName): void {
    if (this.#using.has(name)) return;
    this.#using.add(name);
    import('./feature-loaders.ts')
      .then<Feature>(({ featureLoaders }) => featureLoaders[name](this.#parts))
      .then(
        (feature) => this.#add(name, feature),
        () => this.#using.delete(name),
      );
  }

  /** One is in the room again, by a snapshot or without: what came by neither that nor events is asked for. */
  restore(fromSnapshot: boolean): void {
    for (const feature of this.#loaded) if (fromSnapshot || feature.restoresAfterBreak) restore(feature);
  }

  /** What a feature does for a verb, where it does more than ask. */
  verb(name: string) {
    return this.#loaded.find(({ verbs }) => verbs?.[name])?.verbs?.[name];
  }

  handleEvent(frame: EventFrame): void {
    for (const { events } of this.#loaded) if (events) handleEvent(events, frame);
  }

  handleSignal(frame: SignalFrame): void {
    for (const { signals } of this.#loaded) if (signals) handleSignal(signals, frame);
  }

  #add(name: FeatureName, feature: Feature): void {
    const { connection, features } = this.#parts.store;
    this.#loaded.push(feature);
    features.loaded.value = { ...features.loaded.value, [name]: feature.slice };
    if (connection.state.peek() === 'joined') restore(feature);
  }
}

/** A refusal is in the store's notices; a broken link is mended by the next welcome. */
function restore(feature: Feature): void {
  feature.restore?.().catch(() => undefined);
}
