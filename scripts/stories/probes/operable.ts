import { findAll, isShown } from './composed-tree.ts';

const CONTROLS = [
  'a[href]',
  'button',
  'input:not([type="hidden"])',
  'select',
  'textarea',
  'summary',
  '[role^="menuitem"]',
  '[role="option"]',
  '[role="tab"]',
].join(',');

const findShown = (selector: string): HTMLElement[] =>
  [...findAll(document)].filter(
    (element) => element.matches(selector) && !element.matches(':disabled') && isShown(targetOf(element)),
  );

/** What a person can press, choose or write into, as it stands. */
export const findControls = (): HTMLElement[] => findShown(CONTROLS);

/** What a keyboard can reach: controls, and what scrolls or holds rows. Pictures and titles have a `tabindex` and are no stops. */
export const findFocusable = (): HTMLElement[] => findShown(`${CONTROLS}, [tabindex]:not(video, h2)`);

/** What is pressed to reach it: the label around a choice that is drawn by hand, or the thing itself. */
export function targetOf(element: HTMLElement): HTMLElement {
  if (!(element instanceof HTMLInputElement) || !['checkbox', 'radio', 'file'].includes(element.type)) return element;
  return element.labels?.[0] ?? element;
}
