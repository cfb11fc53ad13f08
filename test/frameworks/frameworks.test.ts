import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchChromium, openPage } from '../e2e/support/chromium.ts';
import { showsNewFrames } from '../e2e/support/media-probe.ts';
import { openStudio, waitForState } from '../e2e/support/pages.ts';
import { RoomServer } from '../e2e/support/room-server.ts';
import { FrameworkProject, KitArchive, listFrameworks } from './framework-project.ts';

const chosen = process.env['ILS_FRAMEWORKS']?.split(',');

describe('the packed kit shows a live room in', { timeout: 3_000_000 }, () => {
  let server: RoomServer;
  let browser: Browser;
  let kit: KitArchive;

  before(async () => {
    kit = await KitArchive.pack();
    server = await RoomServer.start();
    browser = await launchChromium();
    await openStudio(browser, server);
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
    await kit?.[Symbol.asyncDispose]();
  });

  it('each of the frameworks there are', async (context) => {
    for (const name of chosen ?? (await listFrameworks())) {
      await context.test(name, async () => {
        await using project = await FrameworkProject.build(name, kit.path, server.origin);
        const { page, errors, context: profile } = await openPage(browser, project.origin);
        await waitForState({ page }, 'joined', 30_000);
        await showsNewFrames(page);
        // What listens to an event of the kit has heard it; a page without a framework has nobody to.
        const heard = page.locator('#state');
        if (await heard.count()) assert.equal(await heard.textContent(), 'joined');
        assert.deepEqual(errors, []);
        await profile.close();
      });
    }
  });
});
