import { join } from 'node:path';
import { repository } from '../set-up/paths.mjs';

/** As much of the bundler's view of the modules as is asked for here. */
interface ModuleGraph {
  getModuleInfo(id: string): {
    readonly code: string | null;
    readonly importedIds: readonly string[];
    readonly dynamicallyImportedIds: readonly string[];
  } | null;
}

/** Parts of the kit that one page comes to load, each by an `import()`. */
interface Visit {
  readonly parts: readonly string[];
  /** How much it counts what this visit loads. */
  readonly weight: number;
}

/** Modules that become one file. */
interface Chunk {
  readonly modules: ReadonlySet<string>;
  /** Characters of source. */
  readonly size: number;
  readonly neededIn: ReadonlySet<Visit>;
}

/** What one more file costs whoever loads it, in characters of source: names that it imports and exports. */
const fileCost = 600;

/** How much of the smaller of two files the other one saves where they are compressed together. */
const alike = 0.2;

/** What only some ask for counts less than elements and what every live page has, be it alone. */
const weights = { live: 3.5, part: 1, rarePart: 0.3 };

const inSource = (file: string) => join(repository, 'src', `${file}.ts`);
const start = inSource('cdn');
const isElement = (id: string) => /\/elements\/([\w-]+)\/\1\.ts$/.test(id);

const player = inSource('elements/player/player');

/** What nearly every page has, and what nearly every element takes besides. */
const viewer = [
  player,
  ...['room', 'chat'].map((name) => inSource(`elements/${name}/${name}`)),
  join(repository, 'node_modules/lit/directives/repeat.js'),
];

/** What pages load that are live: on stage, before the stage and before the broadcast. */
const livePages: readonly Visit[] = [
  ['elements/stage/stage', 'elements/stage/stage-empty'],
  [
    'elements/stage/stage',
    'elements/stage/stage-empty',
    'elements/controls/controls',
    'elements/chat/live-part',
    'media/live-media',
    'media/local-media',
  ],
  ['elements/chat/live-part', 'elements/player/player-chrome', 'elements/player/stage-layer', 'media/live-media'],
  [
    'elements/chat/live-part',
    'elements/player/player-chrome',
    'elements/player/program-chrome',
    'compose-program',
    'media/hls/hls-engine',
  ],
].map((parts) => ({ parts: parts.map(inSource), weight: weights.live }));

/** The modules and everything that they import before they load anything lazily. */
function findStaticImports(modules: readonly string[], graph: ModuleGraph): Set<string> {
  const found = new Set(modules);
  // A set goes on to what is added while it is gone through.
  for (const id of found) for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  return found;
}

/** What is ever loaded by an `import()`. */
function findParts(graph: ModuleGraph): Set<string> {
  const parts = new Set<string>();
  const modules = new Set([start]);
  for (const id of modules) {
    const { importedIds = [], dynamicallyImportedIds = [] } = graph.getModuleInfo(id) ?? {};
    for (const imported of [...importedIds, ...dynamicallyImportedIds]) modules.add(imported);
    for (const part of dynamicallyImportedIds) parts.add(part);
  }
  return parts;
}

/** Without comments and indentation, which the minifier takes out. */
const measureCode = (code: string) => code.replaceAll(/\/\*[\s\S]*?\*\/|\/\/ .*$/gm, '').replaceAll(/\s+/g, ' ').length;

const weigh = (visits: ReadonlySet<Visit>) => [...visits].reduce((sum, { weight }) => sum + weight, 0);

/** One chunk for all modules that are needed in the same visits. */
function splitByNeed(visits: readonly Visit[], taken: ReadonlyMap<string, string>, graph: ModuleGraph): Chunk[] {
  const needs = new Map<string, Visit[]>();
  for (const visit of visits) {
    for (const id of findStaticImports(visit.parts, graph)) {
      if (!taken.has(id)) needs.set(id, [...(needs.get(id) ?? []), visit]);
    }
  }
  const alikeInNeed = Map.groupBy(needs, ([, neededIn]) => neededIn.map((visit) => visits.indexOf(visit)).join());
  return [...alikeInNeed.values()].map((group) => ({
    modules: new Set(group.map(([id]) => id)),
    size: group.reduce((sum, [id]) => sum + measureCode(graph.getModuleInfo(id)?.code ?? ''), 0),
    neededIn: new Set(group[0]?.[1]),
  }));
}

