import { decode, encode } from '@jridgewell/sourcemap-codec';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Where one name leads: the chunk that holds it, and the name it has there. */
interface Target {
  readonly file: string;
  readonly name: string;
}

/** By the names under which a facade hands on what others hold. */
type Facade = ReadonlyMap<string, Target>;

const reExportOnly = /^export\s*\{([^}]*)\}\s*from\s*["']\.\/([^"']+)["'];?\s*$/;

function readFacade(code: string): Facade | undefined {
  const [, names, file] = reExportOnly.exec(code.replace(/\/\/# sourceMappingURL=\S+\s*$/, '')) ?? [];
  if (names === undefined || file === undefined) return undefined;
  return new Map(
    names.split(',').map((pair) => {
      const [name = '', alias = name] = pair.trim().split(/\s+as\s+/);
      return [alias, { file, name }];
    }),
  );
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What lies behind an edit moves by as much as that made its line longer. */
function moveColumns(map: string, code: string, edits: readonly Edit[]): string {
  const { mappings, ...rest }: { mappings: string } = JSON.parse(map);
  const lines = decode(mappings);
  for (const { start, end, text } of edits.toReversed()) {
    const before = code.slice(0, start).split('\n');
    const column = before.at(-1)?.length ?? 0;
    for (const segment of lines[before.length - 1] ?? []) {
      if (segment[0] > column) segment[0] += text.length - (end - start);
    }
  }
  return JSON.stringify({ ...rest, mappings: encode(lines) });
}

function apply(code: string, edits: readonly Edit[]): string {
  let result = code;
  for (const { start, end, text } of edits.toReversed()) result = result.slice(0, start) + text + result.slice(end);
  return result;
}

/** Each `import('./facade.js')`, written so that it asks for what is behind it. */
function findEdits(code: string, facades: ReadonlyMap<string, Facade>): Edit[] {
  return [...code.matchAll(/import\(["'`]\.\/([^"'`]+)["'`]\)/g)].flatMap(({ 0: text, 1: name = '', index }) => {
    const facade = facades.get(name);
    const file = facade?.values().next().value?.file;
    if (facade === undefined || file === undefined) return [];
    const names = [...facade].map(([alias, target]) => `${alias}:m.${target.name}`);
    return [{ start: index, end: index + text.length, text: `import("./${file}").then(m=>({${names.join()}}))` }];
  });
}

/**
 * The bundler puts a file of one line before each chunk that is loaded lazily and also shared, and a page would fetch that first
 * and then what it names. Here whoever imports it asks for the chunk itself: one round trip less for each.
 */
export function removeFacades(folder: string): void {
  const codes = new Map(
    globSync('*.js', { cwd: folder }).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
  const facades = new Map<string, Facade>();
  for (const [name, code] of codes) {
    const facade = readFacade(code);
    // One that is imported statically as well stays.
    const isAskedFor = [...codes.values()].some((other) => new RegExp(`(from|import)\\s*["']\\./${name}`).test(other));
    if (facade !== undefined && !isAskedFor) facades.set(basename(name), facade);
  }
  for (const [name, code] of codes) {
    const file = join(folder, name);
    if (facades.has(name)) {
      rmSync(file);
      rmSync(`${file}.map`, { force: true });
      continue;
    }
    const edits = findEdits(code, facades);
    if (edits.length === 0) continue;
    writeFileSync(file, apply(code, edits));
    const mapFile = `${file}.map`;
    if (existsSync(mapFile)) writeFileSync(mapFile, moveColumns(readFileSync(mapFile, 'utf8'), code, edits));
  }
}
