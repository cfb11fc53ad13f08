import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { readElements } from '../../scripts/docs/elements-section.ts';
import { findStalePages } from '../../scripts/docs/pages.ts';
import { repository } from './support/repository.ts';
import { DEVELOPMENT_API_KEY } from '../../server/src/config/config.ts';
import { AUTOPLAY, launchChromium, openPage, type WatchedPage } from '../e2e/support/chromium.ts';
import { eventually } from '../e2e/support/eventually.ts';
import { violations } from '../e2e/support/media-probe.ts';
import { waitForState } from '../e2e/support/pages.ts';
import { RoomServer } from '../e2e/support/room-server.ts';
import { joinRoom, type JoinedClient } from '../server/http/test-server.ts';
import { asksServer, listCommands, runElsewhere } from './support/commands.ts';
import { snippetsIn, type Snippet } from './support/documents.ts';
import { tokenNames } from './support/names.ts';
import { areDefined, joinByPreview, showsPicture, unknownMarkup } from './support/page-checks.ts';
import { BASIC_HTML, filterHtml, readAllowed } from './support/recipes.ts';
import { scratchFolder } from './support/scratch.ts';
import { Site, toLoopback } from './support/site.ts';

const run = promisify(execFile);
/** Pages at a time: as many as two cores bear. */
const AT_ONCE = 2;

const elements = readElements();
const known = Object.fromEntries(
  elements.map(({ tagName, members = [], slots = [] }) => [
    tagName,
    { attributes: members.flatMap(({ attribute }) => attribute ?? []), slots: slots.map(({ name }) => name) },
  ]),
);

const HOST = `<ils-room server="https://live.example" room="launch" token-url="https://live.example/dev/token?role=host">
  <ils-preview></ils-preview><ils-stage></ils-stage></ils-room>`;