/** What all visits together load less when the two are one file; below zero it is more. */
function gainOf(one: Chunk, other: Chunk): number {
  const both = weigh(one.neededIn.intersection(other.neededIn));
  const saved = both * (fileCost + alike * Math.min(one.size, other.size));
  return saved - (weigh(one.neededIn) - both) * other.size - (weigh(other.neededIn) - both) * one.size;
}

/** Whether the one imports the other through a third: as one file they would import themselves in a circle. */
function isAround(one: Chunk, other: Chunk, graph: ModuleGraph): boolean {
  const within = one.modules.union(other.modules);
  const imported = [...within].flatMap((id) => graph.getModuleInfo(id)?.importedIds ?? []);
  const outside = imported.filter((id) => !within.has(id));
  return !findStaticImports(outside, graph).isDisjointFrom(within);
}

/** Makes one file of the two that it pays best for, until it pays for none. */
function mergeWhatPays(chunks: readonly Chunk[], graph: ModuleGraph): readonly Chunk[] {
  let best: readonly Chunk[] = [];
  let bestGain = 0;
  for (const [index, one] of chunks.entries()) {
    for (const other of chunks.slice(index + 1)) {
      const gain = gainOf(one, other);
      if (gain <= bestGain || isAround(one, other, graph)) continue;
      best = [one, other];
      bestGain = gain;
    }
  }
  const [one, other] = best;
  if (!one || !other) return chunks;
  const merged: Chunk = {
    modules: one.modules.union(other.modules),
    size: one.size + other.size,
    neededIn: one.neededIn.union(other.neededIn),
  };
  return mergeWhatPays([...chunks.filter((chunk) => !best.includes(chunk)), merged], graph);
}

/** The name of the chunk of each module that more than one part needs. */
function planChunks(graph: ModuleGraph): ReadonlyMap<string, string> {
  const plan = new Map<string, string>();
  const add = (name: string, modules: Iterable<string>) => {
    for (const id of modules) if (!plan.has(id)) plan.set(id, name);
  };
  const parts = [...findParts(graph)];
  // What the autoloader stands on stays apart and small.
  add('autoloader', findStaticImports([inSource('autoloader')], graph));
  // Who is on stage has no player.
  const watching = [...findStaticImports([player], graph)].filter((id) => id.includes('/src/elements/player/'));
  add('player', watching);
  add('viewer', findStaticImports(viewer, graph));
  // Its engine and its package are only ever loaded together.
  const mediasoup = parts.filter((id) => /\/mediasoup-(client|engine)/.test(id));
  add('mediasoup', findStaticImports(mediasoup, graph));
  const common = new Set(livePages.flatMap((page) => page.parts));
  const weightOf = (part: string) => (isElement(part) || common.has(part) ? weights.part : weights.rarePart);
  const visits = parts.map((part) => ({ parts: [part], weight: weightOf(part) }));
  const chunks = mergeWhatPays(splitByNeed([...visits, ...livePages], plan, graph), graph);
  for (const [index, { modules, neededIn }] of chunks.entries()) {
    // What one part alone needs is in that part's own file.
    if (visits.filter((visit) => neededIn.has(visit)).length > 1) add(`shared~${index}`, modules);
  }
  return plan;
}

const known = new WeakMap<object, ReadonlyMap<string, string>>();

function planOf(graph: ModuleGraph): ReadonlyMap<string, string> {
  let plan = known.get(graph);
  if (!plan) known.set(graph, (plan = planChunks(graph)));
  return plan;
}

/**
 * How the kit is split into files: one for what nearly every page loads at once, because many small files compress badly and
 * come one after another. The rest is split by who needs it, and merged where another file costs more than what it spares.
 */
export const pageChunks = [
  {
    name: (id: string, graph: ModuleGraph) => planOf(graph).get(id) ?? null,
    includeDependenciesRecursively: false,
  },
];
