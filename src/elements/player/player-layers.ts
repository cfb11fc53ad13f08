import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { RoomContext } from '../../context/room-context.ts';
import { msg } from '../../locales/localization.ts';
import type { Showing } from '../../store/playback.ts';
import type { IlsStage } from '../stage/stage.ts';
import { awaitPicture, awaitStage } from './layer-readiness.ts';

/** What should be in sight: another key is another picture. */
export interface LayerPlan {
  readonly kind: Showing;
  readonly key: string;
}

interface Layer extends LayerPlan {
  readonly id: number;
  readonly scope: AbortController;
  started: boolean;
}

export interface LayersHost extends ReactiveControllerHost {
  readonly for: string;
  readonly shadowRoot: ShadowRoot | null;
}

/**
 * The pictures of the player, one upon the other. A new one starts behind the old and is swapped in by one change of style once
 * it has presented frames; the old one goes after its sound has.
 */
export class PlayerLayers {
  readonly #host: LayersHost;
  readonly #context: () => RoomContext | undefined;
  /** In the order of their coming, since a video that is moved in the page stands still. */
  #layers: readonly Layer[] = [];
  #front: Layer | undefined;
  #nextId = 1;

  constructor(host: LayersHost, context: () => RoomContext | undefined) {
    this.#host = host;
    this.#context = context;
  }

  /** What is in front; `null` while there is nothing. */
  get showing(): Showing | null {
    return this.#front?.kind ?? null;
  }

  /** A new picture is on its way behind the one in sight. */
  get isSwapping(): boolean {
    return this.#layers.length > 1;
  }

  get video(): HTMLVideoElement | null {
    return this.#front === undefined ? null : this.#videoOf(this.#front);
  }

  /** Says what should be in sight; `null` for nothing, at once. */
  want(plan: LayerPlan | null): void {
    const newest = this.#layers.at(-1);
    if (plan?.key === newest?.key) return;
    if (plan === null) {
      this.close();
      return;
    }
    // What was still on its way is not wanted any more.
    for (const layer of this.#layers) if (layer !== this.#front) this.#end(layer);
    if (plan.key === this.#front?.key) return;
    const layer: Layer = { ...plan, id: this.#nextId++, scope: new AbortController(), started: false };
    this.#layers = [...this.#layers, layer];
    this.#front ??= layer;
  }

  /** `inert`: nothing in it can be reached. */
  render(inert: boolean): TemplateResult {
    return html`${repeat(
      this.#layers,
      ({ id }) => id,
      (layer) => this.#renderLayer(layer, inert),
    )}`;
  }

  updated(): void {
    const context = this.#context();
    if (context === undefined) return;
    for (const layer of this.#layers)
      if (!layer.started) {
        layer.started = true;
        void this.#start(layer, context);
      }
  }

  /** Lets all of it go. */
  close(): void {
    if (this.#layers.length === 0) return;
    for (const layer of this.#layers) layer.scope.abort();
    this.#layers = [];
    this.#front = undefined;
    void this.#context()?.actions.show(null);
  }

  #renderLayer(layer: Layer, inert: boolean): TemplateResult {
    const place = layer === this.#front ? 'front' : 'back';
    return layer.kind === 'stage'
      ? html`<ils-stage
          id="layer-${layer.id}"
          part="stage"
          class="layer ${place}"
          ?inert=${inert}
          exportparts="tile, main:tile"
          .for=${this.#host.for}
          program
          no-messages
        ></ils-stage>`
      : html`<video
          id="layer-${layer.id}"
          part="video"
          class="layer ${place}"
          playsinline
          tabindex="-1"
          aria-label=${msg('Broadcast')}
        ></video>`;
  }

  async #start(layer: Layer, { actions, store }: RoomContext): Promise<void> {
    const { signal } = layer.scope;
    const video = this.#elementOf(layer);
    if (video instanceof HTMLVideoElement) {
      const release = actions.attachProgram(video);
      signal.addEventListener('abort', release);
    }
    if (layer === this.#front) {
      void actions.show(layer.kind);
      return;
    }
    try {
      if (video instanceof HTMLVideoElement) await awaitPicture(video, signal);
      else await awaitStage(() => this.#elementOf(layer) as IlsStage | null, store, signal);
      await this.#swap(layer, actions);
    } catch {
      // Given up for another one.
    }
  }

  async #swap(layer: Layer, actions: RoomContext['actions']): Promise<void> {
    const old = this.#front;
    if (old !== undefined) await this.#carryFloating(layer);
    if (layer.scope.signal.aborted) return;
    this.#front = layer;
    this.#host.requestUpdate();
    // The old one lies behind now, and is heard until the new one is.
    await actions.show(layer.kind);
    if (old !== undefined && old !== this.#front) this.#end(old);
    this.#host.requestUpdate();
  }

  /** While one picture floats, another may take its place without a gesture. */
  async #carryFloating(layer: Layer): Promise<void> {
    const floats = this.#host.shadowRoot?.pictureInPictureElement ?? null;
    if (floats === null) return;
    // Where the browser refuses, the window closes and the page has the picture.
    await this.#videoOf(layer)
      ?.requestPictureInPicture()
      .catch(() => undefined);
  }

  #end(layer: Layer): void {
    layer.scope.abort();
    this.#layers = this.#layers.filter((one) => one !== layer);
  }

  #elementOf({ id }: Layer): HTMLElement | null {
    return this.#host.shadowRoot?.querySelector<HTMLElement>(`#layer-${id}`) ?? null;
  }

  #videoOf(layer: Layer): HTMLVideoElement | null {
    const element = this.#elementOf(layer);
    return element instanceof HTMLVideoElement ? element : ((element as IlsStage | null)?.mainVideo ?? null);
  }
}
