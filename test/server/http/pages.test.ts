import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startTestServer, type TestServer } from './test-server.ts';

const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self'; media-src 'self' blob:; connect-src 'self' ws: wss:; require-trusted-types-for 'script'";

describe('pages', () => {
  let pages: string;
  let server: TestServer;

  before(async () => {
    pages = await mkdtemp(join(tmpdir(), 'ils-pages-'));
    const files = {
      'demo/index.html': '<title>Start</title>',
      'demo/studio.html': '<title>Studio</title>',
      'demo/demo.css': 'main {}',
      'demo/tsconfig.json': '{}',
      'demo/.hidden.html': 'hidden',
      'dist/cdn/ils.js': 'export {};',
      'dist/cdn/ils.js.br': 'compressed',
      'dist/cdn/chunks/chat-Ab12_cd3.js': 'export {};',
      'storybook-static/index.html': '<title>Storybook</title>',
      'secret.txt': 'not for you',
    };
    for (const [name, content] of Object.entries(files)) {
      await mkdir(join(pages, name, '..'), { recursive: true });
      await writeFile(join(pages, name), content);
    }
    server = await startTestServer({ dev: true, pages });
  });
  after(async () => {
    await server.close();
    await rm(pages, { recursive: true });
  });

  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(server.origin + path, { headers, redirect: 'manual' });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  it('serves them at short addresses, under the strictest policy', async () => {
    for (const [path, title] of [
      ['/', 'Start'],
      ['/studio', 'Studio'],
      ['/studio.html', 'Studio'],
      ['/studio?room=launch', 'Studio'],
    ]) {
      const { status, headers, text } = await get(path!);
      assert.equal(status, 200, path);
      assert.match(text, new RegExp(`<title>${title}`));
      assert.match(headers.get('content-type') ?? '', /^text\/html/);
      assert.equal(headers.get('content-security-policy'), POLICY);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('referrer-policy'), 'no-referrer');
      assert.equal(headers.get('cache-control'), 'no-cache');
      assert.ok(headers.get('etag'));
    }
    assert.match((await get('/demo.css')).headers.get('content-type') ?? '', /^text\/css/);
  });

  it('serves nothing beside them', async () => {
    for (const path of [
      '/tsconfig.json',
      '/.hidden.html',
      '/secret.txt',
      '/nothing',
      '/%2e%2e/secret.txt',
      '/kit/../../secret.txt',
      '/kit/%2e%2e/%2e%2e/secret.txt',
      '/kit/..%2f..%2fsecret.txt',
      '/kit/',
      '/demo/index.html',
    ]) {
      const { status, text } = await get(path);
      assert.ok(status >= 400 && status < 500, `${path} ${status}`);
      assert.doesNotMatch(text, /not for you|<title>/);
    }
  });

  it('serves the built kit to pages of any origin, what carries a hash for ever', async () => {
    const kit = await get('/kit/cdn/ils.js', { origin: 'https://blog.example' });
    assert.equal(kit.status, 200);
    assert.match(kit.headers.get('content-type') ?? '', /javascript/);
    assert.equal(kit.headers.get('access-control-allow-origin'), '*');
    assert.equal(kit.headers.get('cross-origin-resource-policy'), 'cross-origin');
    assert.equal(kit.headers.get('cache-control'), 'no-cache');
    const chunk = await get('/kit/cdn/chunks/chat-Ab12_cd3.js');
    assert.equal(chunk.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    const again = await get('/kit/cdn/ils.js', {
      'if-none-match': kit.headers.get('etag') ?? '',
      // Without it fetch asks for a fresh copy.
      'cache-control': 'max-age=0',
    });
    assert.equal(again.status, 304);
  });

  it('leaves no error in the console for want of an icon', async () => {
    assert.equal((await get('/favicon.ico')).status, 204);
  });

  it('prefers a file compressed beforehand', async () => {
    const response = await fetch(`${server.origin}/kit/cdn/ils.js`, {
      method: 'HEAD',
      headers: { 'accept-encoding': 'br' },
    });
    assert.equal(response.headers.get('content-encoding'), 'br');
    assert.equal(response.headers.get('content-length'), String('compressed'.length));
    assert.match(response.headers.get('content-type') ?? '', /javascript/);
  });

  it('serves Storybook, and what was built after the start', async () => {
    assert.match((await get('/storybook/')).text, /Storybook/);
    assert.match((await get('/storybook')).headers.get('location') ?? '', /\/storybook\/$/);
    assert.equal((await get('/stories')).headers.get('location'), '/storybook/');
    await rm(join(pages, 'storybook-static/index.html'));
    assert.equal((await get('/stories')).headers.get('location'), '/build-stories', 'which says how it is built');
    assert.equal((await get('/kit/cdn/later.js')).status, 404);
    await writeFile(join(pages, 'dist/cdn/later.js'), 'export {};');
    assert.equal((await get('/kit/cdn/later.js')).status, 200);
  });

  it('serves the kit in public too, without the pages', async () => {
    const open = await startTestServer({ pages });
    try {
      assert.equal((await fetch(`${open.origin}/kit/cdn/ils.js`)).status, 200);
      for (const path of ['/', '/studio', '/storybook/'])
        assert.equal((await fetch(open.origin + path)).status, 404, path);
    } finally {
      await open.close();
    }
  });

  it('leaves them all out where they are off', async () => {
    const bare = await startTestServer({ pages, kit: false });
    try {
      for (const path of ['/', '/studio', '/kit/cdn/ils.js', '/storybook/']) {
        const response = await fetch(bare.origin + path);
        assert.equal(response.status, 404, path);
        assert.deepEqual(await response.json(), { error: { code: 'notFound', message: 'There is nothing here.' } });
      }
    } finally {
      await bare.close();
    }
  });
});
