import { cpSync, existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { repository } from '../set-up/paths.mjs';

const dist = join(repository, 'server/dist');

/**
 * Builds the server's package into `server/dist/`, as JavaScript alone, since Node strips no types in packages: the
 * server, what obtains its worker, mediasoup, the demo pages and the kit for pages. The kit must have been built.
 */
export async function buildServer(): Promise<void> {
  const next = join(repository, `.cache/build-server-${process.pid}`);
  const old = `${next}-old`;
  rmSync(next, { recursive: true, force: true });
  mkdirSync(next, { recursive: true });
  process.env['ILS_BUILD_FOLDER'] = next;
  try {
    const { build } = await import('vite');
    const configFile = join(repository, 'vite.config.ts');
    for (const mode of ['server', 'server-worker']) await build({ configFile, mode, logLevel: 'warn' });
    cpSync(join(repository, 'server/worker/subprojects'), join(next, 'worker/subprojects'), { recursive: true });
    copyMediasoup(join(next, 'mediasoup'));
    copyPages(join(next, 'pages'));
    if (existsSync(dist)) renameSync(dist, old);
    renameSync(next, dist);
  } finally {
    for (const folder of [next, old]) rmSync(folder, { recursive: true, force: true });
  }
}

/** What runs and what a worker is built from; nothing that npm would run at an installation. */
function copyMediasoup(folder: string): void {
  const source = join(repository, 'node_modules/mediasoup');
  cpSync(source, folder, {
    recursive: true,
    filter: (file) =>
      !/[\\/]worker[\\/](?:out|prebuild|pip_[^\\/]+)$|[\\/]node_modules$|\.ts$|\.map$/.test(file.slice(source.length)),
  });
  const manifest = join(folder, 'package.json');
  const { scripts: _, devDependencies: __, ...rest } = JSON.parse(readFileSync(manifest, 'utf8'));
  writeFileSync(manifest, `${JSON.stringify(rest, null, 2)}\n`);
}

/** As the server finds them in a checkout. Scripts are compressed once, here, better than anybody would on the way. */
function copyPages(folder: string): void {
  cpSync(join(repository, 'demo'), join(folder, 'demo'), {
    recursive: true,
    filter: (file) => ['', '.html', '.css', '.js'].includes(extname(file)),
  });
  for (const part of ['cdn', 'embed', 'templates', 'themes']) {
    cpSync(join(repository, 'dist', part), join(folder, 'dist', part), {
      recursive: true,
      filter: (file) => !file.endsWith('.map'),
    });
  }
  for (const file of globSync('dist/cdn/**/*.js', { cwd: folder })) {
    const path = join(folder, file);
    writeFileSync(`${path}.br`, brotliCompressSync(readFileSync(path)));
  }
}
