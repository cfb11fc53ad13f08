import { availableParallelism, totalmem } from 'node:os';
import path from 'node:path';
import { runCommand } from './run-command.ts';
import type { CommandOptions } from './run-command.ts';
import { mesonSetupArguments, prepareSources } from './worker-recipe.ts';
import { workerFileName } from './worker-cache.ts';

const progressIntervalMs = 5000;
/** What the compiler takes for one group of sources, generously. */
const memoryPerJobBytes = 1_200_000_000;

/**
 * Builds the worker from mediasoup's package against the system's libraries.
 *
 * @returns the path of the worker inside `folder`.
 * @throws CommandError
 */
export async function buildWorker(
  mediasoupFolder: string,
  folder: string,
  options: CommandOptions & { log: (line: string) => void },
): Promise<string> {
  const { log, ...commandOptions } = options;
  const sourceFolder = path.join(folder, 'worker');
  const buildFolder = path.join(folder, 'build');
  const jobs = Math.max(1, Math.min(availableParallelism(), Math.floor(totalmem() / memoryPerJobBytes)));

  await prepareSources(mediasoupFolder, sourceFolder);

  log('Configuring (a few seconds)');
  await runCommand('meson', ['setup', buildFolder, sourceFolder, ...mesonSetupArguments], commandOptions);
  // Its headers are needed by targets that do not say so.
  await runCommand('meson', ['compile', '-C', buildFolder, 'flatbuffers-generator'], commandOptions);

  log(`Compiling in ${jobs} ${jobs === 1 ? 'job' : 'jobs'} (usually 1 to 2 minutes on two cores)`);

  let lastReportMs = Date.now();

  await runCommand('ninja', ['-C', buildFolder, '-j', `${jobs}`, workerFileName], {
    ...commandOptions,
    onLine: (line) => {
      const steps = /^\[(\d+)\/(\d+)\]/.exec(line);
      const nowMs = Date.now();

      if (!steps || (nowMs - lastReportMs < progressIntervalMs && steps[1] !== steps[2])) return;
      lastReportMs = nowMs;
      log(`Compiling: ${steps[1]} of ${steps[2]}`);
    },
  });

  return path.join(buildFolder, workerFileName);
}
