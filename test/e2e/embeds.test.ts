import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Frame, Page } from 'playwright-core';
import { serveFolder, type FolderServer } from '../../scripts/serve-folder.ts';
import { launchChromium, openPage, type WatchedPage } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { showsNewFrames, violations } from './support/media-probe.ts';
import { openStudio, say } from './support/pages.ts';
import { RoomServer } from './support/room-server.ts';

/** What a careful site sends; the frame and its script are all that it lets in. */
const policyOf = (origin: string) =>
  `default-src 'self'; script-src ${origin}; style-src 'self' 'unsafe-inline'; frame-src ${origin}; require-trusted-types-for 'script'`;

describe('a room on other sites', { timeout: 180_000 }, () => {
  let server: RoomServer;
  let browser: Browser;
  let site: FolderServer;
  let studio: WatchedPage;

  before(async () => {
    server = await RoomServer.start();
    browser = await launchChromium();
    studio = await openStudio(browser, server);
    const link = (more: string) =>
      `<a class="ils-embed" href="${server.origin}/embed/demo?show=player" ${more}>Watch the show</a>`;
    const page = (body: string) =>
      `<!doctype html><html lang="en"><title>A site</title><body>${body}<script type="module" src="${server.origin}/embed.js"></script></body></html>`;
    site = await serveFolder('/nowhere', {
      headers: { 'content-security-policy': policyOf(server.origin) },
      pages: {
        '/favicon.ico': '',
        '/asked': page(link('')),
        '/twice': page(`${link('')}<script type="module" src="${server.origin}/embed.js?again"></script>`),
        '/at-once': page(link('data-load="now" data-height="auto"')),
        '/foreign': page('<a class="ils-embed" href="https://evil.example/embed/demo">Elsewhere</a>'),
        '/sandboxed': page(
          `<iframe title="Sandboxed" sandbox="allow-scripts" src="${server.origin}/embed/demo" width="900" height="500"></iframe>`,
        ),
      },
    });
  });

  after(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
    await server?.stop();
  });

  async function findFrame(page: Page): Promise<Frame> {
    return eventually(
      'the frame',
      async () => page.frames().find((frame) => frame.url().startsWith(`${server.origin}/embed/`)),
      (frame) => frame !== undefined,
    ) as Promise<Frame>;
  }

  it('is a button first, and plays in a frame once that is pressed by keyboard', async () => {
    const { page, errors } = await openPage(browser, `${site.origin}/asked`);
    const button = page.getByRole('button', { name: 'Watch the show' });
    await button.waitFor();
    assert.equal(page.frames().length, 1);
    await button.press('Enter');
    const frame = await findFrame(page);
    await showsNewFrames(frame);
    assert.equal(await page.locator('iframe').getAttribute('title'), 'Watch the show');
    assert.deepEqual([...(await violations(page)), ...(await violations(frame))], []);
    assert.deepEqual(errors, []);
    await page.close();
  });

  it('says how it goes, and does what the page asks of it', async () => {
    const { page } = await openPage(browser, `${site.origin}/at-once`);
    const frame = await findFrame(page);
    await page.evaluate(() => {
      document.addEventListener('ils-embed', (event) => {
        const { message } = event as Event & { message: { type: string; state?: string } };
        if (message.type === 'state') document.body.dataset['state'] = message.state;
      });
    });
    await showsNewFrames(frame);
    const command = (body: string) =>
      page.evaluate((word) => {
        document.querySelector('iframe')?.contentWindow?.postMessage({ channel: 'ils-embed', body: word }, '*');
      }, body);
    await command('leave');
    await page.waitForFunction(() => document.body.dataset['state'] === 'left');
    await command('join');
    await page.waitForFunction(() => document.body.dataset['state'] === 'joined');
    const { width = 0, height = 0 } = (await page.locator('iframe').boundingBox()) ?? {};
    assert.ok(Math.abs(height - (width * 9) / 16) < 1, `${width} by ${height}`);
    await page.close();
  });

  it('comes and goes with its link where an app draws the page, once however often the script is there', async () => {
    const { page, errors } = await openPage(browser, `${site.origin}/twice`);
    await page.getByRole('button', { name: 'Watch the show' }).waitFor();
    await page.waitForLoadState('networkidle');
    const rooms = () => page.locator('div.ils-embed').count();
    assert.equal(await rooms(), 1);
    await page.evaluate(() => document.querySelector('a')?.remove());
    await eventually('the room goes', rooms, (count) => count === 0);
    await page.evaluate((origin) => {
      const link = Object.assign(document.createElement('a'), { className: 'ils-embed', href: `${origin}/embed/demo` });
      const broken = Object.assign(document.createElement('a'), { className: 'ils-embed', href: 'http://' });
      link.append('Another show');
      document.body.append(broken, link);
    }, server.origin);
    await page.getByRole('button', { name: 'Another show' }).waitFor();
    assert.equal(await rooms(), 1);
    assert.equal(await page.getByRole('link', { name: 'Another show' }).count(), 0);
    assert.deepEqual(errors, []);
    await page.close();
  });

  it('stays a link where it leads to another server than the script comes from', async () => {
    const { page } = await openPage(browser, `${site.origin}/foreign`);
    await page.waitForLoadState('networkidle');
    assert.equal(await page.getByRole('link', { name: 'Elsewhere' }).count(), 1);
    await page.close();
  });

  it('can be watched and read in a sandbox that has no origin', async () => {
    const { page, errors } = await openPage(browser, `${site.origin}/sandboxed`);
    const frame = await findFrame(page);
    await showsNewFrames(frame);
    await say(studio, 'Hello to the sandbox');
    await frame.getByText('Hello to the sandbox', { exact: true }).waitFor();
    assert.equal(await frame.evaluate(() => window.origin), 'null');
    assert.deepEqual(await violations(frame), []);
    assert.deepEqual(errors, []);
    await page.close();
  });
});
