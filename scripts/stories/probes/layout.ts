import { ancestorsOf, describe, findAll, isShown, isWithin, parentOf } from './composed-tree.ts';
import { findControls, targetOf } from './operable.ts';

/** A rounded pixel is no fault. */
const TOLERANCE_PX = 2;
/** Lines of text touch by their leading, which is empty. */
const TOUCHING_PX = 5;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const EVERYWHERE: Box = { left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity };

const common = (one: Box, other: Box): Box => ({
  left: Math.max(one.left, other.left),
  right: Math.min(one.right, other.right),
  top: Math.max(one.top, other.top),
  bottom: Math.min(one.bottom, other.bottom),
});

const isOnTop = (element: Element): boolean =>
  element.matches(':popover-open, dialog:modal, [role="menu"], [role="listbox"], [role="dialog"]');

/** Where what stands in an element can be brought into view, and where it is seen now. */
interface Place {
  readonly reachable: Box;
  readonly seen: Box;
}

/** Asked once for each element: every one stands in the place of the one around it. */
class Places {
  readonly #within = new Map<Element, Place>();
  readonly #window: Box;
  readonly #page: Box;

  constructor() {
    const { clientWidth, clientHeight } = document.documentElement;
    this.#window = { left: 0, right: clientWidth, top: 0, bottom: clientHeight };
    this.#page = { ...EVERYWHERE, left: 0, right: clientWidth };
  }

