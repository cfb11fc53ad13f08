import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

export interface FolderServer extends AsyncDisposable {
  /** `http://127.0.0.1:41234` */
  readonly origin: string;
}

/** Serves a folder on a loopback port, with these headers, and pages that exist in memory alone. */
export async function serveFolder(
  folder: string,
  { headers = {}, pages = {} }: { headers?: Record<string, string>; pages?: Record<string, string> },
): Promise<FolderServer> {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
    const body = Promise.resolve(pages[path] ?? readFile(join(folder, path)));
    body.then(
      (content) => {
        response.writeHead(200, { 'content-type': types[extname(path)] ?? types['.html'], ...headers }).end(content);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
