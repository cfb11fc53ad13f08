import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** TLS in front of a port of this machine, under a certificate of its own for `localhost`. */
export class TlsFront {
  readonly #server: Server;
  readonly #folder: string;

  private constructor(server: Server, folder: string) {
    this.#server = server;
    this.#folder = folder;
  }

  static async open(port: number): Promise<TlsFront> {
    const folder = await mkdtemp(join(tmpdir(), 'ils-tls-'));
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    const kind = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2'.split(' ');
    const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    await run('openssl', ['req', '-x509', ...kind, ...name, '-keyout', key, '-out', certificate]);
    const server = createServer({ key: await readFile(key), cert: await readFile(certificate) }, (secured) => {
      const plain = connect(port, '127.0.0.1');
      for (const [one, other] of [
        [secured, plain],
        [plain, secured],
      ] as const) {
        one.pipe(other);
        one.on('error', () => other.destroy());
        one.on('close', () => other.destroy());
      }
    });
    await once(server.listen(0, 'localhost'), 'listening');
    return new TlsFront(server, folder);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get certificate(): string {
    return join(this.#folder, 'certificate.pem');
  }

  async close(): Promise<void> {
    this.#server.close();
    await rm(this.#folder, { recursive: true });
  }
}
