import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { minify } from 'terser';
import { parseAst } from 'vite';

const compress = promisify(brotliCompress);

/** mediasoup-client writes its private names so; no other script sees them, but for the one that we ask for by its name. */
const privateNames = { regex: /^_[a-z]/, reserved: ['_handlerFactory'] };

/** Longer ones are public names of elements and engines. */
const isShort = (name: string) => /^(?!(?:as|do|if|in|of)$)[\w$]{1,2}$/.test(name);

/**
 * Names for what a script imports and exports: those by which the scripts know it, so that none has to write `a as b`.
 * A name that two scripts export stays with the first.
 */
function findSharedNames(code: string): Record<string, string> {
  const names = new Map<string, string>();
  const add = (local: string, shared: string) => {
    if (isShort(shared) && !names.has(shared)) names.set(shared, local);
  };
  for (const statement of parseAst(code).body) {
    if (statement.type === 'ExportNamedDeclaration' && statement.source === null) {
      for (const { local, exported } of statement.specifiers) {
        if (local.type === 'Identifier' && exported.type === 'Identifier') add(local.name, exported.name);
      }
    }
    if (statement.type === 'ImportDeclaration') {
      for (const specifier of statement.specifiers) {
        if (specifier.type === 'ImportSpecifier' && specifier.imported.type === 'Identifier')
          add(specifier.local.name, specifier.imported.name);
      }
    }
  }
  return Object.fromEntries([...names].map(([shared, local]) => [`$${local}`, shared]));
}

/** A second minifier finds two percent more, mostly in packages that are written as CommonJS. */
async function shrink(file: string): Promise<void> {
  // The bundler's own few lines have no map.
  const mapFile = existsSync(`${file}.map`) ? `${file}.map` : undefined;
  const source = readFileSync(file, 'utf8');
  const { code, map } = await minify(source, {
    nameCache: { vars: { props: findSharedNames(source) } },
    module: true,
    ecma: 2020,
    mangle: { properties: basename(file).startsWith('mediasoup-') && privateNames },
    compress: { passes: 3, ecma: 2020, unsafe_arrows: true, unsafe_methods: true },
    sourceMap: mapFile !== undefined && { content: readFileSync(mapFile, 'utf8'), url: basename(mapFile) },
  });
  if (code === undefined) throw new Error(`${file} has not been minified.`);
  writeFileSync(file, code);
  if (mapFile !== undefined && typeof map === 'string') writeFileSync(mapFile, map);
}

/** Makes the scripts for pages as small as they get, and puts a compressed file beside each for servers that hand out such. */
export async function finishScripts(folder: string): Promise<void> {
  for (const name of globSync('**/*.js', { cwd: folder })) {
    const file = join(folder, name);
    await shrink(file);
    const content = readFileSync(file);
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
    writeFileSync(`${file}.br`, await compress(content, { params }));
  }
}
