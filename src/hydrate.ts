/**
 * Lets elements take over what `ils-kit/ssr` has written into the page, node for node. It must be loaded before any element is
 * registered; without it nothing of this is in a page.
 * @packageDocumentation
 */
import { hydrate } from '@lit-labs/ssr-client';
import { adoptStyles, LitElement, ReactiveElement, type PropertyValues } from 'lit';
import { findRoomElement } from './elements/find-room-element.ts';
import { speech } from './locales/speech.ts';
import { createUnconnectedRoom } from './unconnected-room.ts';

type Update = (this: LitElement, changed: PropertyValues) => void;
type CreateRoot = (this: LitElement) => HTMLElement | DocumentFragment;

/** Their shadow root came with the page, and they have not been drawn since. */
const written = new WeakSet<LitElement>();

if (typeof document !== 'undefined') {
  const prototype = LitElement.prototype;
  const createRoot: CreateRoot = Reflect.get(prototype, 'createRenderRoot');
  const update: Update = Reflect.get(prototype, 'update');
  const reflect: Update = Reflect.get(ReactiveElement.prototype, 'update');

  const takeRoot: CreateRoot = function () {
    const root = this.shadowRoot;
    if (root === null || !this.localName.startsWith('ils-')) return createRoot.call(this);
    written.add(this);
    showUnconnected(this);
    return root;
  };

  const takeOver: Update = function (changed) {
    if (!written.delete(this)) {
      update.call(this, changed);
      return;
    }
    const root = this.renderRoot as ShadowRoot;
    const { elementStyles } = this.constructor as typeof LitElement;
    adoptStyles(root, elementStyles);
    // The same rules, which a strict policy may have kept from the page.
    root.querySelector(':scope > style')?.remove();
    try {
      this.renderOptions.isConnected = this.isConnected;
      reflect.call(this, changed);
      hydrate(drawInEnglish(this), root, this.renderOptions);
    } catch {
      // Another version of the kit has written it.
      root.replaceChildren();
      update.call(this, changed);
    }
    void this.updateComplete.then(() => {
      Reflect.deleteProperty(this, 'room');
      this.requestUpdate();
    });
  };

  Object.defineProperty(prototype, 'createRenderRoot', { configurable: true, writable: true, value: takeRoot });
  Object.defineProperty(prototype, 'update', { configurable: true, writable: true, value: takeOver });
}

/** Until it has taken over, an element sees the room by which the server drew it. */
function showUnconnected(element: LitElement): void {
  if (element.getAttribute('for')) return;
  const room = findRoomElement(element, '');
  const context = room === null ? undefined : createUnconnectedRoom(element.localName, room.hasAttribute('auto-join'));
  if (element.localName !== 'ils-room') Object.defineProperty(element, 'room', { configurable: true, value: context });
}

/** Whatever language the server spoke: the next drawing then writes each word that is not English anew. */
function drawInEnglish(element: LitElement): unknown {
  const spoken = speech.peek();
  const { translate } = spoken;
  const draw: () => unknown = Reflect.get(element, 'render');
  try {
    Object.assign(spoken, { translate: undefined });
    return draw.call(element);
  } finally {
    Object.assign(spoken, { translate });
  }
}
