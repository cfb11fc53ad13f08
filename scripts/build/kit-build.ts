import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { repository } from '../set-up/paths.mjs';
import { SetUpError, step } from '../set-up/progress.mjs';
import { finishScripts } from './finish-scripts.ts';
import { writeIntegrity } from './integrity.ts';
import { removeFacades } from './remove-facades.ts';

const dist = join(repository, 'dist');
const stampFile = join(dist, '.built-from');

/** A digest of everything that the build reads; file times say nothing after a clone or a checkout. */
function readSourceDigest(): string {
  const digest = createHash('sha256');
  const files = globSync(
    [
      'src/**/*.ts',
      'src/themes/*.css',
      'src/**/tsconfig*.json',
      'templates/**/*.{ts,html,css}',
      'embeds/iframe/*',
      'server/src/broadcast/composer/composer-wire.ts',
      'scripts/build/**/*.ts',
      'vite.config.ts',
      'package-lock.json',
      'custom-elements.json',
    ],
    { cwd: repository },
  );
  for (const file of files.toSorted()) {
    digest
      .update(`${file}\n`)
      .update(readFileSync(join(repository, file)))
      .update('\n');
  }
  return digest.digest('hex');
}

export interface KitBuildOptions {
  /** Write `.d.ts` files too, which fails on a type error. Default: no. */
  readonly declarations?: boolean;
}

/** The bundles need no types, so a page can be tried while types are still wrong. */
const stampOf = (digest: string, declarations: boolean) => `${digest}${declarations ? ' with declarations' : ''}\n`;

/** Builds the kit into `dist/`: the old build stays in place until the new one is whole. */
export async function buildKit({ declarations = false }: KitBuildOptions = {}): Promise<void> {
  const digest = readSourceDigest();
  const next = join(repository, `.cache/build-${process.pid}`);
  const old = `${next}-old`;
  rmSync(next, { recursive: true, force: true });
  mkdirSync(next, { recursive: true });
  process.env['ILS_BUILD_FOLDER'] = next;
  process.env['NODE_ENV'] = 'production';
  try {
    const { build } = await import('vite');
    const configFile = join(repository, 'vite.config.ts');
    for (const mode of ['library', 'cdn', 'templates', 'embed-loader', 'embed-page'])
      await build({ configFile, mode, logLevel: 'silent' });
    removeFacades(join(next, 'cdn/chunks'));
    await finishScripts(join(next, 'cdn'));
    writeIntegrity(join(next, 'cdn'));
    copyTemplatePages(join(next, 'templates'));
    cpSync(join(repository, 'embeds/iframe/page.css'), join(next, 'embed/page.css'));
    cpSync(join(repository, 'src/themes'), join(next, 'themes'), { recursive: true });
    if (declarations) {
      const compiler = join(repository, 'node_modules/.bin/tsc');
      execFileSync(compiler, ['-p', join(repository, 'src/tsconfig.build.json'), '--outDir', next], {
        stdio: ['ignore', 'inherit', 'inherit'],
      });
      await describeElements(next);
    }
    writeFileSync(join(next, '.built-from'), stampOf(digest, declarations));
    if (existsSync(dist)) renameSync(dist, old);
    renameSync(next, dist);
  } catch (error) {
    const message = stripVTControlCharacters(error instanceof Error ? error.message : String(error));
    throw new SetUpError(
      `The kit does not build:\n${message}`,
      '`npm run check` shows what is wrong with the sources.',
    );
  } finally {
    for (const folder of [next, old]) rmSync(folder, { recursive: true, force: true });
  }
}

/** Only packages have them, and what writes them takes a second to load. */
async function describeElements(folder: string): Promise<void> {
  const { writeDescriptions } = await import('./descriptions.ts');
  writeDescriptions(folder);
}

/** Beside their scripts: what the composer of a broadcast opens. */
function copyTemplatePages(folder: string): void {
  for (const page of globSync('templates/*/*.{html,css}', { cwd: repository })) {
    cpSync(join(repository, page), join(folder, relative('templates', page)));
  }
}

/** Builds the kit unless `dist/` was built from these very sources. */
export async function ensureKitBuild({ declarations = false }: KitBuildOptions = {}): Promise<void> {
  const digest = readSourceDigest();
  const stamp = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
  if (stamp === stampOf(digest, true) || (!declarations && stamp === stampOf(digest, false))) return;
  await step('Building the kit', async () => buildKit({ declarations }));
}
