import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { serveFolder, type FolderServer } from '../../scripts/serve-folder.ts';

const run = promisify(execFile);
const repository = new URL('../../', import.meta.url).pathname;
const projects = new URL('./projects/', import.meta.url).pathname;
/** Some frameworks take their time on a small machine. */
const BUILD_LIMIT_MS = 300_000;

export const listFrameworks = async (): Promise<readonly string[]> => (await readdir(projects)).toSorted();

/** The kit as npm would publish it. */
export class KitArchive implements AsyncDisposable {
  readonly path: string;
  readonly #folder: string;

  private constructor(folder: string, path: string) {
    this.#folder = folder;
    this.path = path;
  }

  static async pack(): Promise<KitArchive> {
    const folder = await mkdtemp(join(tmpdir(), 'ils-kit-archive-'));
    await run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], { cwd: repository });
    const [name = ''] = await readdir(folder);
    return new KitArchive(folder, join(folder, name));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** A page of somebody else's, installed and built with its own tools, and served as files. */
export class FrameworkProject implements AsyncDisposable {
  readonly #folder: string;
  readonly #server: FolderServer;

  private constructor(folder: string, server: FolderServer) {
    this.#folder = folder;
    this.#server = server;
  }

  /** @param server origin of the room server, which the page is built for */
  static async build(name: string, archive: string, server: string): Promise<FrameworkProject> {
    const folder = await mkdtemp(join(tmpdir(), `ils-${name}-`));
    await cp(join(projects, name), folder, { recursive: true });
    await nameServer(folder, server);
    const path = (process.env['PATH'] ?? '').split(delimiter).filter((part) => !part.startsWith(repository));
    const outside = Object.entries(process.env).filter(
      ([key]) => !/^(npm_(?!config_registry)|ILS_|MEDIASOUP_|NODE_ENV$)/.test(key),
    );
    const env = {
      ...Object.fromEntries(outside),
      PATH: [dirname(process.execPath), ...path].join(delimiter),
      VITE_ILS_SERVER: server,
      NEXT_TELEMETRY_DISABLED: '1',
      ASTRO_TELEMETRY_DISABLED: '1',
      NG_CLI_ANALYTICS: 'false',
    };
    const options = { cwd: folder, env, timeout: BUILD_LIMIT_MS, maxBuffer: 64 * 1024 * 1024 };
    await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', archive], options);
    await run('npm', ['run', 'build'], options);
    const dist = join(folder, 'dist');
    const page = await readFile(join(dist, 'index.html'), 'utf8');
    return new FrameworkProject(folder, await serveFolder(dist, { pages: { '/': page, '/favicon.ico': '' } }));
  }

  get origin(): string {
    return this.#server.origin;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server[Symbol.asyncDispose]();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** For those whose builds read no environment. */
async function nameServer(folder: string, server: string): Promise<void> {
  const file = join(folder, 'src/main.ts');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text !== undefined) await writeFile(file, text.replace('ILS_SERVER_ADDRESS', server));
}
