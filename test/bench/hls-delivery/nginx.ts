import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from './connection.ts';

export interface Nginx {
  readonly port: number;
  /** The process that answers. */
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

/** nginx with one worker over these files; `null` where it is not installed. */
export async function startNginx(port: number, files: Readonly<Record<string, Uint8Array>>): Promise<Nginx | null> {
  const folder = await mkdtemp(join(tmpdir(), 'ils-nginx-'));
  await mkdir(join(folder, 'files'));
  for (const [name, data] of Object.entries(files)) await writeFile(join(folder, 'files', name), data);
  await writeFile(
    join(folder, 'nginx.conf'),
    `daemon off; pid nginx.pid; error_log stderr crit; worker_processes 1;
     events { worker_connections 4096; }
     http {
       access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; open_file_cache max=100;
       client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
       server { listen 127.0.0.1:${port}; root ${folder}/files; }
     }`,
  );
  const child = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], {
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
  if (!(await hasBegun(child, port))) {
    await stop();
    return null;
  }
  return { port, pid: await findWorker(child.pid ?? 0), stop };
}

async function hasBegun(child: ChildProcess, port: number): Promise<boolean> {
  let hasFailed = false;
  child.once('error', () => (hasFailed = true));
  for (let attempt = 0; attempt < 50 && !hasFailed && child.exitCode === null; attempt += 1) {
    const connection = new Connection(port);
    const answer = await connection.get('/').catch(() => null);
    connection.close();
    if (answer !== null) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

async function findWorker(parent: number): Promise<number> {
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const status = await readFile(`/proc/${entry}/stat`, 'latin1').catch(() => '');
    if (Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1]) === parent) return Number(entry);
  }
  return parent;
}
