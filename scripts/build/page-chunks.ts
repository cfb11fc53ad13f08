import { join } from 'node:path';
import { repository } from '../set-up/paths.mjs';

/** As much of the bundler's view of the modules as is asked for here. */
interface ModuleGraph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[]; readonly importers: readonly string[] } | null;
}

/** What nearly every page has. */
const viewerElements = ['room', 'player', 'chat'];

/** What nearly every element takes besides: shared by all, it would be a file of its own for each page to fetch. */
const isCommon = (id: string) =>
  /\/lit-html\/(directives\/repeat|directive-helpers)\.js$|\/reactive-element\/decorators\/(query|base)\.js$/.test(id);

/** Shown by menus and by forms: with the menus it would bring those along. */
const isCheck = (id: string) => id.endsWith('/icons/check.mjs');

/** They are only ever loaded together. */
const isMediasoup = (id: string) =>
  /\/(mediasoup-client|h264-profile-level-id|sdp-transform|awaitqueue)\/|\/src\/media\/mediasoup\/(?!load-)/.test(id);

/** Some have it from the start and others when they first ask: with other things it would be loaded by all. */
const isDialog = (id: string) => id.endsWith('/src/styles/dialog.styles.ts');

/** Drawn by what the stage loads when nobody is on it: a file of its own would cost more than it holds. */
const isStageState = (id: string) => id.endsWith('/stage/stage-state.ts');

/** What those who publish have besides; each has a file of its own. */
const publisherElements = ['controls', 'participants', 'preview'];

interface Chunks {
  readonly autoloader: ReadonlySet<string>;
  readonly viewer: ReadonlySet<string>;
  /** The stage, its tiles and what they alone use: no page has a stage without tiles. */
  readonly stage: ReadonlySet<string>;
  /** What the stage shares with other elements. */
  readonly faces: ReadonlySet<string>;
  /** What those who publish have besides, as far as several elements share it. */
  readonly forms: ReadonlySet<string>;
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

/** Those of the modules that nothing else imports but through them. */
function findOwn(modules: ReadonlySet<string>, entry: string, graph: ModuleGraph): Set<string> {
  const own = new Set(modules);
  const isOwn = (id: string) =>
    id === join(repository, entry) || (graph.getModuleInfo(id)?.importers ?? []).every((importer) => own.has(importer));
  for (let before = 0; before !== own.size;) {
    before = own.size;
    for (const id of own) if (!isOwn(id)) own.delete(id);
  }
  return own;
}

function findChunks(graph: ModuleGraph): Chunks {
  const importsOf = (names: readonly string[]) =>
    findStaticImports(
      names.map((name) => `src/elements/${name}/${name}.ts`),
      graph,
    );
  const autoloader = findStaticImports(['src/autoloader.ts'], graph);
  const viewer = importsOf(viewerElements);
  const withStage = importsOf(['stage']).difference(viewer).difference(autoloader);
  const stage = findOwn(withStage, 'src/elements/stage/stage.ts', graph);
  const publishing = publisherElements.map((name) => importsOf([name]).difference(viewer).difference(autoloader));
  const shared = new Set<string>();
  for (const modules of publishing) {
    for (const id of modules) if (publishing.some((others) => others !== modules && others.has(id))) shared.add(id);
  }
  return { autoloader, viewer, stage, faces: withStage.difference(stage), forms: shared };
}

function chunksOf(graph: ModuleGraph): Chunks {
  let chunks = known.get(graph);
  if (!chunks) known.set(graph, (chunks = findChunks(graph)));
  return chunks;
}

const nameAs = (name: string, isIn: (id: string, chunks: Chunks) => boolean, priority: number) => ({
  name: (id: string, graph: ModuleGraph) => (isIn(id, chunksOf(graph)) ? name : null),
  debugName: name,
  priority,
});

/**
 * The chunks that have a name: one file for what nearly every page loads at once, because many small files compress badly and
 * come one after another. What the autoloader stands on stays apart and small. The rest is split by who uses it.
 * A chunk takes what its modules import along, unless an earlier one has it.
 */
export const pageChunks = [
  nameAs('autoloader', (id, { autoloader }) => autoloader.has(id), 6),
  nameAs('viewer', (id, { viewer }) => isCommon(id) || viewer.has(id), 5),
  nameAs('mediasoup', isMediasoup, 4),
  nameAs('faces', (id, { faces }) => faces.has(id), 3),
  nameAs('forms', (id, { forms }) => forms.has(id) || isCheck(id), 2),
  nameAs('stage', (id, { stage }) => stage.has(id) || isStageState(id), 1),
  nameAs('dialog', isDialog, 1),
];
