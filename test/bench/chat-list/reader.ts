import type { Page } from 'playwright-core';
import { readList } from './list-probe.ts';

const WHEEL_MS = 4_000;
const WHEEL_PX = 700;
const PAGES_MS = 3_000;
const DRAG_MS = 1_500;
const GRASPS = 5;
/** Of a list so long. */
const THUMB_PX = 28;
const SETTLING_MS = 300;
const STEP_MS = 16;
/** How long somebody reads at the top while messages go on coming. */
const AT_TOP_MS = 3_000;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Does one thing again and again for so long, however slow the machine; `share` goes from 0 to 1. */
async function steps(lengthMs: number, step: (share: number) => Promise<void>): Promise<void> {
  const startedAt = performance.now();
  for (;;) {
    const share = (performance.now() - startedAt) / lengthMs;
    if (share >= 1) return;
    await step(share);
    await wait(STEP_MS);
  }
}

/** Turns the wheel upwards, over thousands of messages. */
export async function wheelUp(page: Page): Promise<void> {
  const { view } = await whereItStands(page);
  await page.mouse.move(view.x + view.width / 2, view.y + view.height / 2);
  await steps(WHEEL_MS, () => page.mouse.wheel(0, -WHEEL_PX));
}

/** Presses Page Up as the keyboard repeats it. */
export async function pageUp(page: Page): Promise<void> {
  await page.evaluate(() => window.listScroller()?.focus());
  await steps(PAGES_MS, () => page.keyboard.press('PageUp'));
}

/** Takes the scroll bar's thumb to the very top, again where it was let slip, and stays there. */
export async function dragToTop(page: Page): Promise<void> {
  for (let grasp = 0; grasp < GRASPS && (await whereItStands(page)).first > 0; grasp += 1) await drag(page);
  await wait(AT_TOP_MS);
}

async function drag(page: Page): Promise<void> {
  const { view, place } = await whereItStands(page);
  const x = view.x + view.width - 5;
  const from = view.y + THUMB_PX / 2 + place * (view.height - THUMB_PX);
  await page.mouse.move(x, from);
  await page.mouse.down();
  const to = view.y - 50;
  await steps(DRAG_MS, (share) => page.mouse.move(x, from + (to - from) * share));
  await page.mouse.move(x, to);
  await wait(SETTLING_MS);
  await page.mouse.up();
}

async function whereItStands(page: Page) {
  const list = await page.evaluate(readList);
  if (list === null) throw new Error('There is no list.');
  return list;
}
