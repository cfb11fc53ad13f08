import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from '@web/dev-server-core';
import { build } from 'esbuild';

const repository = join(dirname(fileURLToPath(import.meta.url)), '../..');
const outputFolder = '.cache/web-test-runner';
const require = createRequire(import.meta.url);

/**
 * Browsers cannot import CommonJS: each of these packages is bundled into one module that exports the same names.
 * The bundle is made when a test first imports the package.
 */
export function prebundlePlugin(packages: readonly string[]): Plugin {
  const bundles = new Map<string, Promise<string>>();
  return {
    name: 'ils-prebundle',
    async resolveImport({ source }) {
      if (!packages.includes(source)) return undefined;
      let bundle = bundles.get(source);
      if (!bundle) {
        bundle = bundlePackage(source);
        bundles.set(source, bundle);
      }
      return bundle;
    },
  };
}

async function bundlePackage(name: string): Promise<string> {
  const exported: unknown = require(name);
  const names = Object.keys(Object(exported)).filter((key) => key !== 'default' && key !== '__esModule');
  const file = `${name.replaceAll(/[^\w-]/g, '_')}.js`;
  const result = await build({
    stdin: {
      contents: `import * as all from '${name}';\nexport default all.default ?? all;\nexport const { ${names.join(', ')} } = all;`,
      resolveDir: repository,
    },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    logLevel: 'error',
  });
  await mkdir(join(repository, outputFolder), { recursive: true });
  await writeFile(join(repository, outputFolder, file), result.outputFiles[0]?.text ?? '');
  return `/${outputFolder}/${file}`;
}
