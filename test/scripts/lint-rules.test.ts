import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const repository = fileURLToPath(new URL('../..', import.meta.url));

/** What must be refused: the file it stands in, what it says, and the rule that refuses it. */
const refused: readonly (readonly [file: string, text: string, rule: string])[] = [
  ['src/protocol/bad.ts', `import { s } from '../store/store.ts';\nexport const a = s;`, 'ils(import-direction)'],
  ['src/protocol/bad.ts', `import { html } from 'lit';\nexport const a = html;`, 'ils(import-direction)'],
  ['src/media/bad.ts', `import { s } from '../protocol/index.ts';\nexport const a = s;`, 'ils(import-direction)'],
  ['src/media/bad.ts', `import type { S } from '../store/store.ts';\nexport type A = S;`, 'ils(import-direction)'],
  ['src/store/bad.ts', `import { s } from '../protocol/index.ts';\nexport const a = s;`, 'ils(import-direction)'],
  ['src/store/bad.ts', `import type { S } from '../room/room.ts';\nexport type A = S;`, 'ils(import-direction)'],
  ['src/room/bad.ts', `import { s } from '../media/engine.ts';\nexport const a = s;`, 'ils(import-direction)'],
  ['src/room/bad.ts', `import type { S } from '../actions/room.ts';\nexport type A = S;`, 'ils(import-direction)'],
  ['src/room/bad.ts', `import { s } from './web-socket.ts';\nexport const a = s;`, 'ils(import-direction)'],
  ['src/actions/bad.ts', `import { s } from '../room/rpc.ts';\nexport const a = s;`, 'ils(import-direction)'],
  ['src/actions/bad.ts', `import type { S } from '../elements/x/x.ts';\nexport type A = S;`, 'ils(import-direction)'],
  ['src/context/bad.ts', `import { s } from '../store/store.ts';\nexport const a = s;`, 'ils(import-direction)'],
  ['src/events/bad.ts', `import { s } from '../actions/room.ts';\nexport const a = s;`, 'ils(import-direction)'],
  ['src/styles/bad.ts', `import { s } from '../icons/index.ts';\nexport const a = s;`, 'ils(import-direction)'],
  ['src/controllers/bad.ts', `import { s } from '../elements/x/x.ts';\nexport const a = s;`, 'ils(import-direction)'],
  ['src/elements/x/bad.ts', `import { s } from '../../room/rpc.ts';\nexport const a = s;`, 'ils(import-direction)'],
  [
    'src/elements/x/bad.ts',
    `import type { S } from '../../media/engine.ts';\nexport type A = S;`,
    'ils(import-direction)',
  ],
  [
    'src/elements/x/bad.ts',
    `import type { S } from '../../actions/room.ts';\nexport type A = S;`,
    'ils(import-direction)',
  ],
  ['src/elements/x/bad.ts', `import { s } from '../../store/store.ts';\nexport const a = s;`, 'ils(import-direction)'],
  [
    'src/elements/x/bad.ts',
    `import { s } from '../../protocol/index.ts';\nexport const a = s;`,
    'ils(import-direction)',
  ],
  ['src/elements/x/bad.ts', `export { s } from '../../protocol/index.ts';`, 'ils(import-direction)'],
  ['src/elements/x/bad.ts', `export * from '../../room/rpc.ts';`, 'ils(import-direction)'],
  ['src/elements/x/bad.ts', `export const a = import('../../media/engine.ts');`, 'ils(import-direction)'],
  ['src/elements/x/bad.ts', `export type A = import('../../room/rpc.ts').A;`, 'ils(import-direction)'],
  ['src/elements/x/bad.ts', `import { s } from '../../create-room.ts';\nexport const a = s;`, 'ils(import-direction)'],
  ['src/elements/x/bad.ts', `import { s } from 'mediasoup-client';\nexport const a = s;`, 'ils(import-direction)'],
  ['src/elements/x/bad.ts', `import { s } from 'node:fs';\nexport const a = s;`, 'ils(import-direction)'],
  ['src/controllers/bad.ts', `import { s } from '@floating-ui/dom';\nexport const a = s;`, 'ils(import-direction)'],
  ['src/somewhere/bad.ts', `import { s } from '../store/store.ts';\nexport const a = s;`, 'ils(import-direction)'],
  ['server/src/bad.ts', `import { s } from '../../src/room/rpc.ts';\nexport const a = s;`, 'ils(import-direction)'],
  ...['src/elements/x', 'server/src', 'scripts', 'test', 'stories', 'demo'].map(
    (folder) => [`${folder}/long.ts`, `${'export {};\n'.repeat(401)}`, 'eslint(max-lines)'] as const,
  ),
  ['src/elements/x/bad.ts', `export const a = (b: any) => b;`, 'typescript(no-explicit-any)'],
  ['test/bad.ts', `export const a = 1 as unknown as string;`, 'ils(no-double-cast)'],
  ['src/elements/x/bad.ts', `export const a = (b: Element) => (b.innerHTML = '');`, 'ils(no-html-sinks)'],
  ['src/elements/x/bad.ts', `// @ts-ignore\nexport const a = 1;`, 'typescript(ban-ts-comment)'],
];

/** What must pass. */
const allowed: readonly (readonly [file: string, text: string])[] = [
  ['src/media/good.ts', `import type { S } from '../protocol/index.ts';\nexport type A = S;`],
  ['src/store/good.ts', `import { type S, type T } from '../protocol/index.ts';\nexport type A = S | T;`],
  ['src/room/good.ts', `import { s } from '../store/store.ts';\nexport const a = s;`],
  ['src/actions/good.ts', `import type { S } from '../room/rpc.ts';\nexport type A = S;`],
  ['src/elements/x/good.ts', `import { s } from '../../store/selectors.ts';\nexport const a = s;`],
  ['src/elements/x/good.ts', `import { s } from '../room/room.ts';\nexport const a = s;`],
  ['src/create-room.ts', `import { s } from './room/web-socket.ts';\nexport const a = s;`],
  ['src/create-room.ts', `export const a = () => import('./media/mediasoup/engine.ts');`],
  ['src/controllers/good.ts', `export const a = () => import('@floating-ui/dom');`],
  ['server/src/good.ts', `import { s } from '../../src/protocol/index.ts';\nexport const a = s;`],
];

describe('lint', () => {
  let folder = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ils-lint-'));
    await cp(join(repository, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    await cp(join(repository, 'scripts/lint'), join(folder, 'scripts/lint'), { recursive: true });
    await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'));
  });

  after(async () => rm(folder, { recursive: true, force: true }));

  /** @returns the names of the rules that complain */
  async function lint(file: string, text: string): Promise<string[]> {
    const path = join(folder, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `${text}\n`);
    const oxlint = join(repository, 'node_modules/.bin/oxlint');
    const { stdout } = await run(process.execPath, [oxlint, '--format=json', file], { cwd: folder }).catch(
      (failure: { stdout: string }) => failure,
    );
    await rm(path);
    const { diagnostics }: { diagnostics: { code: string }[] } = JSON.parse(stdout);
    return diagnostics.map(({ code }) => code);
  }

  for (const [file, text, rule] of refused) {
    it(`refuses in ${file}: ${text.slice(0, 80).replaceAll('\n', ' ')}`, async () => {
      assert.ok((await lint(file, text)).includes(rule));
    });
  }

  for (const [file, text] of allowed) {
    it(`allows in ${file}: ${text.replaceAll('\n', ' ')}`, async () => {
      assert.deepEqual(await lint(file, text), []);
    });
  }
});
