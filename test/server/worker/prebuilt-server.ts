import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';

export interface PrebuiltServer {
  env: NodeJS.ProcessEnv;
  /** Paths asked for so far. */
  requests: string[];
  countConnections(): Promise<number>;
}

/** Serves what mediasoup's script takes for its release page. */
export async function startPrebuiltServer(test: TestContext, respond: RequestListener): Promise<PrebuiltServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    respond(request, response);
  });

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });

  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');

  return {
    env: {
      MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD: '',
      MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL: `http://127.0.0.1:${address.port}`,
    },
    requests,
    countConnections: promisify(server.getConnections.bind(server)),
  };
}

/** The archive in which mediasoup publishes a worker. */
export async function packWorker(workerPath: string): Promise<Buffer> {
  const { stdout } = await promisify(execFile)(
    'tar',
    ['-czf', '-', '-C', path.dirname(workerPath), 'mediasoup-worker'],
    {
      encoding: 'buffer',
      maxBuffer: 100_000_000,
    },
  );

  return stdout;
}
