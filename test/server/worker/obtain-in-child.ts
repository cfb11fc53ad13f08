import { copyFile } from 'node:fs/promises';
import { once } from 'node:events';
import path from 'node:path';
import { obtainWorker } from '../../../server/worker/obtain-worker.ts';

/** Obtains a worker in a process of its own; the parent decides when the build ends. */
const [cacheFolder, workerPath] = process.argv.slice(2);

if (cacheFolder === undefined || workerPath === undefined) throw new Error('Give the cache and a worker');

const obtained = await obtainWorker({
  cacheFolder,
  log: (line) => process.send?.({ log: line }),
  async build(_mediasoupFolder, folder) {
    process.send?.({ building: true });
    await once(process, 'message');
    const built = path.join(folder, 'mediasoup-worker');
    await copyFile(workerPath, built);

    return built;
  },
});

process.send?.({ obtained });
process.disconnect();
