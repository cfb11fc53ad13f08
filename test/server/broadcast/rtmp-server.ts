import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** nginx with its RTMP module on loopback, which can be killed and started again on the same port. */
export class RtmpServer {
  readonly #folder: string;
  readonly #port: number;
  #child: ChildProcess | null = null;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#port = port;
  }

  static async create(port: number): Promise<RtmpServer> {
    const folder = await mkdtemp(join(tmpdir(), 'ils-rtmp-'));
    const configuration = `
      daemon off; master_process off; pid ${folder}/pid; error_log stderr warn;
      load_module /usr/lib/nginx/modules/ngx_rtmp_module.so;
      events { worker_connections 64; }
      rtmp { server { listen 127.0.0.1:${port}; application live { live on; } } }`;
    await writeFile(join(folder, 'nginx.conf'), configuration);
    return new RtmpServer(folder, port);
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `rtmp://127.0.0.1:${this.#port}/live`;
  }

  async start(): Promise<void> {
    this.#child = spawn('/usr/sbin/nginx', ['-p', this.#folder, '-c', join(this.#folder, 'nginx.conf')], {
      stdio: 'ignore',
    });
    while (!(await this.#answers())) await wait(50);
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null) return;
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
  }

  async close(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true });
  }

  #answers(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(this.#port, '127.0.0.1');
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
  }
}
