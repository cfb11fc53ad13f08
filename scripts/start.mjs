// Runs on any Node from 20 on, before anything is installed.
import { join } from 'node:path';
import { ensureNode, environmentWith } from './set-up/node-runtime.mjs';
import { ensurePackages } from './set-up/packages.mjs';
import { repository } from './set-up/paths.mjs';
import { reportFailure } from './set-up/progress.mjs';
import { endSetUpOnSignal, handOver, prepare } from './set-up/run-command.mjs';

endSetUpOnSignal();
try {
  await ensurePackages();
  const node = await ensureNode();
  const environment = environmentWith(node);
  const prepared = await prepare(node, 'scripts/set-up/prepare-server.ts', environment);
  const server = join(repository, 'server/src/main.ts');
  process.exitCode = await handOver(node, [server, '--dev', ...process.argv.slice(2)], { ...environment, ...prepared });
} catch (error) {
  reportFailure(error);
}
