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
