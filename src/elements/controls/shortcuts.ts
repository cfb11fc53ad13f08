/** A key pressed together with Control, or Command on Apple's machines. */
export interface Shortcut {
  readonly key: string;
  /** For `aria-keyshortcuts`. */
  readonly aria: string;
  /** For the reader. */
  readonly words: string;
}

const apple = (): boolean => /Mac|iPhone|iPad/u.test(navigator.userAgent);

export function createShortcut(key: string): Shortcut {
  const name = key.toUpperCase();
  return apple()
    ? { key, aria: `Meta+${name}`, words: `⌘${name}` }
    : { key, aria: `Control+${name}`, words: `Ctrl+${name}` };
}

export function matchesShortcut(event: KeyboardEvent, shortcut: Shortcut): boolean {
  const modified = apple() ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  return modified && !event.altKey && !event.shiftKey && event.key.toLowerCase() === shortcut.key;
}

/** The `<ils-room>` that an element belongs to: the one that `id` names, else the one around it, across shadow roots. */
export function findRoomElement(element: Element, id: string): Element | null {
  if (id !== '') return document.getElementById(id);
  for (let node: Node | null = element; node !== null;) {
    if (node instanceof Element && node.localName === 'ils-room') return node;
    node = node instanceof ShadowRoot ? node.host : node.parentNode;
  }
  return null;
}
