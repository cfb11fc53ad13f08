/** Every element below, through all open shadow roots, in the order of the document. */
export function* findAll(root: Document | Element | ShadowRoot): Generator<HTMLElement> {
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    yield element;
    if (element.shadowRoot) yield* findAll(element.shadowRoot);
  }
}

/** What an element stands in as it is drawn: its slot, its parent, or the host of its shadow root. */
export function parentOf(element: Element): Element | null {
  if (element.assignedSlot) return element.assignedSlot;
  if (element.parentElement) return element.parentElement;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

export function* ancestorsOf(element: Element): Generator<Element> {
  for (let at = parentOf(element); at !== null; at = parentOf(at)) yield at;
}

export function isWithin(element: Element, container: Element): boolean {
  return element === container || [...ancestorsOf(element)].includes(container);
}

/** Closed popovers and what is hidden, see-through, inert or for screen readers alone are not shown. */
export function isShown(element: Element): boolean {
  if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
  const { width, height } = element.getBoundingClientRect();
  if (width <= 1 || height <= 1) return false;
  return !element.closest('[inert]') && ![...ancestorsOf(element)].some((at) => at.hasAttribute('inert'));
}

/** Where it is, for a person: `ils-chat › button.send "Send"`. */
export function describe(element: Element): string {
  const root = element.getRootNode();
  const host = root instanceof ShadowRoot ? `${root.host.localName} › ` : '';
  const kind = [element.localName, ...element.classList].join('.');
  const name = element.getAttribute('aria-label') ?? element.textContent.replaceAll(/\s+/g, ' ').trim();
  return `${host}${kind} "${name.slice(0, 40)}"`;
}
