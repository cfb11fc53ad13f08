import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const repository = fileURLToPath(new URL('../..', import.meta.url));
const program = (name: string) => join(repository, 'node_modules/.bin', name);
const folder = mkdtempSync(join(tmpdir(), 'ils-kit-package-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** What went wrong says more than that it did. */
async function runIn(cwd: string, command: string, ...args: string[]): Promise<string> {
  try {
    return (await run(command, args, { cwd, maxBuffer: 64 * 1024 * 1024 })).stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(' ')}\n${stdout}\n${stderr}`, { cause: error });
  }
}

/** The archive that npm would publish, laid out as it is installed. */
async function installPackage(): Promise<string> {
  await runIn(repository, 'npm', 'pack', '--ignore-scripts', '--silent', '--pack-destination', folder);
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, 'ils-kit'), { recursive: true });
  await runIn(folder, 'tar', '-xzf', archive, '-C', join(modules, 'ils-kit'), '--strip-components=1');
  for (const name of readdirSync(join(repository, 'node_modules'))) {
    if (name !== 'ils-kit' && !name.startsWith('.')) {
      symlinkSync(join(repository, 'node_modules', name), join(modules, name));
    }
  }
  return join(folder, archive);
}

const installed = installPackage();

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
  jsx: 'react-jsx',
  types: [],
};

/** Compiles one file of somebody who has installed the package. */
async function compile(name: string, text: string): Promise<void> {
  await installed;
  writeFileSync(join(folder, name), text);
  const config = `tsconfig.${name}.json`;
  writeFileSync(join(folder, config), JSON.stringify({ compilerOptions, files: [name] }));
  await runIn(folder, program('tsc'), '-p', config);
}

describe('the packed package', () => {
  it('is laid out as publint wants it', async () => {
    const archive = await installed;
    assert.match(await runIn(folder, program('publint'), archive, '--strict'), /All good/);
  });

  it('has types that resolve as the code does, for every entry', async () => {
    const archive = await installed;
    // Wildcards are not looked into: another test resolves each of their files.
    await runIn(folder, program('attw'), archive, '--profile', 'esm-only', '--exclude-entrypoints', 'llms.txt');
  });

  it('types elements, events and the headless room in a strict project', async () => {
    await compile(
      'elements.ts',
      `import 'ils-kit/define/room';
       import 'ils-kit/autoloader.js';
       import { createRoom, type IlsRoleChangedEvent, type Store } from 'ils-kit';
       import { createFakeRoom } from 'ils-kit/testing';
       const room = document.querySelector('ils-room');
       room?.addEventListener('ils-role-changed', (event: IlsRoleChangedEvent) => console.log(event.type));
       const store: Store | undefined = room?.store;
       console.log(store?.connection.state.value, createRoom, createFakeRoom);`,
    );
  });

  it('types the tags in React, and its components', async () => {
    await compile(
      'page.tsx',
      `import type { CustomElements } from 'ils-kit/types/jsx';
       import { IlsRoom } from 'ils-kit/react/room';
       import { IlsChat } from 'ils-kit/react';
       declare module 'react' { namespace JSX { interface IntrinsicElements extends CustomElements {} } }
       export const Components = () => (
         <IlsRoom room="demo" autoJoin onIlsJoined={(event) => console.log(event.type)}><IlsChat maxlength={200} /></IlsRoom>
       );
       export const Tags = () => <ils-room room="demo"><ils-player /></ils-room>;
       // @ts-expect-error there is no such property
       export const Wrong = () => <IlsRoom colour="red" />;`,
    );
  });
});
