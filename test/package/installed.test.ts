import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createHelp } from '../../server/src/config/help.ts';
import { version } from '../../server/src/package.ts';
import { readRecipeFingerprint } from '../../server/worker/worker-recipe.ts';
import { joinRoom } from '../server/http/test-server.ts';
import { InstalledProject } from './installed-project.ts';

const compiler = fileURLToPath(new URL('../../node_modules/.bin/tsc', import.meta.url));

describe('the packages, installed from their tarballs', { timeout: 180_000 }, () => {
  let project: InstalledProject;

  before(async () => {
    const worker = process.env['MEDIASOUP_WORKER_BIN'];
    assert.ok(worker, 'MEDIASOUP_WORKER_BIN names the media worker; npm test sets it');
    project = await InstalledProject.create(worker);
  });
  after(() => project?.remove());

  const evaluate = (script: string, ...nodeFlags: string[]) =>
    project.run('node', ...nodeFlags, '--input-type=module', '--eval', script);

  it('ils-kit can be imported, with and without registering, and has its types', async () => {
    const { stdout } = await evaluate(
      `const [kit, testing] = [await import('ils-kit'), await import('ils-kit/testing')];
      await import('ils-kit/define');
      console.log(typeof kit.createRoom, typeof kit.IlsChat, typeof testing.createFakeRoom);`,
    );
    assert.equal(stdout, 'function function function\n');
    await writeFile(
      join(project.folder, 'page.ts'),
      `import { createRoom, type IlsChat } from 'ils-kit';
      import { createFakeRoom } from 'ils-kit/testing';
      import { LIMITS } from 'ils-kit/protocol';
      export const frame: number = LIMITS.frameBytes;
      export const make: typeof createRoom = createRoom;
      export const chat = (element: IlsChat): string => element.tagName;
      export const fake = createFakeRoom;
      // @ts-expect-error: were the types lost, anything would do.
      export const wrong: string = LIMITS.frameBytes;`,
    );
    const flags = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022'];
    await project.run(compiler, ...flags, '--types', '', 'page.ts');
  });

  it('the server explains itself, and says which Node it needs on an older one', async () => {
    assert.equal((await project.run('npx', 'ils-kit-server', '--help')).stdout, createHelp());
    assert.equal((await project.run('npx', 'ils-kit-server', '--version')).stdout, `${version}\n`);
    const older = `data:text/javascript,Object.defineProperty(process,'versions',{value:{node:'20.20.2'}})`;
    const main = 'node_modules/ils-kit-server/dist/main.js';
    await assert.rejects(
      project.run('node', '--import', older, main, '--help'),
      (error: Error & { stderr: string }) => {
        assert.match(error.stderr, /^ils-kit-server needs Node 22\.18 or newer; this is Node 20\.20\.2\.\n.*node@24/);
        return true;
      },
    );
  });

  it('the server starts with worker, pages, kit and a real join, and drains when npm is told to end', async () => {
    const server = await project.startServer();
    try {
      const get = (path: string, headers = {}) => fetch(server.origin + path, { headers });
      assert.deepEqual(await (await get('/healthz')).json(), { status: 'ok' });
      assert.equal((await get('/readyz')).status, 200);
      for (const page of ['/', '/studio', '/watch', '/embed', '/demo.css']) {
        assert.equal((await get(page)).status, 200, page);
      }
      const kit = await get('/kit/cdn/ils.js', { 'accept-encoding': 'br' });
      assert.equal(kit.headers.get('content-encoding'), 'br');
      const [chunk] = /chunks\/[\w.-]+\.js/.exec(await kit.text()) ?? [];
      assert.equal((await get(`/kit/cdn/${chunk}`)).status, 200, chunk);
      const { token } = (await (await get('/dev/token?role=host&room=installed')).json()) as { token: string };
      const client = await joinRoom(server.origin, 'installed', token);
      const request = { type: 'request', id: 1, key: 'capabilities', name: 'getMediaCapabilities', data: {} };
      client.socket.send(JSON.stringify(request));
      assert.match(JSON.stringify(await client.next('reply')), /"video\/VP8"/i);
      const bye = client.next('bye');
      server.signalNpm('SIGTERM');
      assert.equal((await bye)['type'], 'bye');
    } finally {
      server.signalNpm('SIGTERM');
    }
    assert.match(await server.ended, /drained/);
    await assert.rejects(fetch(`${server.origin}/healthz`));
  });

  it('builds the worker as the checkout does, from what it brings along', async () => {
    const { stdout } = await evaluate(
      `const recipe = await import('./node_modules/ils-kit-server/dist/worker/worker-recipe.js');
      await recipe.prepareSources('node_modules/ils-kit-server/dist/mediasoup', 'worker');
      console.log(await recipe.readRecipeFingerprint());`,
    );
    assert.equal(stdout, `${await readRecipeFingerprint()}\n`);
    assert.ok((await readdir(join(project.folder, 'worker/subprojects/libsrtp3/include'))).includes('srtp.h'));
  });

  it('holds no TypeScript to run: Node strips no types in packages', async () => {
    const files = await readdir(join(project.folder, 'node_modules/ils-kit-server'), { recursive: true });
    assert.ok(files.includes('LICENSE'));
    assert.deepEqual(
      files.filter((name) => name.endsWith('.ts')),
      [],
    );
  });
});
