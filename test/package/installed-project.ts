import { execFile, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { prebuiltWorkerPath } from '../../server/worker/worker-cache.ts';

const run = promisify(execFile);
const repository = fileURLToPath(new URL('../../', import.meta.url));

/** A project of somebody else's, far from the checkout, that has both packages from their tarballs. */
export class InstalledProject {
  readonly folder: string;
  readonly #root: string;
  readonly #environment: NodeJS.ProcessEnv;

  private constructor(root: string) {
    this.#root = root;
    this.folder = join(root, 'project');
    // What npm and the suites' runner say of this repository is not for the project; how npm reaches its registry is.
    const isOurs = (name: string) =>
      /^(npm_(?!config_)|npm_config_local_prefix|ILS_|MEDIASOUP_|NODE_(?!EXTRA_CA))/.test(name);
    const inherited = Object.entries(process.env).filter(([name]) => !isOurs(name));
    const path = (process.env['PATH'] ?? '').split(delimiter).filter((part) => !part.startsWith(repository));
    this.#environment = {
      ...Object.fromEntries(inherited),
      PATH: [dirname(process.execPath), ...path].join(delimiter),
      // As on a machine that has never seen the project; npm alone keeps what it has downloaded.
      HOME: join(root, 'home'),
      npm_config_cache: process.env['npm_config_cache'] ?? join(homedir(), '.npm'),
      XDG_CACHE_HOME: join(root, 'cache'),
    };
  }

  /** @param workerPath what the machine's cache holds from an earlier start */
  static async create(workerPath: string): Promise<InstalledProject> {
    const project = new InstalledProject(await mkdtemp(join(tmpdir(), 'ils-installed-')));
    try {
      await project.#install();
      await project.#keepWorker(workerPath);
    } catch (error) {
      await project.remove();
      throw error;
    }
    return project;
  }

  async #install(): Promise<void> {
    const env = this.#environment;
    await mkdir(join(this.#root, 'home'));
    // Its parameters are ours; what is installed runs whatever scripts it has.
    const pack = ['pack', '--ignore-scripts', '--pack-destination', this.#root, '.', './server'];
    await run('npm', pack, { cwd: repository, env });
    const tarballs = (await readdir(this.#root)).filter((name) => name.endsWith('.tgz'));
    await mkdir(this.folder);
    await writeFile(join(this.folder, 'package.json'), '{ "private": true, "type": "module" }');
    const install = ['install', '--prefer-offline', '--no-audit', '--no-fund'];
    await run('npm', [...install, ...tarballs.map((name) => join(this.#root, name))], { cwd: this.folder, env });
  }

  async #keepWorker(workerPath: string): Promise<void> {
    const { version } = JSON.parse(
      await readFile(join(this.folder, 'node_modules/ils-kit-server/dist/mediasoup/package.json'), 'utf8'),
    );
    const kept = await prebuiltWorkerPath(join(this.#root, 'cache/ils-kit'), version);
    await mkdir(dirname(kept), { recursive: true });
    await copyFile(workerPath, kept);
  }

  /** Runs a program in the project to its end. */
  run(program: string, ...parameters: readonly string[]): Promise<{ stdout: string; stderr: string }> {
    return run(program, parameters, { cwd: this.folder, env: this.#environment });
  }

  /**
   * Starts the server as its user does, on a free port of loopback. Settles when it is ready.
   * @param environment secrets, where it is not in development
   */
  async startServer(own: readonly string[] = ['--dev'], environment: NodeJS.ProcessEnv = {}): Promise<NpxServer> {
    const flags = [...own, '--host', '127.0.0.1', '--port', '0', '--workers', '1', '--media-ports', '0-0'];
    const child = spawn(
      'npx',
      ['ils-kit-server', ...flags, '--data', join(this.#root, 'data'), '--log-format', 'lines'],
      {
        cwd: this.folder,
        env: { ...this.#environment, ...environment },
      },
    );
    return NpxServer.ready(child);
  }

  async remove(): Promise<void> {
    await rm(this.#root, { recursive: true, force: true });
  }
}

/** The server below npx and the shell that npx starts. */
export class NpxServer {
  readonly origin: string;
  /** Settles with what it has printed, when npx, the server and its workers have let go of their output. */
  readonly ended: Promise<string>;
  readonly #child: ChildProcessWithoutNullStreams;

  private constructor(child: ChildProcessWithoutNullStreams, origin: string, ended: Promise<string>) {
    this.#child = child;
    this.origin = origin;
    this.ended = ended;
  }

  static async ready(child: ChildProcessWithoutNullStreams): Promise<NpxServer> {
    let output = '';
    const ended = once(child, 'close').then(() => output);
    const port = await new Promise<string>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text) => {
          output += text;
          const [, found] = /^ready: http:\/\/localhost:(\d+)/m.exec(output) ?? [];
          if (found !== undefined) resolve(found);
        });
      }
      void ended.then(() => reject(new Error(`The server ended before it was ready.\n${output}`)));
    });
    return new NpxServer(child, `http://127.0.0.1:${port}`, ended);
  }

  /** Tells npm alone to end. */
  signalNpm(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}
