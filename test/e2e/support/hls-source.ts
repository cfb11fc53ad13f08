import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { CONTENT_SECURITY_POLICY } from '../../../server/src/http/pages.ts';
import { eventually } from './eventually.ts';

const KIT = new URL('../../../dist', import.meta.url).pathname;

const TYPES: Readonly<Record<string, string>> = {
  '.m3u8': 'application/vnd.apple.mpegurl',
  '.m4s': 'video/iso.segment',
  '.mp4': 'video/mp4',
  '.js': 'text/javascript',
};

/** What becomes of a request in place of the answer: an HTTP status, or none at all. */
export type Fault = (path: string, query: URLSearchParams) => number | 'hang' | undefined;

/**
 * A live programme that ffmpeg makes, picture and sound in renditions of their own, and the server that hands it out, beside the
 * built kit and pages with the strict policy.
 */
export class HlsSource {
  readonly #folder: string;
  readonly #server: Server;
  readonly #hanging = new Set<ServerResponse>();
  readonly requests: string[] = [];
  #encoder: ChildProcess | undefined;
  fault: Fault = () => undefined;
  /** What the body of the page at `/page` holds. */
  body = '';

  private constructor(folder: string) {
    this.#folder = folder;
    this.#server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
      void this.#answer(pathname, searchParams, response);
    });
  }

  static async open(): Promise<HlsSource> {
    const source = new HlsSource(await mkdtemp(join(tmpdir(), 'ils-hls-')));
    source.#server.listen(0, '127.0.0.1');
    await once(source.#server, 'listening');
    return source;
  }

  get origin(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The source has no port.');
    return `http://localhost:${address.port}`;
  }

  get url(): string {
    return `${this.origin}/live.m3u8`;
  }

  /** Begins to encode, with segments of a second; resolves once it can be played. */
  async start(): Promise<void> {
    const encode =
      '-c:v libx264 -preset ultrafast -tune zerolatency -profile:v baseline -pix_fmt yuv420p -g 25 -c:a aac';
    const hls =
      '-f hls -hls_time 1 -hls_list_size 10 -hls_segment_type fmp4 -hls_flags program_date_time+independent_segments';
    const input = '-re -f lavfi -i testsrc=size=320x180:rate=25 -re -f lavfi -i sine=frequency=440:sample_rate=48000';
    const streams = ['-var_stream_map', 'v:0,agroup:sound a:0,agroup:sound,default:yes'];
    const names =
      '-master_pl_name live.m3u8 -hls_fmp4_init_filename init_%v.mp4 -hls_segment_filename part_%v_%d.m4s media_%v.m3u8';
    const words = `-loglevel error ${input} -map 0:v -map 1:a ${encode} ${hls}`.split(' ');
    this.#encoder = spawn('ffmpeg', [...words, ...streams, ...names.split(' ')], {
      cwd: this.#folder,
      stdio: 'ignore',
    });
    await eventually(
      'the programme',
      () => readFile(join(this.#folder, 'live.m3u8'), 'utf8').catch(() => ''),
      (text) => text.includes('#EXT-X-STREAM-INF'),
    );
  }

  async stopEncoder(): Promise<void> {
    const encoder = this.#encoder;
    this.#encoder = undefined;
    if (encoder === undefined || encoder.exitCode !== null) return;
    encoder.kill('SIGKILL');
    await once(encoder, 'exit');
  }

  /** Nothing of what was encoded is left. */
  async clear(): Promise<void> {
    await this.stopEncoder();
    await Promise.all((await readdir(this.#folder)).map((file) => rm(join(this.#folder, file))));
  }

  /** Lets go of what hangs, and answers from now on. */
  heal(): void {
    this.fault = () => undefined;
    for (const response of this.#hanging) response.destroy();
    this.#hanging.clear();
  }

  async close(): Promise<void> {
    await this.stopEncoder();
    this.heal();
    this.#server.closeAllConnections();
    this.#server.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #answer(path: string, query: URLSearchParams, response: ServerResponse): Promise<void> {
    if (path === '/page') {
      response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': CONTENT_SECURITY_POLICY });
      response.end(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title>
        <script type="module" src="/kit/cdn/ils.js"></script></head><body>${this.body}</body></html>`);
      return;
    }
    if (path === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    if (path.startsWith('/kit/')) {
      const script = await readFile(join(KIT, path.slice('/kit'.length))).catch(() => undefined);
      response.writeHead(script ? 200 : 404, { 'content-type': TYPES[extname(path)] ?? 'text/plain' }).end(script);
      return;
    }
    this.requests.push(path);
    const fault = this.fault(path, query);
    const headers = { 'access-control-allow-origin': '*', 'cache-control': 'no-store' };
    if (fault === 'hang') {
      this.#hanging.add(response);
      return;
    }
    const file = await readFile(join(this.#folder, path)).catch(() => undefined);
    if (fault !== undefined || file === undefined) {
      response.writeHead(fault ?? 404, headers).end();
      return;
    }
    response.writeHead(200, { ...headers, 'content-type': TYPES[extname(path)] ?? 'text/html' }).end(file);
  }
}
