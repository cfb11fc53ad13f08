import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './paths.mjs';
import { step } from './progress.mjs';
import { runQuietly } from './run-command.mjs';

/** @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean, devOptional?: boolean, peer?: boolean }} LockedPackage */

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage> | undefined}
 */
function readLockedPackages(file) {
  const path = join(repository, file);
  if (!existsSync(path)) return undefined;
  return JSON.parse(readFileSync(path, 'utf8')).packages;
}

/** Whether `node_modules` holds what the lock file asks for, by the record that npm keeps there. */
export function packagesAreInstalled() {
  const wanted = readLockedPackages('package-lock.json');
  const present = readLockedPackages('node_modules/.package-lock.json');
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, { version, link, optional }]) => {
    if (!path.includes('node_modules/') || link) return true;
    const installed = present[path];
    // Packages for other platforms are in the lock file but never on this disk.
    if (!installed) return optional === true;
    return installed.version === version && existsSync(join(repository, path));
  });
}

/** Installs exactly what the lock file says, and runs no package's scripts. */
export async function ensurePackages() {
  if (packagesAreInstalled()) return;
  await step('Installing npm packages (usually under a minute)', () =>
    // npm on Node 20 warns of packages that ask for a newer Node: they run on the project's own.
    runQuietly('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
      name: 'npm-ci',
      advice: 'npm must reach its registry. Where a proxy or mirror is needed, set it by `npm config set registry …`.',
    }),
  );
}
