import { ancestorsOf, describe, findAll, isShown, parentOf } from './composed-tree.ts';
import { findControls, findFocusable, targetOf } from './operable.ts';

const isSeeThrough = (color: string): boolean => /^transparent$|^rgba\(.*, ?0\)$|\/ ?0\)$/.test(color);

const hasEdge = (element: Element): boolean => {
  const { borderStyle, borderWidth, borderColor, outlineStyle, outlineWidth } = getComputedStyle(element);
  const bordered = !borderStyle.startsWith('none') && !borderWidth.startsWith('0px') && !isSeeThrough(borderColor);
  return bordered || (outlineStyle !== 'none' && outlineWidth !== '0px');
};

const hasFill = (element: Element): boolean => {
  const { backgroundColor, backgroundImage, boxShadow } = getComputedStyle(element);
  return !isSeeThrough(backgroundColor) || backgroundImage.includes('oklch') || boxShadow !== 'none';
};

/** Native boxes are drawn by the browser in the colours of the system. */
const isNative = (element: Element): boolean =>
  element instanceof HTMLInputElement && getComputedStyle(element).appearance !== 'none';

let filled: readonly HTMLElement[] = [];

/** Remembers what shows by a ground of its own that it can be pressed, before the system takes the colours away. */
export function rememberFilled(): void {
  filled = findControls()
    .map(targetOf)
    .filter((element) => hasFill(element) && !isNative(element));
}

const STATES = '[aria-pressed="true"], [aria-checked="true"], [aria-selected="true"], [aria-current], :checked';

/** How a choice looks, that of its parts included. */
function lookOf(element: Element): string {
  return [element, ...findAll(element)]
    .map((at) => {
      const style = getComputedStyle(at);
      return [
        style.borderColor,
        style.borderWidth,
        style.outline,
        style.backgroundColor,
        style.color,
        style.fontWeight,
        style.textDecorationLine,
        at.localName === 'svg' ? style.display : '',
      ].join();
    })
    .join(';');
}

function findUntold(): string[] {
  const controls = findControls();
  return controls
    .filter((element) => element.matches(STATES) && !isNative(element))
    .flatMap((element) => {
      const target = targetOf(element);
      const like = controls.find(
        (other) =>
          other !== element &&
          !other.matches(STATES) &&
          other.role === element.role &&
          other.localName === element.localName &&
          parentOf(targetOf(other)) === parentOf(target),
      );
      return like && lookOf(target) === lookOf(targetOf(like)) ? [`does not look chosen: ${describe(target)}`] : [];
    });
}

/** What forced colours take away: the edge of what can be pressed, and what tells the chosen one from the rest. */
export function findForcedColorFaults(): string[] {
  const bare = filled.filter((element) => isShown(element) && !hasEdge(element) && !isToldByWords(element));
  return [...bare.map((element) => `lost its edge: ${describe(element)}`), ...findUntold()];
}

/** A row of a list or a menu is a line of words, with or without a ground. */
const isToldByWords = (element: Element): boolean => /^(menuitem|option|listitem|tab)/.test(element.role ?? '');

function ringOf(element: Element): Element | undefined {
  const [parent, grandparent, great] = ancestorsOf(element);
  const around = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
  const near = [element, ...around, ...(parent?.children ?? []), parent, grandparent, great];
  return near.find((at) => {
    if (!at) return false;
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(at);
    // The browser's own ring, or one that can be seen as well.
    if (outlineStyle === 'auto') return true;
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2 && !isSeeThrough(outlineColor);
  });
}

/** Sides of the ring that something around it cuts off. */
function cutSides(ring: Element): number {
  const { outlineOffset, outlineWidth, position } = getComputedStyle(ring);
  const out = Number.parseFloat(outlineOffset) + Number.parseFloat(outlineWidth) - 1;
  const { left, right, top, bottom } = ring.getBoundingClientRect();
  if (position === 'fixed') return 0;
  const cut = new Set<string>();
  for (const at of ancestorsOf(ring)) {
    const { overflowX, overflowY, position: place } = getComputedStyle(at);
    const box = at.getBoundingClientRect();
    if (overflowX !== 'visible' && left - out < box.left) cut.add('left');
    if (overflowX !== 'visible' && right + out > box.right) cut.add('right');
    if (overflowY === 'hidden' || overflowY === 'clip') {
      if (top - out < box.top) cut.add('top');
      if (bottom + out > box.bottom) cut.add('bottom');
    }
    if (place === 'fixed' || at.matches(':popover-open, dialog:modal')) break;
  }
  return cut.size;
}

/** What a keyboard can reach and does not show it. Moves the focus, so look last. */
export function findFocusFaults(): string[] {
  const faults: string[] = [];
  for (const element of findFocusable()) {
    element.focus({ preventScroll: true, focusVisible: true } as FocusOptions);
    const root = element.getRootNode();
    if (!(root instanceof ShadowRoot || root instanceof Document) || root.activeElement !== element) continue;
    const ring = ringOf(element);
    if (!ring) faults.push(`no ring of focus: ${describe(element)}`);
    else if (cutSides(ring) > 1) faults.push(`its ring of focus is cut off: ${describe(ring)}`);
    element.blur();
  }
  return faults;
}
