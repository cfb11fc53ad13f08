import { obtainWorker, WorkerUnavailableError } from '../../server/worker/obtain-worker.ts';
import { SetUpError, step } from './progress.mjs';

/** Obtains the media worker from wherever this machine can have it. */
export async function obtainWorkerPath(): Promise<string> {
  return step('Obtaining the media worker', async ({ log }) => {
    try {
      const { path, origin } = await obtainWorker({ log });
      log(`${path} (${origin})`);
      return path;
    } catch (error) {
      if (error instanceof WorkerUnavailableError) throw new SetUpError(error.message);
      throw error;
    }
  });
}
