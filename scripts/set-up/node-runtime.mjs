import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { repository } from './paths.mjs';
import { SetUpError, step } from './progress.mjs';
import { runQuietly } from './run-command.mjs';

const oldestMajor = 24;
const projectNode = join(repository, 'node_modules/node/bin/node');

/** @param {string} binary */
function majorOf(binary) {
  try {
    return Number(execFileSync(binary, ['-p', 'process.versions.node.split(".")[0]'], { encoding: 'utf8' }));
  } catch {
    return 0;
  }
}

function findNode() {
  if (existsSync(projectNode) && majorOf(projectNode) >= oldestMajor) return projectNode;
  // A fresh install of the packages takes away the very program that runs this, if it was the project's own.
  const isThere = existsSync(process.execPath);
  if (isThere && Number(process.versions.node.split('.')[0]) >= oldestMajor) return process.execPath;
  return undefined;
}

/**
 * The Node that the project runs on, fetched from the npm registry where the system's is older.
 * @returns {Promise<string>} path of the program
 */
export async function ensureNode() {
  const found = findNode();
  if (found) return found;
  const { version } = JSON.parse(readFileSync(join(repository, 'node_modules/node/package.json'), 'utf8'));
  await step(`Fetching Node ${version} from the npm registry (this machine runs ${process.version})`, () =>
    runQuietly('npm', ['rebuild', 'node', '--foreground-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
      name: 'node',
      advice: `Or install Node ${oldestMajor} or newer yourself and run the same command again.`,
    }),
  );
  const fetched = findNode();
  if (!fetched) {
    throw new SetUpError(
      `Node ${version} was fetched but does not run here (${process.platform} ${process.arch}).`,
      `Install Node ${oldestMajor} or newer and run the same command again.`,
    );
  }
  return fetched;
}

/**
 * An environment in which `node` means this Node.
 * @param {string} node path of the program
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentWith(node) {
  const path = process.env['PATH'] ?? '';
  return { PATH: [join(node, '..'), join(repository, 'node_modules/.bin'), path].join(delimiter) };
}
