import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiDocument } from './docs/operations-section.ts';
import { findStalePages } from './docs/pages.ts';
import { repository } from './set-up/paths.mjs';
import { reportFailure, say } from './set-up/progress.mjs';
import { obtainWorkerPath } from './set-up/worker.ts';
import { startDevelopmentServer } from './sizes/development-server.ts';

/** As the server itself says what it can do. */
async function readApi(): Promise<ApiDocument> {
  process.env['MEDIASOUP_WORKER_BIN'] ??= await obtainWorkerPath();
  await using server = await startDevelopmentServer();
  return (await (await fetch(`${server.origin}/openapi.json`)).json()) as ApiDocument;
}

try {
  const stale = await findStalePages(await readApi());
  for (const [page, text] of stale) {
    writeFileSync(join(repository, page), text);
    say(`wrote ${page}`);
  }
  if (stale.size === 0) say('every page says what there is');
} catch (error) {
  reportFailure(error);
}
