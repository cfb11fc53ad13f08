// Runs on any Node from 20 on, before anything is installed.
import { join } from 'node:path';
import { ensureNode, environmentWith } from './set-up/node-runtime.mjs';
import { ensurePackages } from './set-up/packages.mjs';
import { repository } from './set-up/paths.mjs';
import { reportFailure } from './set-up/progress.mjs';
import { endSetUpOnSignal, handOver } from './set-up/run-command.mjs';

endSetUpOnSignal();
try {
  await ensurePackages();
  const node = await ensureNode();
  const suites = join(repository, 'scripts/run-suites.ts');
  process.exitCode = await handOver(node, [suites, ...process.argv.slice(2)], environmentWith(node));
} catch (error) {
  reportFailure(error);
}
