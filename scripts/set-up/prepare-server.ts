import { ensureKitBuild } from '../build/kit-build.ts';
import { tryBroadcastPrograms } from './system-packages.ts';
import { reportFailure } from './progress.mjs';
import { obtainWorkerPath } from './worker.ts';

/** With the rest of a first start, less than the six minutes that one may take. Milliseconds. */
const BROADCAST_LIMIT_MS = 120_000;

// An exit, unlike the end by a signal, takes along what was started here: a compiler, say.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

try {
  const worker = await obtainWorkerPath();
  // After the worker, which may need apt itself.
  const broadcastPrograms = tryBroadcastPrograms(BROADCAST_LIMIT_MS);
  await ensureKitBuild();
  await broadcastPrograms;
  process.send?.({ MEDIASOUP_WORKER_BIN: worker });
} catch (error) {
  reportFailure(error);
}