describe('what is on the pages, with a live room', { timeout: 300_000 }, () => {
  let server: RoomServer;
  let site: Site;
  let browser: Browser;
  let ada: JoinedClient;
  const hosts: WatchedPage[] = [];

  before(async () => {
    // Without a composer: commands that start a broadcast are answered all the same.
    server = await RoomServer.start(['--broadcast-route', 'direct']);
    site = await Site.start(server.origin);
    browser = await launchChromium(AUTOPLAY);
    hosts.push(await joinAsHost(site.addPage('host', HOST)));
    const token = await server.mintToken({ room: 'launch', role: 'viewer', participant: 'ada' });
    ada = await joinRoom(server.origin, 'launch', token);
  });

  after(async () => {
    ada?.socket.close();
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
    await server?.stop();
  });

  /** Through the preview, as a person does. */
  async function joinAsHost(address: string): Promise<WatchedPage> {
    const host = await openPage(browser, address);
    await joinByPreview(host.page);
    await showsPicture(host.page);
    return host;
  }

  async function tryPage({ text, place }: Snippet): Promise<void> {
    const { page, context, errors } = await openPage(browser, site.addPage(place.replaceAll(/\W/g, '-'), text));
    try {
      if (text.includes('<ils-')) {
        await areDefined(page);
        assert.deepEqual(await unknownMarkup(page, known), []);
      }
      if (text.includes('auto-join')) await waitForState({ page }, 'joined', 30_000);
      if (text.includes('ils-embed')) {
        await page.getByRole('button').first().click();
        await showsPicture(await embeddedFrame(page));
      } else if (text.includes('<iframe')) await showsPicture(await embeddedFrame(page));
      else if (/<ils-(player|stage)/.test(text)) await showsPicture(page);
      assert.deepEqual([...(await violations(page)), ...errors], []);
    } catch (error) {
      throw new Error(`${place}: ${String(error)}; ${errors.join('; ')}`, { cause: error });
    } finally {
      await context.close();
    }
  }

  const embeddedFrame = async (page: WatchedPage['page']) => {
    const frame = await eventually(
      'the frame',
      () => page.frames().find((one) => one.url().startsWith(`${server.origin}/embed/`)),
      (one) => one !== undefined,
    );
    assert.ok(frame);
    return frame;
  };

  it('goes live by the README: the host’s page first, then that of the audience', async () => {
    const [hostPage, watchPage] = snippetsIn('html').filter(
      ({ page, text }) => page === 'README.md' && /room="mine"/.test(text),
    );
    assert.ok(hostPage && watchPage);
    const host = await joinAsHost(site.addPage('index', hostPage.text));
    await tryPage(watchPage);
    assert.deepEqual([...(await violations(host.page)), ...host.errors], []);
    await host.context.close();
  });

  it('HTML runs under the policy that the pages give, and shows a picture where it should', async () => {
    const snippets = snippetsIn('html').filter(({ text }) => !text.includes('room="mine"'));
    assert.ok(snippets.length >= 8);
    const waiting = [...snippets];
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let snippet = waiting.shift(); snippet !== undefined; snippet = waiting.shift()) await tryPage(snippet);
      }),
    );
  });

  it('CSS parses, and names tokens, parts and states that there are', async () => {
    const { page, context } = await openPage(browser, 'about:blank');
    for (const { text, place } of snippetsIn('css')) {
      const rules = await page.evaluate((css) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        return [...sheet.cssRules].map((rule) => (rule instanceof CSSStyleRule ? rule.style.length : 0));
      }, text);
      assert.equal(rules.length, text.split('{').length - 1, place);
      assert.ok(
        rules.every((declarations) => declarations > 0),
        place,
      );
      for (const name of text.match(/--ils-[\w-]+/g) ?? []) assert.ok(tokenNames.has(name), `${place}: ${name}`);
      for (const [, tag, , state, , part] of text.matchAll(/(ils-[\w-]+)(:state\(([\w-]+)\))?(::part\(([\w-]+)\))?/g)) {
        const element = elements.find(({ tagName }) => tagName === tag);
        if (state !== undefined)
          assert.ok(
            element?.cssStates?.some(({ name }) => name === state),
            `${place}: ${state}`,
          );
        if (part !== undefined)
          assert.ok(
            element?.cssParts?.some(({ name }) => name === part),
            `${place}: ${part}`,
          );
      }
    }
    await context.close();
  });

  it('commands ask the server and are answered well', async () => {
    const script = ['set -eu', 'curl() { command curl --fail-with-body --silent --show-error "$@"; echo; }'];
    const commands = snippetsIn('sh')
      .flatMap(({ text }) => listCommands(text))
      .filter(asksServer);
    assert.ok(commands.length >= 10);
    for (const command of commands) {
      const line = toLoopback(command, server.origin);
      const env = { ...process.env, KEY: DEVELOPMENT_API_KEY };
      await run('bash', ['-c', [...script, line].join('\n')], { env }).catch((error: Error & { stdout: string }) =>
        assert.fail(`${command}\n${error.stdout}`),
      );
    }
  });

  it('all other commands are run by another test, or it is said why not', () => {
    const commands = new Set(
      snippetsIn('sh')
        .flatMap(({ text }) => listCommands(text))
        .filter((one) => !asksServer(one)),
    );
    assert.deepEqual([...commands].toSorted(), Object.keys(runElsewhere).toSorted());
    for (const [command, { test, reason }] of Object.entries(runElsewhere)) {
      assert.ok(reason ?? (test !== undefined && existsSync(join(repository, test))), command);
    }
  });

  it('the REST API is written down as the server says it is', async () => {
    const api = await (await fetch(`${server.origin}/openapi.json`)).json();
    assert.deepEqual([...(await findStalePages(api)).keys()], [], 'npm run docs writes them');
  });

  it('npm start ends at a line that says ready, and shows its pages', async () => {
    const flags = [
      '--host',
      '127.0.0.1',
      '--port',
      '0',
      '--media-ports',
      '0-0',
      '--workers',
      '1',
      '--data',
      scratchFolder(),
    ];
    const child = spawn('npm', ['start', '--', ...flags], { cwd: repository, stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    let output = '';
    child.stdout.on('data', (text) => (output += String(text)));
    const address = await eventually(
      'ready',
      () => /^ready: (http:\/\/\S+)/m.exec(output)?.[1],
      (found) => found !== undefined,
      120_000,
    );
    for (const page of ['/', '/studio', '/watch', '/embed'])
      assert.equal((await fetch(`${address}${page}`)).status, 200);
    child.kill('SIGTERM');
    await ended;
  });

  describe('a recipe', () => {
    const recipe = (kind: string, language = 'html') => {
      const found = snippetsIn(language).find((snippet) => snippet.kind === kind);
      assert.ok(found, kind);
      return found.text;
    };

    it('for a static site is tags in an article, with the policy in the page', async () => {
      const page = site.addPage('static', `<article><h1>Launch</h1>${recipe('static')}<p>More.</p></article>`);
      const watch = await openPage(browser, page);
      await waitForState(watch, 'joined');
      await showsPicture(watch.page);
      await watch.context.close();
    });

    it('for Ghost stands in an HTML card, and stays a link where no script runs', async () => {
      const card = `<!--kg-card-begin: html-->${recipe('ghost')}<!--kg-card-end: html-->`;
      const address = site.addPage('ghost', `<main class="gh-content">${card}</main>`, { strict: false });
      const post = await openPage(browser, address);
      await post.page.getByRole('button', { name: 'Watch the launch' }).click();
      await showsPicture(await embeddedFrame(post.page));
      const letter = await openPage(browser, address, { javaScriptEnabled: false });
      assert.equal(await letter.page.getByRole('link', { name: 'Watch the launch' }).count(), 1);
      await Promise.all([post.context.close(), letter.context.close()]);
    });

    it('for Webflow joins tags of two embeds in one page', async () => {
      const embed = (html: string) => `<div class="w-embed w-script">${html}</div>`;
      const html = `${embed('<ils-chat for="show"></ils-chat>')}<section>${embed(recipe('webflow'))}</section>`;
      const { page, context } = await openPage(browser, site.addPage('webflow', html, { strict: false }));
      await waitForState({ page }, 'joined');
      await showsPicture(page);
      await page.locator('ils-chat').getByRole('textbox').fill('Hello from Webflow');
      await page.keyboard.press('Enter');
      await page.locator('ils-chat').getByText('Hello from Webflow', { exact: true }).waitFor();
      await context.close();
    });

    it('for Drupal is a frame that the text format leaves, and nothing without that', async () => {
      assert.doesNotMatch(filterHtml(recipe('drupal'), readAllowed(BASIC_HTML)), /iframe/);
      const allowed = readAllowed(`${BASIC_HTML} ${recipe('drupal', 'tags')}`);
      const filtered = filterHtml(recipe('drupal'), allowed);
      assert.match(filtered, /allow="autoplay/);
      assert.equal(filterHtml(recipe('ghost'), allowed).includes('script'), false);
      const { page, context } = await openPage(browser, site.addPage('drupal', filtered));
      await showsPicture(await embeddedFrame(page));
      await context.close();
    });

    it('for Notion is an address in a frame of its own, with an origin and without', async () => {
      for (const sandbox of ['allow-scripts allow-popups allow-forms allow-same-origin', 'allow-scripts']) {
        const html = `<iframe title="Embed" sandbox="${sandbox}" src="${recipe('notion', 'url').trim()}" width="900" height="500"></iframe>`;
        const { page, context } = await openPage(browser, site.addPage('notion', html, { strict: false }));
        const frame = await embeddedFrame(page);
        await showsPicture(frame);
        assert.deepEqual(await violations(frame), []);
        await context.close();
      }
    });
  });
});
