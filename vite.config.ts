import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type UserConfig } from 'vite';
import { leanHls } from './scripts/build/lean-hls.ts';
import { leanMediasoupClient } from './scripts/build/mediasoup-client/lean-mediasoup-client.ts';
import { minifyTemplates } from './scripts/build/minify-templates.ts';
import { pageChunks } from './scripts/build/page-chunks.ts';

const repository = dirname(fileURLToPath(import.meta.url));

/** Where the build goes; the build script swaps a finished one in for the old. */
const outputFolder = process.env['ILS_BUILD_FOLDER'] ?? join(repository, 'dist');

const readDependencies = (packageFile: string): string[] => {
  const {
    dependencies = {},
    peerDependencies = {},
  }: Partial<Record<'dependencies' | 'peerDependencies', Record<string, string>>> = JSON.parse(
    readFileSync(packageFile, 'utf8'),
  );
  return Object.keys({ ...dependencies, ...peerDependencies });
};

const packagesAsPatterns = (names: readonly string[]) => names.map((name) => new RegExp(`^${name}(/.*)?$`));

/** Entry names keep the path below `src`: `elements/chat/chat`. */
const entries = (patterns: readonly string[]) =>
  Object.fromEntries(
    globSync(patterns, { cwd: repository })
      .toSorted()
      .map((file) => [relative('src', file).replace(/\.ts$/, ''), join(repository, file)]),
  );

const shared = {
  root: repository,
  publicDir: false,
  logLevel: 'warn',
} satisfies UserConfig;

/** For bundlers: every module of ours at its own stable path, packages left to the page's bundler. */
const library: UserConfig = {
  ...shared,
  build: {
    outDir: outputFolder,
    emptyOutDir: false,
    target: 'es2022',
    sourcemap: true,
    minify: false,
    reportCompressedSize: false,
    lib: { entry: entries(['src/**/*.ts']), formats: ['es'] },
    rolldownOptions: {
      external: packagesAsPatterns(readDependencies(join(repository, 'package.json'))),
      preserveEntrySignatures: 'strict',
      output: {
        format: 'es',
        preserveModules: true,
        preserveModulesRoot: join(repository, 'src'),
        // npm leaves folders named node_modules out of packages.
        entryFileNames: ({ name }) => `${name.replace(/^.*node_modules\//, 'inlined/')}.js`,
      },
    },
  },
};

/** For pages: one script, which loads the elements that the page uses, and those load engines when a role needs them. */
const cdn: UserConfig = {
  ...shared,
  plugins: [leanMediasoupClient(), leanHls(), minifyTemplates()],
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: join(outputFolder, 'cdn'),
    emptyOutDir: false,
    target: 'es2022',
    sourcemap: true,
    minify: true,
    reportCompressedSize: false,
    lib: {
      entry: { ils: join(repository, 'src/cdn.ts'), locales: join(repository, 'src/locales/words.ts') },
      formats: ['es'],
    },
    rolldownOptions: {
      preserveEntrySignatures: 'allow-extension',
      // What two share shall not bring along what only one of them needs.
      experimental: { chunkOptimization: { mergeCommonChunks: false } },
      output: {
        format: 'es',
        // Without this a library keeps its white space.
        minify: true,
        entryFileNames: '[name].js',
        chunkFileNames: ({ name }) => `chunks/${name.replace(/~.*/, '')}-[hash].js`,
        codeSplitting: {
          groups: pageChunks,
        },
      },
    },
  },
};

/** The pages that the composer of a broadcast opens: each of one script, with engines that load when they are needed. */
const templates: UserConfig = {
  ...shared,
  plugins: [leanMediasoupClient(), minifyTemplates()],
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: join(outputFolder, 'templates'),
    emptyOutDir: false,
    target: 'es2022',
    sourcemap: false,
    minify: true,
    reportCompressedSize: false,
    lib: {
      entry: Object.fromEntries(
        ['default/default', 'capture/capture', 'capture/encoder'].map((name) => [
          name,
          join(repository, 'templates', `${name}.ts`),
        ]),
      ),
      formats: ['es'],
    },
    rolldownOptions: {
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
};

/** What other sites load to show a room in a frame, and what runs in that frame besides the kit: a file each. */
const embedScript = (name: string): UserConfig => ({
  ...shared,
  build: {
    outDir: join(outputFolder, 'embed'),
    emptyOutDir: false,
    target: 'es2022',
    sourcemap: false,
    minify: true,
    reportCompressedSize: false,
    lib: { entry: join(repository, `embeds/iframe/${name}.ts`), formats: ['es'], fileName: name },
    rolldownOptions: { output: { format: 'es', minify: true, entryFileNames: '[name].js' } },
  },
});

const serverPackages = packagesAsPatterns([...readDependencies(join(repository, 'server/package.json')), 'mediasoup']);

/** The server's package brings mediasoup along: installed as a package of its own it would run a download, and fail where that is blocked. */
const paths = { mediasoup: '#mediasoup' };

const serverBuild = {
  emptyOutDir: false,
  target: 'node22',
  sourcemap: true,
  minify: false,
  reportCompressedSize: false,
} as const;

/** The room server: what checks the Node and what runs on it; its packages stay packages. */
const server: UserConfig = {
  ...shared,
  ssr: { target: 'node', external: true },
  build: {
    ...serverBuild,
    ssr: join(repository, 'server/src/main.ts'),
    outDir: outputFolder,
    rolldownOptions: {
      external: [...serverPackages, './worker/obtain-worker.js'],
      output: { format: 'es', paths, entryFileNames: 'main.js', chunkFileNames: '[name].js' },
    },
  },
  plugins: [
    {
      name: 'worker-beside-server',
      enforce: 'pre',
      // Built by itself, for it finds its own files by where they lie.
      resolveId: (source) => (source.endsWith('/worker/obtain-worker.ts') ? './worker/obtain-worker.js' : null),
    },
  ],
};

/** What obtains the media worker: file by file, since some are run by themselves. */
const serverWorker: UserConfig = {
  ...shared,
  ssr: { target: 'node', external: true },
  build: {
    ...serverBuild,
    ssr: true,
    outDir: join(outputFolder, 'worker'),
    rolldownOptions: {
      input: globSync('server/worker/*.ts', { cwd: repository }).map((file) => join(repository, file)),
      external: serverPackages,
      preserveEntrySignatures: 'strict',
      output: {
        format: 'es',
        paths,
        preserveModules: true,
        preserveModulesRoot: join(repository, 'server/worker'),
        entryFileNames: '[name].js',
      },
    },
  },
};

const builds: Record<string, UserConfig> = {
  library,
  cdn,
  templates,
  'embed-loader': embedScript('embed'),
  'embed-page': embedScript('page'),
  server,
  'server-worker': serverWorker,
};

export default defineConfig(({ mode, command }) => (command === 'build' ? (builds[mode] ?? library) : shared));
