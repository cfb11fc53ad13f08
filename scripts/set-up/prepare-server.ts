import { ensureKitBuild } from '../build/kit-build.ts';
import { reportFailure } from './progress.mjs';
import { obtainWorkerPath } from './worker.ts';

// An exit, unlike the end by a signal, takes along what was started here: a compiler, say.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

try {
  const worker = await obtainWorkerPath();
  await ensureKitBuild();
  process.send?.({ MEDIASOUP_WORKER_BIN: worker });
} catch (error) {
  reportFailure(error);
}
