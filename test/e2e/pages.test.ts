import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { readTokens } from '../../scripts/docs/elements-section.ts';
import { launchChromium, openPage, withoutGesture, type WatchedPage } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { focusedName, reach } from './support/keyboard.ts';
import { shownPictures, showsNewFrames, violations } from './support/media-probe.ts';
import { chatTexts, openWatch, ownSource, selfName, selfRole, waitForState, type RoomTag } from './support/pages.ts';
import { RoomServer } from './support/room-server.ts';

describe('the pages', { timeout: 240_000 }, () => {
  let server: RoomServer;
  let browser: Browser;
  let studio: WatchedPage;

  before(async () => {
    server = await RoomServer.start();
    browser = await launchChromium('--autoplay-policy=document-user-activation-required');
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const isClean = async ({ page, errors }: WatchedPage) => {
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(errors, []);
  };

  it('lead from the start to every other', async () => {
    const start = await openPage(browser, server.origin);
    for (const name of ['Studio', 'Watch', 'Embed', 'Theme']) {
      await start.page
        .getByRole('main')
        .getByRole('link', { name: new RegExp(`^${name} `) })
        .click();
      await start.page.waitForURL(`${server.origin}/${name.toLowerCase()}`);
      await eventually(
        'every element is defined',
        () => start.page.evaluate(() => document.querySelectorAll(':not(:defined)').length),
        (undefinedTags) => undefinedTags === 0,
      );
      await isClean(start);
      await start.page.goBack();
    }
    await start.context.close();
  });

  it('keep what one writes in sight above the keyboard of a phone', async () => {
    const watch = await openPage(browser, `${server.origin}/watch`);
    const { page } = watch;
    await waitForState(watch, 'joined');
    await page.setViewportSize({ width: 390, height: 480 });
    await page.locator('ils-chat').getByRole('textbox').focus();
    await eventually(
      'the button is above the keyboard',
      () => page.locator('ils-chat').getByRole('button', { name: 'Send' }).boundingBox(),
      (box) => box !== null && box.y + box.height <= 480,
    );
    await watch.context.close();
  });

  it('make a theme of every token that there is, and give it as CSS', async () => {
    const theme = await openPage(browser, `${server.origin}/theme`);
    const { page } = theme;
    await waitForState(theme, 'joined');
    await page.getByText('Where shall the next show come from?').first().waitFor();
    await page.getByRole('radio', { name: 'Forest' }).waitFor();
    const named = await page.locator('.tokens code').allTextContents();
    assert.deepEqual(
      named.toSorted(),
      readTokens()
        .map(({ name }) => name)
        .toSorted(),
    );

    const css = () => page.getByRole('region', { name: 'Stylesheet' }).textContent();
    const accentOf = (tag: string) =>
      page
        .locator(tag)
        .first()
        .evaluate((element) => getComputedStyle(element).getPropertyValue('--_accent'));
    assert.equal(await css(), 'ils-room {\n}\n');
    await page.getByRole('button', { name: 'Playful' }).click();
    await page.getByText('Started from playful.').waitFor();
    assert.match((await css()) ?? '', /--ils-accent: oklch\(0\.58 0\.23 350\);\n/);
    assert.equal(await accentOf('ils-chat'), 'oklch(0.58 0.23 350)');
    // A colour in light alone keeps that of the dark, and words that read badly are told.
    await page.getByLabel('Live, light', { exact: true }).evaluate((field: HTMLInputElement) => {
      field.value = '#ffd0d0';
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });
    assert.match((await css()) ?? '', /--ils-color-live: light-dark\(#ffd0d0, #[0-9a-f]{6}\);\n/);
    const [light, dark] = await page
      .getByRole('row', { name: /^“Live”/ })
      .getByRole('cell')
      .allTextContents();
    assert.match(light ?? '', /^⚠ 1\.\d$/);
    assert.match(dark ?? '', /^✓ \d\.\d$/);
    await page.getByRole('radio', { name: 'Dark' }).check();
    assert.match((await css()) ?? '', /^ils-room \{\n {2}color-scheme: dark;\n/);
    await page.getByRole('button', { name: 'Start again' }).click();
    assert.equal(await css(), 'ils-room {\n}\n');
    await theme.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Broadcast' }).click();
    await page.getByText('Started from broadcast.').waitFor();
    await page.getByRole('button', { name: 'Copy as CSS' }).click();
    await page.getByText('Copied.').waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await css());
    await isClean(theme);
    await theme.context.close();
  });

  it('let the host go live by keyboard alone', async () => {
    studio = await openPage(browser, `${server.origin}/studio`);
    const { page } = studio;
    const name = page.getByLabel('Your name');
    await name.waitFor();
    await reach(page, 'Your name');
    await page.keyboard.type('Ada');
    await reach(page, 'Join');
    // Opened by themselves where the browser allows it without a question, else by the button.
    const { status } = await ownSource(studio, 'camera');
    if (status === 'off') {
      await reach(page, 'Turn on camera and microphone', 'Shift+Tab');
      await page.keyboard.press('Enter');
    }
    for (const source of ['camera', 'microphone'] as const)
      await eventually(
        `${source} is open`,
        () => ownSource(studio, source),
        ({ status: now }) => now === 'live',
      );
    await reach(page, 'Join');
    await page.keyboard.press('Enter');
    await waitForState(studio, 'joined');
    for (const source of ['camera', 'microphone'] as const)
      await eventually(
        `${source} is on the air`,
        () => ownSource(studio, source),
        ({ published }) => published === true,
      );

    await reach(page, 'Mute microphone');
    await page.keyboard.press('Space');
    await eventually(
      'the microphone is silent',
      () => ownSource(studio, 'microphone'),
      ({ status: now }) => now === 'muted',
    );
    assert.equal(await focusedName(page), 'Turn microphone on');
    await page.keyboard.press('Control+d');
    await eventually(
      'the microphone is open',
      () => ownSource(studio, 'microphone'),
      ({ status: now }) => now === 'live',
    );
  });

  it('offer sound by one tap where the browser holds it back', async () => {
    const viewer = await openPage(browser, `${server.origin}/watch`);
    const { page } = viewer;
    const quiet = await withoutGesture(viewer);
    await waitForState({ page: quiet }, 'joined');
    await showsNewFrames(quiet);
    const button = await eventually(
      'the button',
      () =>
        quiet.evaluate(() =>
          document.querySelector('ils-player')?.shadowRoot?.querySelector('.unmute')?.getBoundingClientRect().toJSON(),
        ),
      (box) => box !== undefined && box !== null,
    );
    assert.equal(await quiet.evaluate(() => window.playingSounds()), 0);
    await page.mouse.click(button.x + button.width / 2, button.y + button.height / 2);
    await eventually(
      'sound',
      () => quiet.evaluate(() => window.playingSounds()),
      (sounds) => sounds === 1,
    );
    await page.getByRole('button', { name: 'Tap to unmute' }).waitFor({ state: 'hidden' });
    await isClean(viewer);
    await viewer.context.close();
  });

  it('let a viewer write by keyboard alone', async () => {
    const viewer = await openWatch(browser, server);
    const { page } = viewer;
    await reach(page, 'Message');
    await page.keyboard.type('Hello there');
    await page.keyboard.press('Enter');
    await eventually(
      'the message',
      () => chatTexts(studio),
      (texts) => texts.includes('Hello there'),
    );
    await isClean(viewer);
    await viewer.context.close();
  });

  it('let host and viewer share the stage by keyboard alone', async () => {
    const viewer = await openWatch(browser, server);
    await reach(studio.page, 'Message');
    await studio.page.keyboard.type('Who wants to come up?');
    await studio.page.keyboard.press('Enter');
    await viewer.page.locator('ils-chat').getByText('Who wants to come up?', { exact: true }).waitFor();

    const { page } = studio;
    await reach(page, 'Chat', 'Shift+Tab');
    await page.keyboard.press('ArrowRight');
    assert.equal(await focusedName(page), 'People');
    // Others who have just left may still be in the list.
    const name = await selfName(viewer);
    await page.locator('ils-participants').getByRole('button', { name }).waitFor();
    await reach(page, /Viewer \d+|You/);
    await reach(page, new RegExp(name), 'ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('menu', { name: `Options for ${name}` }).waitFor();
    await reach(page, /^Guest/, 'ArrowDown');
    await page.keyboard.press('Enter');

    const dialog = viewer.page.getByRole('dialog');
    await dialog.waitFor();
    for (const name of ['Microphone', 'Camera']) {
      await reach(viewer.page, name);
      await viewer.page.keyboard.press('Space');
    }
    await reach(viewer.page, 'Go on stage');
    await viewer.page.keyboard.press('Enter');
    await eventually(
      'the role',
      () => selfRole(viewer),
      (role) => role === 'guest',
    );
    for (const one of [studio, viewer])
      await eventually(
        'both in sight',
        () => shownPictures(one.page),
        (shown) => shown.length === 2,
        30_000,
      );
    await isClean(viewer);
    await isClean(studio);
    await viewer.context.close();
  });

  it('embed the show in a page with no script of its own', async () => {
    const embed = await openPage(browser, `${server.origin}/embed`);
    await waitForState(embed, 'joined');
    const scripts = await embed.page.evaluate(() => [...document.scripts].map(({ src, text }) => ({ src, text })));
    assert.deepEqual(scripts, [{ src: `${server.origin}/kit/cdn/ils.js`, text: '' }]);
    await showsNewFrames(embed.page);
    await embed.page.getByRole('textbox', { name: 'Message' }).fill('from the article');
    await embed.page.getByRole('button', { name: 'Send' }).click();
    await eventually(
      'the message',
      () => chatTexts(studio),
      (texts) => texts.includes('from the article'),
    );
    await isClean(embed);
    await embed.context.close();
  });

  it('show the end of the show, which the host brings about by keyboard alone', async () => {
    const viewer = await openWatch(browser, server);
    await reach(studio.page, 'Leave or end');
    await studio.page.keyboard.press('Enter');
    await studio.page.getByRole('menu', { name: 'Leave or end' }).waitFor();
    await reach(studio.page, /End/, 'ArrowDown');
    await studio.page.keyboard.press('Enter');
    await reach(studio.page, 'End for everyone');
    await studio.page.keyboard.press('Enter');
    for (const one of [studio, viewer]) await waitForState(one, 'ended');
    await viewer.page.locator('ils-player').getByText('The show has ended').waitFor();
    assert.equal(
      await viewer.page.evaluate(() => document.querySelector<RoomTag>('ils-room')?.matches(':state(ended)')),
      true,
    );
    await isClean(viewer);
    await isClean(studio);
  });
});
