import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const repository = fileURLToPath(new URL('../..', import.meta.url));
const importTimeLimitMs = 30_000;

const manifest: { name: string; exports: Record<string, string | { types: string; default?: string }> } = JSON.parse(
  readFileSync(join(repository, 'package.json'), 'utf8'),
);

const elementNames = readdirSync(join(repository, 'src/elements'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .filter((name) => existsSync(join(repository, `src/elements/${name}/${name}.ts`)));

const languages = readdirSync(join(repository, 'src/locales/languages')).map((file) => basename(file, '.ts'));

const namesFor: Readonly<Record<string, readonly string[]>> = {
  './define/*': elementNames,
  './elements/*': elementNames,
  './react/*': elementNames,
  './cdn/*': ['ils.js'],
  './locales/*': languages,
  './themes/*': ['neutral.css', 'playful.css', 'broadcast.css'],
  './docs/*': elementNames.map((name) => `ils-${name}.md`),
};

/** Every specifier that the package offers, with the files that it leads to. */
const entries = Object.entries(manifest.exports).flatMap(([key, target]) => {
  const files = typeof target === 'string' ? [target] : Object.values(target);
  return (namesFor[key] ?? ['']).map((name) => ({
    specifier: `${manifest.name}${key.slice(1).replace('*', name)}`,
    files: files.map((file) => file.replaceAll('*', name)),
  }));
});

/** Imports in a process of its own, and tells what that changed. */
const inspection = (specifier: string) => `
  const names = () => Object.getOwnPropertyNames(globalThis);
  await import('lit');
  const before = new Set(names());
  await import(${JSON.stringify(specifier)});
  console.log(JSON.stringify({
    globals: names().filter((name) => !before.has(name)),
    timers: process.getActiveResourcesInfo().filter((name) => /Timeout|TCP|UDP|Worker/.test(name)),
  }));
`;

describe('the package', () => {
  for (const { specifier, files } of entries) {
    it(`has the files of ${specifier}`, () => {
      for (const file of files) assert.ok(existsSync(join(repository, file)), file);
    });
  }

  for (const { specifier, files } of entries.filter(({ files: [file] }) => !file?.endsWith('.json'))) {
    if (!files.at(-1)?.endsWith('.js')) continue;
    it(`imports ${specifier} in Node without an effect`, async () => {
      const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '--eval', inspection(specifier)], {
        cwd: repository,
        timeout: importTimeLimitMs,
      });
      assert.equal(stderr, '');
      assert.deepEqual(JSON.parse(stdout), { globals: [], timers: [] });
    });
  }

  it('is imported with side effects by the entries that say so, and by no other', () => {
    const text = readFileSync(join(repository, 'dist/index.js'), 'utf8');
    assert.doesNotMatch(text, /define\.js|cdn\.js/);
  });
});
