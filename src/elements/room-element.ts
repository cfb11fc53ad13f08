import { ContextConsumer, ContextEvent } from '@lit/context';
import { effect, signal } from '@preact/signals-core';
import { LitElement, type PropertyValues } from 'lit';
import { property } from 'lit/decorators/property.js';
import { roomContext, type RoomContext } from '../context/room-context.ts';
import { speakTo } from '../locales/localization.ts';
import { findById } from './find-by-id.ts';

/** An `<ils-room>`, or an `<ils-player>` of a recording, as the elements that name it by `for` see it. */
interface RoomHost extends HTMLElement {
  /** Performs the requests that `target` fires, until the signal aborts. What it returns settles when there is something to share. */
  listenTo(target: EventTarget, signal: AbortSignal): void | Promise<void>;
}

/**
 * What all elements within a room share: they find it (around them, or by `for`, whichever comes first into the page),
 * whatever signal `render()` reads draws them again, and they speak the language around them.
 */
export abstract class RoomElement extends LitElement {
  /** Id of an `<ils-room>` elsewhere in the page, or of an `<ils-player>` with a recording; without it, the room around the element. */
  @property({ reflect: true }) for = '';

  readonly #named = signal<RoomContext | undefined>(undefined);
  readonly #around = signal<RoomContext | undefined>(undefined);
  readonly #consumer: ContextConsumer<typeof roomContext, this>;
  #scope: AbortController | undefined;
  /** The `for` of the last search: it may be set after the element came into the page and before its first update. */
  #soughtFor = '';
  #stopWatching: (() => void) | undefined;

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

  /** Ends when the element leaves the page or looks for another room. */
  protected get scope(): AbortSignal {
    this.#scope ??= new AbortController();
    return this.#scope.signal;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#findRoom();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#endScope();
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    this.#around.value = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('for') || this.for === this.#soughtFor) return;
    this.#endScope();
    this.#findRoom();
  }

  /** Drawing a room takes long, and behind its welcome stand the answers that its media wait for: those go first. */
  protected override scheduleUpdate(): void | Promise<unknown> {
    const arriving = this.room?.store.stage.arriving;
    if (!this.hasUpdated || arriving?.peek() !== true) return super.scheduleUpdate();
    return new Promise<void>((resolve) => {
      const stop = effect(() => {
        if (arriving.value) return;
        resolve();
        queueMicrotask(() => stop());
      });
    }).then(() => super.scheduleUpdate());
  }

  protected override performUpdate(): void {
    if (!this.isUpdatePending) return;
    this.#stopWatching?.();
    let updating = true;
    // The effect's first run is the update itself; any later one means that a signal it read has changed.
    this.#stopWatching = effect(() => {
      if (updating) {
        speakTo(this);
        super.performUpdate();
      } else this.requestUpdate();
      updating = false;
    });
  }

  #endScope(): void {
    this.#scope?.abort();
    this.#scope = undefined;
    this.#named.value = undefined;
  }

  #findRoom(): void {
    const scope = this.scope;
    this.#soughtFor = this.for;
    if (this.for !== '') {
      findById(this, this.for, scope, (host) => this.#joinNamed(host as RoomHost, scope));
      return;
    }
    // A room that is defined after its children has not heard them ask.
    void customElements.whenDefined('ils-room').then(() => {
      if (!scope.aborted && this.#around.value === undefined) this.#consumer.hostConnected();
    });
  }

  #joinNamed(host: RoomHost, scope: AbortSignal): void {
    const listening = customElements.whenDefined(host.localName).then(() => host.listenTo(this, scope));
    void listening.then(() => {
      if (scope.aborted) return;
      const subscribe = new ContextEvent(
        roomContext,
        this,
        (context, unsubscribe) => {
          if (scope.aborted) return;
          this.#named.value = context;
          if (unsubscribe !== undefined) scope.addEventListener('abort', unsubscribe, { once: true });
        },
        true,
      );
      host.dispatchEvent(subscribe);
    });
  }
}
