import { buildKit } from './build/kit-build.ts';
import { reportFailure, step } from './set-up/progress.mjs';

try {
  await step('Building the kit into dist/', () => buildKit({ declarations: true }));
} catch (error) {
  reportFailure(error);
}