  of(element: Element): Place {
    const parent = parentOf(element);
    if (parent === null) return { reachable: this.#page, seen: this.#page };
    if (getComputedStyle(element).position === 'fixed' || element.matches(':popover-open, dialog:modal'))
      return { reachable: this.#window, seen: this.#window };
    return this.within(parent);
  }

  /** Of what stands in the element, its own words included. */
  within(element: Element): Place {
    const known = this.#within.get(element);
    if (known) return known;
    const around = this.of(element);
    const place = element === document.documentElement || element === document.body ? around : narrow(element, around);
    this.#within.set(element, place);
    return place;
  }

  isCut(element: Element, box: Box, tolerancePx = TOLERANCE_PX): boolean {
    const { left, right, top, bottom } = this.of(element).reachable;
    return (
      box.left < left - tolerancePx ||
      box.right > right + tolerancePx ||
      box.top < top - tolerancePx ||
      box.bottom > bottom + tolerancePx
    );
  }

  isScrolledAway(element: Element): boolean {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const { seen } = this.of(element);
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    return x < seen.left || x > seen.right || y < seen.top || y > seen.bottom;
  }
}

function narrow(element: Element, { reachable, seen }: Place): Place {
  const { overflowX, overflowY } = getComputedStyle(element);
  if (overflowX === 'visible' && overflowY === 'visible') return { reachable, seen };
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const across = overflowX === 'visible' ? {} : { left, right };
  const down = overflowY === 'visible' ? {} : { top, bottom };
  const cut = common(reachable, { ...EVERYWHERE, ...across, ...down });
  const scrollsAcross = /auto|scroll/.test(overflowX) && { left: -Infinity, right: Infinity };
  const scrollsDown = /auto|scroll/.test(overflowY) && { top: -Infinity, bottom: Infinity };
  return {
    reachable: { ...cut, ...scrollsAcross, ...scrollsDown },
    seen: common(seen, { ...EVERYWHERE, ...across, ...down }),
  };
}

/** What is hit at the middle of it, if that is something else than itself. */
function coverOf(element: HTMLElement): Element | null {
  const target = targetOf(element);
  const { left, top, width, height } = target.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  let hit: Element | null = document.elementFromPoint(x, y);
  while (hit?.shadowRoot) {
    const inner: Element | null = hit.shadowRoot.elementFromPoint(x, y);
    if (inner === null || inner === hit) break;
    hit = inner;
  }
  if (hit === null || isWithin(hit, target) || isWithin(target, hit) || isWithin(element, hit)) return null;
  // What is open lies over the rest, and what floats over a list leaves it to be scrolled.
  const isPassing = [hit, ...ancestorsOf(hit)].some(isOnTop) || canScrollFrom(target, hit);
  return isPassing ? null : hit;
}

/** Whether the target stands in a list that scrolls beneath what covers it. */
const canScrollFrom = (target: Element, cover: Element): boolean =>
  [...ancestorsOf(target)].some(
    (at) =>
      /auto|scroll/.test(getComputedStyle(at).overflowY) && at.scrollHeight > at.clientHeight && !isWithin(cover, at),
  );

/** Smaller ones are hit by chance alone, unless nothing else is so near that it could be meant (WCAG 2.5.8). */
const TARGET_PX = 24;

function findTooSmall(targets: readonly HTMLElement[]): string[] {
  const boxes = targets.map((target) => ({ target, box: target.getBoundingClientRect() }));
  return boxes
    .filter(({ target, box: { width, height } }) => {
      // A link in a sentence is as high as its line.
      return Math.min(width, height) < TARGET_PX - 0.5 && getComputedStyle(target).display !== 'inline';
    })
    .filter(({ target, box }) => {
      const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
      return boxes.some(({ target: other, box: { left, right, top, bottom } }) => {
        const away = Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
        return other !== target && !isWithin(other, target) && !isWithin(target, other) && away < TARGET_PX / 2;
      });
    })
    .map(({ target, box }) => `too small, ${Math.round(box.width)} × ${Math.round(box.height)}: ${describe(target)}`);
}

interface Words {
  readonly element: HTMLElement;
  readonly boxes: readonly DOMRect[];
}

function* findWords(elements: readonly HTMLElement[]): Generator<Words> {
  for (const element of elements) {
    const texts = [...element.childNodes].filter((node) => node instanceof Text && node.data.trim() !== '');
    if (texts.length === 0 || element.closest('svg, style, script, option') || !isShown(element)) continue;
    const range = document.createRange();
    for (const text of texts) {
      range.selectNodeContents(text);
      yield { element, boxes: [...range.getClientRects()] };
    }
  }
}

/** Words that end in dots, or are folded to so many lines, say that there is more. */
const isShortened = (element: Element): boolean =>
  [element, ...ancestorsOf(element)].some((at) => {
    const { textOverflow, webkitLineClamp, clipPath } = getComputedStyle(at);
    return textOverflow === 'ellipsis' || webkitLineClamp !== 'none' || clipPath !== 'none';
  });

/** Whether either lies on a ground of its own, over the other. */
function isLaidOver(one: Element, other: Element): boolean {
  const around = new Set([one, ...ancestorsOf(one)]);
  const shared = [other, ...ancestorsOf(other)].find((at) => around.has(at));
  return [one, other].some((element) => {
    for (const at of [element, ...ancestorsOf(element)]) {
      if (at === shared) return false;
      const { backgroundColor, backgroundImage } = getComputedStyle(at);
      if (isOnTop(at) || backgroundImage !== 'none' || !/transparent|^rgba\(.*, ?0\)$|\/ ?0\)$/.test(backgroundColor))
        return true;
    }
    return false;
  });
}

function findOverlaps(words: readonly Words[], places: Places): string[] {
  const lines = words.flatMap(({ element, boxes }) => {
    const { seen } = places.within(element);
    return boxes.map((box) => ({ element, box: common(box, seen) }));
  });
  const found: string[] = [];
  for (const [index, { element, box }] of lines.entries()) {
    for (const other of lines.slice(index + 1)) {
      const { left, right, top, bottom } = common(box, other.box);
      if (right - left <= TOLERANCE_PX || bottom - top <= TOUCHING_PX || element === other.element) continue;
      if (isLaidOver(element, other.element)) continue;
      found.push(`words lie over words: ${describe(element)} and ${describe(other.element)}`);
    }
  }
  return found;
}

/** What does not fit the window as it is: a page that scrolls sideways, what is cut off, covered, or laid over another. */
export function findLayoutFaults(): string[] {
  const places = new Places();
  const elements = [...findAll(document)];
  const faults: string[] = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) {
    const widest = elements.find((at) => isShown(at) && places.isCut(at, at.getBoundingClientRect()));
    faults.push(`the page is ${scrollWidth} wide in a window of ${clientWidth}: ${widest ? describe(widest) : '?'}`);
  }
  const controls = findControls();
  for (const element of controls) {
    const target = targetOf(element);
    const cover = places.isScrolledAway(target) ? null : coverOf(element);
    if (places.isCut(target, target.getBoundingClientRect())) faults.push(`cut off: ${describe(target)}`);
    else if (cover) faults.push(`covered: ${describe(target)} by ${describe(cover)}`);
  }
  const reached = new Set(controls.map(targetOf).filter((target) => !places.isScrolledAway(target)));
  faults.push(...findTooSmall([...reached]));
  const words = [...findWords(elements)];
  for (const { element, boxes } of words)
    if (boxes.some((box) => places.isCut(element, box, TOUCHING_PX)) && !isShortened(element))
      faults.push(`words are cut off: ${describe(element)}`);
  return [...new Set([...faults, ...findOverlaps(words, places)])];
}
