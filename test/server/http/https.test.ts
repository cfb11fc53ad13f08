import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { get } from 'node:https';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { ConfigError } from '../../../server/src/config/config.ts';
import { startTestServer } from './test-server.ts';

function findOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version']);
    return true;
  } catch {
    return false;
  }
}

describe('HTTPS in development', () => {
  it(
    'serves the same at a port of its own, pages and sockets',
    { skip: !findOpenssl() && 'needs openssl' },
    async () => {
      const server = await startTestServer({ dev: true, https: true });
      try {
        const address = `https://127.0.0.1:${server.httpsPort}/healthz`;
        const [response] = await once(get(address, { rejectUnauthorized: false }), 'response');
        assert.equal(response.statusCode, 200);
        response.resume();

        const certificatePath = join(server.data, 'development-certificate.pem');
        const certificate = new X509Certificate(await readFile(certificatePath));
        assert.equal(certificate.checkIP('127.0.0.1'), '127.0.0.1');
        assert.equal(certificate.checkHost('localhost'), 'localhost');
        const { mode } = await stat(join(server.data, 'development-key.pem'));
        assert.equal(mode & 0o077, 0, 'nobody else reads the key');

        const socket = new WebSocket(`wss://127.0.0.1:${server.httpsPort}/ws`, {
          rejectUnauthorized: false,
          origin: `https://127.0.0.1:${server.httpsPort}`,
        });
        await once(socket, 'open');
        const closed = once(socket, 'close');
        socket.close();
        await closed;
      } finally {
        await server.close();
      }
    },
  );

  it('says what it needs where there is no openssl', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = '';
    try {
      await assert.rejects(
        startTestServer({ dev: true, https: true }),
        (error) => error instanceof ConfigError && error.message.startsWith('https: needs the program openssl'),
      );
    } finally {
      process.env['PATH'] = path;
    }
  });
});
