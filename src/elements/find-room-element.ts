/** The `<ils-room>` that an element belongs to: the one that `id` names, else the one around it, across shadow roots. */
export function findRoomElement(element: Element, id: string): Element | null {
  if (id !== '') return document.getElementById(id);
  for (let node: Node | null = element; node !== null;) {
    if (node instanceof Element && node.localName === 'ils-room') return node;
    node = node instanceof ShadowRoot ? node.host : node.parentNode;
  }
  return null;
}
