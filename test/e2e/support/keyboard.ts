import type { Page } from 'playwright-core';

const MOST_STEPS = 60;

/** What has the keyboard's focus, through all shadow roots, by the name that a screen reader would say. */
export async function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    if (focused === null || focused === document.body) return '';
    const labels = focused instanceof HTMLInputElement ? [...(focused.labels ?? [])] : [];
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
