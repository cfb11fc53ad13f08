import type { Page } from 'playwright-core';
import { eventually } from '../../e2e/support/eventually.ts';
import { waitForState } from '../../e2e/support/pages.ts';
import type { Scriptable } from '../../e2e/support/scriptable.ts';

/** Waits until every tag of ours in the page is an element. */
export async function areDefined(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const tags = [...document.querySelectorAll('*')].filter(({ localName }) => localName.startsWith('ils-'));
    return tags.length > 0 && tags.every((tag) => tag.matches(':defined'));
  });
}

/** Waits until a picture has been decoded and goes on, whether it came by WebRTC or by HLS. */
export async function showsPicture(page: Scriptable): Promise<void> {
  const frames = () =>
    page.evaluate(() => {
      const counts: number[] = [0];
      const collect = (root: ParentNode): void => {
        for (const element of root.querySelectorAll('*')) {
          if (element instanceof HTMLVideoElement) counts.push(element.getVideoPlaybackQuality().totalVideoFrames);
          if (element.shadowRoot !== null) collect(element.shadowRoot);
        }
      };
      collect(document);
      return Math.max(...counts);
    });
  const first = await eventually('a decoded picture', frames, (count) => count > 0, 30_000);
  await eventually('more of it', frames, (count) => count > first, 30_000);
}

/** Attributes and slots of our tags in the page that their elements do not have. */
export function unknownMarkup(
  page: Page,
  known: Readonly<Record<string, { readonly attributes: readonly string[]; readonly slots: readonly string[] }>>,
): Promise<readonly string[]> {
  return page.evaluate((elements) => {
    const everywhere = ['id', 'class', 'slot', 'style', 'lang', 'dir', 'hidden', 'for'];
    const found: string[] = [];
    for (const tag of document.querySelectorAll('*')) {
      const element = elements[tag.localName];
      if (element === undefined) continue;
      for (const name of tag.getAttributeNames()) {
        if (!everywhere.includes(name) && !element.attributes.includes(name)) found.push(`<${tag.localName} ${name}>`);
      }
      for (const { slot } of tag.children) {
        if (slot !== '' && !element.slots.includes(slot)) found.push(`<${tag.localName}> slot ${slot}`);
      }
    }
    return found;
  }, known);
}

/** Gives a name in the page's preview and joins, as a person does. */
export async function joinByPreview(page: Page): Promise<void> {
  await areDefined(page);
  const preview = page.locator('ils-preview');
  await preview.getByRole('textbox', { name: 'Your name' }).fill('Mara');
  await preview.getByRole('button', { name: 'Join' }).click();
  await waitForState({ page }, 'joined', 30_000);
}
