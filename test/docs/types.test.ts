import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { repository } from './support/repository.ts';
import { snippetsIn, type Snippet } from './support/documents.ts';
import { scratchFolder, writeScratch } from './support/scratch.ts';

const run = promisify(execFile);

/** As somebody has it who takes care, and the package as npm lays it out. */
const compilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: false,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  target: 'es2022',
  lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
  module: 'esnext',
  moduleResolution: 'bundler',
  moduleDetection: 'force',
  jsx: 'react-jsx',
  types: ['node'],
};

/** What a framework's own project has; ours has not. */
const AMBIENT = `declare module '@vitejs/plugin-vue' {
  import type { Plugin } from 'vite';
  export default function vue(options: { template: { compilerOptions: { isCustomElement: (tag: string) => boolean } } }): Plugin;
}
`;

function installKit(): void {
  const modules = join(scratchFolder(), 'node_modules');
  mkdirSync(modules);
  for (const name of readdirSync(join(repository, 'node_modules'))) {
    if (name !== 'ils-kit' && !name.startsWith('.')) {
      symlinkSync(join(repository, 'node_modules', name), join(modules, name));
    }
  }
  symlinkSync(repository, join(modules, 'ils-kit'));
}

const fileOf = ({ page, line, language }: Snippet) =>
  `${page.replaceAll(/\W/g, '-')}-line-${line}.${language.replace('js', 'ts')}`;

describe('TypeScript on the pages', () => {
  it('compiles against the built declarations, each snippet by itself', { timeout: 120_000 }, async () => {
    installKit();
    const snippets = snippetsIn('js', 'ts', 'tsx');
    assert.ok(snippets.length >= 10);
    // Types added to React's in one snippet would be there in all.
    const own = snippets.filter(({ text }) => text.includes('declare module'));
    const projects = [...own.map((snippet) => [snippet]), snippets.filter((snippet) => !own.includes(snippet))];
    writeScratch('ambient.d.ts', AMBIENT);
    for (const [index, project] of projects.entries()) {
      for (const snippet of project) writeScratch(fileOf(snippet), snippet.text);
      const files = ['ambient.d.ts', ...project.map(fileOf)];
      const config = writeScratch(`tsconfig.${index}.json`, JSON.stringify({ compilerOptions, files }));
      await run(join(repository, 'node_modules/.bin/tsc'), ['-p', config], { cwd: scratchFolder() }).catch(
        (error: Error & { stdout: string }) => assert.fail(error.stdout),
      );
    }
  });
});
