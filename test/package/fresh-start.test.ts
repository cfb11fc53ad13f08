import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { AUTOPLAY, launchChromium, openPage } from '../e2e/support/chromium.ts';
import { eventually } from '../e2e/support/eventually.ts';
import { findFreePort } from '../e2e/support/free-port.ts';
import { violations } from '../e2e/support/media-probe.ts';
import { waitForState } from '../e2e/support/pages.ts';
import { readDocument } from '../docs/support/documents.ts';
import { joinByPreview, showsPicture } from '../docs/support/page-checks.ts';
import { repository } from '../docs/support/repository.ts';
import { joinRoom } from '../server/http/test-server.ts';
import { InstalledProject } from './installed-project.ts';

/** What stands beneath a Dockerfile's word, one line each. */
const linesOf = (text: string, word: string) =>
  [...text.matchAll(new RegExp(`^${word} (.+)$`, 'gm'))].map(([, line = '']) => line);

describe('a stranger with the packages and the README', { timeout: 300_000 }, () => {
  let project: InstalledProject;
  let browser: Browser;
  let web: ChildProcess;
  let webPort: number;

  before(async () => {
    const worker = process.env['MEDIASOUP_WORKER_BIN'];
    assert.ok(worker, 'MEDIASOUP_WORKER_BIN names the media worker; npm test sets it');
    project = await InstalledProject.create(worker);
    await mkdir(join(project.folder, 'site'));
    // Browsers ask for it unbidden.
    await writeFile(join(project.folder, 'site/favicon.ico'), '');
    webPort = await findFreePort();
    const flags = ['-m', 'http.server', String(webPort), '--bind', '127.0.0.1'];
    web = spawn('/usr/bin/python3', flags, { cwd: join(project.folder, 'site'), stdio: 'ignore' });
    browser = await launchChromium(AUTOPLAY);
  });

  after(async () => {
    await browser?.close();
    if (web?.exitCode === null) {
      const ended = once(web, 'exit');
      web.kill();
      await ended;
    }
    await project?.remove();
  });

  it('has nothing run, and nothing downloaded, while npm installs', async () => {
    const lock = JSON.parse(await readFile(join(project.folder, 'package-lock.json'), 'utf8'));
    const scripted = Object.entries<{ hasInstallScript?: boolean }>(lock.packages)
      .filter(([, { hasInstallScript }]) => hasInstallScript === true)
      .map(([path]) => path);
    assert.deepEqual(scripted, []);
  });

  it('goes live with the two pages of the README, and is watched', async () => {
    const server = await project.startServer();
    try {
      const [index, watch] = readDocument('README.md').snippets.filter(({ text }) => text.includes('room="mine"'));
      assert.ok(index && watch);
      const address = server.origin.replace('127.0.0.1', 'localhost');
      const here = (html: string) => html.replaceAll('http://localhost:7888', address);
      const [head = ''] = index.text.split('<body>');
      await writeFile(join(project.folder, 'site/index.html'), here(index.text));
      await writeFile(join(project.folder, 'site/watch.html'), here(`${head}<body>${watch.text}</body></html>`));
      const site = `http://localhost:${webPort}`;
      await eventually(
        'the web server',
        () =>
          fetch(site).then(
            ({ ok }) => ok,
            () => false,
          ),
        Boolean,
      );
      const host = await openPage(browser, site);
      await joinByPreview(host.page);
      await showsPicture(host.page);
      const viewer = await openPage(browser, `${site}/watch.html`);
      await waitForState(viewer, 'joined', 30_000);
      await showsPicture(viewer.page);
      for (const one of [host, viewer]) assert.deepEqual([...(await violations(one.page)), ...one.errors], []);
      const loader = await fetch(`${server.origin}/embed.js`);
      assert.equal(loader.status, 200);
      assert.equal((await fetch(`${server.origin}/kit/themes/playful.css`)).status, 200);
      await Promise.all([host.context.close(), viewer.context.close()]);
    } finally {
      server.signalNpm('SIGTERM');
      await server.ended;
    }
  });

  it('runs it in public, as the pages and the Containerfile have it', async () => {
    const file = await readFile(join(repository, 'docs/deployment/Containerfile'), 'utf8');
    const commands = linesOf(file, 'RUN').flatMap((line) => line.split(' && '));
    assert.ok(commands.some((command) => command.startsWith('npm install') && command.includes('ils-kit-server')));
    // What comes from Debian, and what needs root, is for the container's builder.
    const own = commands.filter((command) => command.startsWith('node '));
    assert.equal(own.length, 1);
    for (const command of own) assert.match((await project.run('sh', '-c', command)).stdout, /mediasoup-worker/);
    const secrets = { ILS_SECRET: 's'.repeat(40), ILS_API_KEYS: 'a key of ours'.replaceAll(' ', '-').repeat(2) };
    const server = await project.startServer(['--media-announced', '203.0.113.7'], secrets);
    try {
      const [health = ''] = linesOf(file, 'HEALTHCHECK CMD');
      const [program = '', ...parameters] = JSON.parse(health.replace('127.0.0.1:7888', new URL(server.origin).host));
      await project.run(program, ...parameters);
      assert.equal((await fetch(`${server.origin}/dev/token`)).status, 404);
      const answer = await fetch(`${server.origin}/api/v1/rooms/launch/tokens`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secrets.ILS_API_KEYS}`, 'content-type': 'application/json' },
        body: JSON.stringify({ role: 'viewer' }),
      });
      const { token } = (await answer.json()) as { token: string };
      const client = await joinRoom(server.origin, 'launch', token);
      client.socket.close();
    } finally {
      server.signalNpm('SIGTERM');
      await server.ended;
    }
    const [command = ''] = linesOf(file, 'CMD');
    assert.deepEqual(JSON.parse(command), ['node', 'node_modules/ils-kit-server/dist/main.js']);
  });
});
