import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

const MOST_STEPS = 90;

/** What has the keyboard's focus, through all shadow roots, by the name that a screen reader would say. */
export async function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    if (focused === null || focused === document.body) return '';
    const labels =
      focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement ? [...(focused.labels ?? [])] : [];
    const name = focused.getAttribute('aria-label') ?? (labels[0] ?? focused).textContent ?? '';
    return name.replaceAll(/\s+/g, ' ').trim();
  });
}

/** Presses `key` until what has the focus is so named; fails where it cannot be reached so. */
export async function reach(page: Page, name: string | RegExp, key = 'Tab'): Promise<void> {
  const passed: string[] = [];
  const isIt = (focused: string) => (typeof name === 'string' ? focused === name : name.test(focused));
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const focused = await focusedName(page);
    if (isIt(focused)) return;
    passed.push(focused);
    await page.keyboard.press(key);
  }
  throw new Error(`The ${key} key does not lead to ${String(name)}, but to ${passed.join(' › ')}`);
}

/** Where the keyboard is: on nothing, on something that does not show it, or well. */
type FocusState = 'nowhere' | 'unseen' | 'shown';

async function focusState(page: Page, afterFrames = 0): Promise<FocusState> {
  return page.evaluate(async (frames) => {
    for (let frame = 0; frame < frames; frame += 1) await new Promise(requestAnimationFrame);
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    if (focused === null || focused === document.body) return 'nowhere';
    const around: (Element | null | undefined)[] = [focused];
    if (focused instanceof HTMLInputElement) around.push(...(focused.labels ?? []));
    // A field's ring may be that of the box which it stands in.
    for (let at: Element | null = focused, step = 0; at !== null && step < 3; step += 1) {
      at = at.parentElement ?? (at.getRootNode() as ShadowRoot).host ?? null;
      around.push(at);
    }
    if (focused instanceof HTMLInputElement) around.push(...(focused.parentElement?.children ?? []));
    const isRinged = around.some((element) => {
      if (!element) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle !== 'none' && (outlineStyle === 'auto' || Number.parseFloat(outlineWidth) >= 2);
    });
    return isRinged ? 'shown' : 'unseen';
  }, afterFrames);
}

/** Reaches what is so named, sees the ring around it, presses `key`, and once `effect` is there the focus must be somewhere. */
export async function press(
  page: Page,
  name: string | RegExp,
  { key = 'Enter', by = 'Tab', effect }: { key?: string; by?: string; effect: () => Promise<unknown> },
): Promise<void> {
  await reach(page, name, by);
  assert.equal(await focusState(page), 'shown', `the focus on ${String(name)}`);
  await page.keyboard.press(key);
  await effect();
  // What is drawn in answer comes with the next frame, what goes on to what stands behind with the one after.
  assert.equal(await focusState(page, 3), 'shown', `the focus after ${key} on ${String(name)}`);
}

/** Goes through the whole page, forwards and back: everything that has the focus shows it, and nothing holds it. */
export async function passesThrough(page: Page): Promise<void> {
  for (const key of ['Tab', 'Shift+Tab']) {
    const passed: string[] = [];
    const unseen: string[] = [];
    let state: FocusState = 'shown';
    while (state !== 'nowhere' && passed.length < MOST_STEPS) {
      await page.keyboard.press(key);
      // oxlint-disable-next-line no-await-in-loop -- key by key
      state = await focusState(page);
      passed.push(state === 'unseen' ? await focusedName(page) : state);
      if (state === 'unseen') unseen.push(passed.at(-1) ?? '');
    }
    assert.deepEqual(unseen, [], 'what has the focus and does not show it');
    assert.equal(state, 'nowhere', `${key} does not lead out of the page in ${passed.length} steps`);
  }
}
