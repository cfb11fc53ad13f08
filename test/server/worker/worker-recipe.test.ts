import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { prepareSources } from '../../../server/worker/worker-recipe.ts';

const mediasoupFolder = fileURLToPath(new URL('../../', import.meta.resolve('mediasoup')));

async function createFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ils-kit-recipe-'));
  t.after(() => rm(folder, { recursive: true, force: true }));

  return folder;
}

/** The sources of a list in a meson file, those inside groups included. */
async function listSources(mesonFile: string, variable: string): Promise<string[]> {
  const text = await readFile(mesonFile, 'utf8');
  const list = new RegExp(`^${variable} = \\[([^\\]]*)\\]`, 'm').exec(text)?.[1] ?? '';
  const sources: string[] = [];

  for (const [, source = ''] of list.matchAll(/'([^']+)'/g)) {
    if (!source.startsWith('groups/')) {
      sources.push(source);
      continue;
    }
    const group = await readFile(path.join(path.dirname(mesonFile), source), 'utf8');
    for (const [, included = ''] of group.matchAll(/#include "\.\.\/([^"]+)"/g)) sources.push(included);
  }

  return sources.toSorted();
}

suite('the sources of the worker', () => {
  for (const [mesonFile, variable] of [
    ['meson.build', 'common_sources'],
    ['deps/libwebrtc/meson.build', 'libwebrtc_sources'],
  ] as const) {
    test(`of ${variable} are each compiled once`, async (t) => {
      const folder = path.join(await createFolder(t), 'worker');
      await prepareSources(mediasoupFolder, folder);

      const original = await listSources(path.join(mediasoupFolder, 'worker', mesonFile), variable);
      assert.ok(original.length > 40);
      assert.deepEqual(await listSources(path.join(folder, mesonFile), variable), original);
    });
  }

  test('have nothing left to download', async (t) => {
    const folder = path.join(await createFolder(t), 'worker');
    await prepareSources(mediasoupFolder, folder);

    const files = await readdir(path.join(folder, 'subprojects'), { recursive: true, withFileTypes: true });
    for (const file of files.filter((entry) => entry.isFile())) {
      assert.doesNotMatch(await readFile(path.join(file.parentPath, file.name), 'utf8'), /https?:/, file.name);
    }
  });

  test('that the recipe was not written for are refused by file', async (t) => {
    const folder = await createFolder(t);
    const changed = path.join(folder, 'mediasoup');
    await cp(path.join(mediasoupFolder, 'worker'), path.join(changed, 'worker'), { recursive: true });
    await writeFile(path.join(changed, 'worker/src/RTC/DtlsTransport.cpp'), '');

    await assert.rejects(prepareSources(changed, path.join(folder, 'worker')), /DtlsTransport\.cpp/);
  });
});
