/**
 * Calls `found` once with the element of that id in `near`'s tree or the document: at once where it is there, else when it appears.
 * Stops looking when `signal` aborts.
 */
export function findById(near: Element, id: string, signal: AbortSignal, found: (element: HTMLElement) => void): void {
  const root = near.getRootNode();
  const look = () => {
    const inTree = root instanceof ShadowRoot ? root.getElementById(id) : null;
    return inTree ?? document.getElementById(id);
  };
  const present = look();
  if (present !== null) {
    found(present);
    return;
  }
  const observer = new MutationObserver(() => {
    const element = look();
    if (element === null) return;
    observer.disconnect();
    found(element);
  });
  observer.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['id'] });
  if (root instanceof ShadowRoot) {
    observer.observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ['id'] });
  }
  signal.addEventListener('abort', () => observer.disconnect(), { once: true });
}
