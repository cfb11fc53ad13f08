import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Nginx {
  readonly port: number;
  /** The process that answers. */
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

interface NginxOptions {
  /** Directives of `http`. */
  readonly http?: string;
  /** Directives of `server`. */
  readonly server: string;
  /** Below `files` in its folder. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
}

/** nginx with one worker on a free port of loopback. */
export async function startNginx({ http = '', server, files = {} }: NginxOptions): Promise<Nginx> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'ils-nginx-'));
  await mkdir(join(folder, 'files'));
  for (const [name, data] of Object.entries(files)) await writeFile(join(folder, 'files', name), data);
  const configuration = join(folder, 'nginx.conf');
  await writeFile(
    configuration,
    `daemon off; pid nginx.pid; error_log stderr crit; worker_processes 1; user root;
     events { worker_connections 4096; }
     http {
       access_log off; keepalive_requests 1000000;
       client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
       ${http}
       server { listen 127.0.0.1:${port}; root files; ${server} }
     }`,
  );
  const child = spawn('nginx', ['-p', folder, '-c', configuration], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` },
  });
  const stop = async () => {
    if (child.exitCode === null && child.pid !== undefined) {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await hasBegun(child, port);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, pid: await findWorker(child.pid ?? 0), stop };
}

async function hasBegun(child: ChildProcess, port: number): Promise<void> {
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`nginx ended with ${code}`)));
  });
  const answers = async () => {
    for (;;) {
      const socket = connect(port, '127.0.0.1');
      const isOpen = await new Promise<boolean>((resolve) => {
        socket.once('connect', () => resolve(true));
        socket.once('error', () => resolve(false));
      });
      socket.destroy();
      if (isOpen) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  await Promise.race([answers(), failed]);
  failed.catch(() => {});
}

async function findWorker(parent: number): Promise<number> {
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const status = await readFile(`/proc/${entry}/stat`, 'latin1').catch(() => '');
    if (Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1]) === parent) return Number(entry);
  }
  return parent;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
