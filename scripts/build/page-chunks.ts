import { join } from 'node:path';
import { repository } from '../set-up/paths.mjs';

/** As much of the bundler's view of the modules as is asked for here. */
interface ModuleGraph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** What nearly every page has. */
const viewerElements = ['room', 'player', 'chat'];

/** What nearly every element takes besides: shared by all, it would be a file of its own for each page to fetch. */
const isCommon = (id: string) => /\/lit-html\/(directives\/repeat|directive-helpers)\.js$/.test(id);

/** They are only ever loaded together. */
const isMediasoup = (id: string) =>
  /\/(mediasoup-client|h264-profile-level-id|sdp-transform|awaitqueue)\/|\/src\/media\/mediasoup\/(?!load-)/.test(id);

interface Chunks {
  readonly autoloader: ReadonlySet<string>;
  readonly viewer: ReadonlySet<string>;
}

const known = new WeakMap<object, Chunks>();

/** The entries and everything that they import before they load anything lazily. */
function findStaticImports(entries: readonly string[], graph: ModuleGraph): Set<string> {
  const found = new Set(entries.map((entry) => join(repository, entry)));
  // A set goes on to what is added while it is gone through.
  for (const id of found) {
    for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  }
  return found;
}

/**
 * Names the chunk of a module: one file for what nearly every page loads at once, because many small files compress badly and
 * come one after another. What the autoloader stands on stays apart and small. The rest is split by who uses it.
 */
export function chunkOf(id: string, graph: ModuleGraph): string | null {
  let chunks = known.get(graph);
  if (!chunks) {
    chunks = {
      autoloader: findStaticImports(['src/autoloader.ts'], graph),
      viewer: findStaticImports(
        viewerElements.map((name) => `src/elements/${name}/${name}.ts`),
        graph,
      ),
    };
    known.set(graph, chunks);
  }
  if (chunks.autoloader.has(id)) return 'autoloader';
  if (isMediasoup(id)) return 'mediasoup';
  return isCommon(id) || chunks.viewer.has(id) ? 'viewer' : null;
}
