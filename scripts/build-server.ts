import { ensureKitBuild } from './build/kit-build.ts';
import { buildServer } from './build/server-build.ts';
import { reportFailure, step } from './set-up/progress.mjs';

try {
  await ensureKitBuild();
  await step('Building the server into server/dist/', () => buildServer());
} catch (error) {
  reportFailure(error);
}
