import { ensureKitBuild } from '../build/kit-build.ts';
import { reportFailure } from './progress.mjs';
import { obtainWorkerPath } from './worker.ts';

try {
  const worker = await obtainWorkerPath();
  await ensureKitBuild();
  process.send?.({ MEDIASOUP_WORKER_BIN: worker });
} catch (error) {
  reportFailure(error);
}
