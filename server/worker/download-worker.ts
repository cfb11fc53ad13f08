import path from 'node:path';
import { runCommand } from './run-command.ts';
import type { CommandOptions } from './run-command.ts';
import { workerFileName } from './worker-cache.ts';

/** Variables that would keep mediasoup's script from downloading. */
const withheldVariables = new Set([
  'MEDIASOUP_WORKER_BIN',
  'MEDIASOUP_LOCAL_DEV',
  'MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD',
  'npm_package_resolved',
]);

/**
 * Downloads the prebuilt worker with mediasoup's own script.
 *
 * @returns the path of the worker inside `folder`.
 * @throws CommandError when there is none for this machine, or none within the time limit.
 */
export async function downloadWorker(
  mediasoupFolder: string,
  folder: string,
  options: CommandOptions,
): Promise<string> {
  const env = Object.fromEntries(Object.entries(options.env).filter(([name]) => !withheldVariables.has(name)));

  await runCommand(process.execPath, [path.join(mediasoupFolder, 'npm-scripts.mjs'), 'postinstall'], {
    ...options,
    // The script works in the current folder, and builds with Python where a download fails: it is given none.
    cwd: folder,
    env: { ...env, PYTHON: 'false' },
  });

  return path.join(folder, 'worker', 'out', 'Release', workerFileName);
}
