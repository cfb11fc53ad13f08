import { ensureKitBuild } from '../build/kit-build.ts';
import { reportFailure } from './progress.mjs';
import { ensureTestPrograms } from './system-packages.ts';
import { obtainWorkerPath } from './worker.ts';

try {
  await ensureTestPrograms();
  const worker = await obtainWorkerPath();
  await ensureKitBuild({ declarations: true });
  process.send?.({ MEDIASOUP_WORKER_BIN: worker });
} catch (error) {
  reportFailure(error);
}
