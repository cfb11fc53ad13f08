import { ContextConsumer } from '@lit/context';
import { effect, signal } from '@preact/signals-core';
import { LitElement, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { roomContext, type RoomContext } from '../context/room-context.ts';

/** An `<ils-room>` as the elements that name it by `for` see it. */
interface RoomHost extends HTMLElement {
  readonly context: RoomContext;
  /** Performs the requests that `target` fires, until the signal aborts. */
  listenTo(target: EventTarget, signal: AbortSignal): void;
}

/**
 * What all elements within a room share: they find it (around them, or by `for`), and whatever signal `render()` reads draws them again.
 */
export abstract class RoomElement extends LitElement {
  /** Id of an `<ils-room>` elsewhere in the page; without it, the room around the element. */
  @property({ reflect: true }) for = '';

  readonly #named = signal<RoomContext | undefined>(undefined);
  readonly #around = signal<RoomContext | undefined>(undefined);
  #scope: AbortController | undefined;
  #stopWatching: (() => void) | undefined;

  readonly #consumer: ContextConsumer<typeof roomContext, this>;

  constructor() {
    super();
    this.#consumer = new ContextConsumer(this, {
      context: roomContext,
      subscribe: true,
      callback: (context) => {
        this.#around.value = context;
      },
    });
  }

  /** The room, as soon as there is one. Reading it inside `render()` subscribes to it. */
  protected get room(): RoomContext | undefined {
    return this.for === '' ? this.#around.value : this.#named.value;
  }

  /** Ends when the element leaves the page; a new one each time it comes back. */
  protected get scope(): AbortSignal {
    this.#scope ??= new AbortController();
    return this.#scope.signal;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#findNamedRoom();
    this.requestUpdate();
    // A room that is defined after its children has not heard them ask.
    const scope = this.scope;
    void customElements.whenDefined('ils-room').then(() => {
      if (!scope.aborted && this.#around.value === undefined) this.#consumer.hostConnected();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#scope?.abort();
    this.#scope = undefined;
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    this.#named.value = undefined;
    this.#around.value = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('for') && this.hasUpdated) {
      this.#scope?.abort();
      this.#scope = undefined;
      this.#findNamedRoom();
    }
  }

  protected override performUpdate(): void {
    if (!this.isUpdatePending) return;
    this.#stopWatching?.();
    let first = true;
    // The effect runs once now, as the update itself; its next run means that a signal changed.
    this.#stopWatching = effect(() => {
      if (first) {
        first = false;
        super.performUpdate();
      } else {
        this.requestUpdate();
      }
    });
  }

  #findNamedRoom(): void {
    if (this.for === '') return;
    const id = this.for;
    const scope = this.scope;
    const found = (this.getRootNode() as Document | ShadowRoot).getElementById(id) ?? document.getElementById(id);
    if (found === null) return;
    void customElements.whenDefined('ils-room').then(() => {
      if (scope.aborted || this.for !== id) return;
      const host = found as RoomHost;
      host.listenTo(this, scope);
      this.#named.value = host.context;
    });
  }
}
