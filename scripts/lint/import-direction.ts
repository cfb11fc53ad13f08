/**
 * Which folder may import which. Paths are relative to the repository; `elements/room`
 * is a folder of `src/elements`. Everything not listed is forbidden.
 */
export interface FolderRule {
  /** The importing files: a folder (ends in `/`) or one file, below the repository. */
  readonly from: string;
  /** What may be imported in any way. */
  readonly anything: readonly string[];
  /** What may be imported by `import type` alone. */
  readonly types: readonly string[];
}

const protocol = 'src/protocol/';
const store = 'src/store/';
/** What an element or a controller may stand on. */
const belowElements = [
  'src/context/',
  'src/store/selectors.ts',
  'src/store/selectors/',
  'src/events/',
  'src/controllers/',
  'src/styles/',
  'src/locales/',
  'src/icons/',
];

/** The first rule whose `from` starts the importing file's path holds. */
export const folderRules: readonly FolderRule[] = [
  { from: protocol, anything: [], types: [] },
  // What engines say is written into the store as it is.
  { from: 'src/media/', anything: [], types: [protocol, 'src/store/playback.ts'] },
  { from: 'src/store/', anything: [], types: [protocol] },
  // The headless room's shape joins the two; nothing else in the folder sees the verbs.
  { from: 'src/room/room.ts', anything: [], types: [protocol, store, 'src/actions/'] },
  { from: 'src/room/', anything: [protocol, store], types: ['src/media/'] },
  {
    from: 'src/actions/',
    anything: [protocol, store],
    types: ['src/room/', 'src/media/'],
  },
  { from: 'src/context/', anything: [], types: [protocol, store, 'src/actions/'] },
  { from: 'src/events/', anything: [], types: [protocol, store, 'src/actions/'] },
  { from: 'src/styles/', anything: [], types: [] },
  { from: 'src/icons/', anything: [], types: [] },
  { from: 'src/locales/', anything: [], types: [protocol, store] },
  { from: 'src/controllers/', anything: belowElements, types: [protocol, store] },
  {
    from: 'src/elements/room/',
    anything: [...belowElements, 'src/elements/', 'src/create-room.ts'],
    types: [protocol, store, 'src/actions/', 'src/room/'],
  },
  {
    from: 'src/elements/player/',
    anything: [...belowElements, 'src/elements/', 'src/create-recording.ts'],
    types: [protocol, store, 'src/actions/'],
  },
  { from: 'src/elements/', anything: [...belowElements, 'src/elements/'], types: [protocol, store] },
  {
    from: 'src/testing/',
    anything: [
      protocol,
      'src/context/',
      store,
      'src/actions/',
      'src/room/',
      'src/events/',
      'src/media/fake/',
      'src/create-room.ts',
    ],
    types: ['src/media/'],
  },
  { from: 'src/define/', anything: ['src/elements/'], types: ['src/events/'] },
  { from: 'src/react/', anything: ['src/define/'], types: ['src/events/', 'src/elements/'] },
  { from: 'src/load-playback-engine.ts', anything: ['src/media/'], types: [] },
  {
    from: 'src/compose-program.ts',
    anything: [store, 'src/room/', 'src/media/', 'src/load-playback-engine.ts'],
    types: [],
  },
  {
    from: 'src/create-room.ts',
    anything: [protocol, store, 'src/actions/', 'src/context/', 'src/room/', 'src/media/', 'src/compose-program.ts'],
    types: [],
  },
  {
    from: 'src/create-recording.ts',
    anything: [protocol, store, 'src/actions/', 'src/context/', 'src/room/', 'src/media/', 'src/compose-program.ts'],
    types: [],
  },
  { from: 'src/index.ts', anything: ['src/'], types: [] },
  { from: 'src/unconnected-room.ts', anything: [store], types: ['src/context/', 'src/actions/'] },
  {
    from: 'src/ssr.ts',
    anything: ['src/define.ts', 'src/elements/', 'src/locales/', 'src/unconnected-room.ts'],
    types: [],
  },
  { from: 'src/hydrate.ts', anything: ['src/elements/', 'src/locales/', 'src/unconnected-room.ts'], types: [] },
  { from: 'src/define.ts', anything: ['src/define/'], types: [] },
  { from: 'src/autoloader.ts', anything: ['src/elements/'], types: [] },
  { from: 'src/cdn.ts', anything: ['src/autoloader.ts'], types: ['src/define.ts'] },
  // The process itself: it obtains the worker, then starts the server.
  { from: 'server/src/run.ts', anything: ['server/src/', 'server/worker/'], types: [] },
  { from: 'server/src/', anything: [protocol], types: [] },
  { from: 'server/worker/', anything: [], types: [] },
];

/** The concrete ends of the house, named by the composition root and by nothing else. */
export const concreteParts = ['src/room/web-socket.ts', 'src/media/mediasoup/', 'src/media/hls/', 'src/media/native/'];
export const compositionRoots = ['src/create-room.ts', 'src/load-playback-engine.ts'];

/** Packages that load by `import()` when a role first needs them. */
export const lazyPackages = ['mediasoup-client', 'hls.js', '@floating-ui/dom'];

/** Packages that files below a folder may import; the kit's other folders take `dependencies`. */
export const protocolPackages = ['valibot'];

const startsWithOneOf = (path: string, starts: readonly string[]) =>
  starts.some((start) => path === start || (start.endsWith('/') && path.startsWith(start)));

/**
 * Says why `importer` may not import `imported`, or nothing when it may.
 * Both are paths below the repository with `/` between their parts.
 */
export function explainForbiddenImport(importer: string, imported: string, typesOnly: boolean): string | undefined {
  if (!importer.startsWith('src/') && !importer.startsWith('server/')) return undefined;
  const rule = folderRules.find(({ from }) => startsWithOneOf(importer, [from]));
  if (!rule) {
    return `${importer} lies in no folder of the design: give it a rule in scripts/lint/import-direction.ts`;
  }
  if (!typesOnly && startsWithOneOf(imported, concreteParts) && !compositionRoots.includes(importer)) {
    const sameEngine = concreteParts.some(
      (part) => part.endsWith('/') && importer.startsWith(part) && imported.startsWith(part),
    );
    const isEntry = importer === 'src/index.ts';
    if (!sameEngine && !isEntry) {
      return `only ${compositionRoots.join(' and ')} name a concrete socket or engine; ${importer} imports ${imported}`;
    }
  }
  if (startsWithOneOf(imported, [rule.from, ...rule.anything])) return undefined;
  if (startsWithOneOf(imported, rule.types)) {
    return typesOnly ? undefined : `${rule.from} may import only types from ${imported}: write "import type"`;
  }
  return `${rule.from} may not import ${imported}: imports point one way`;
}

/** Says why a package may not be imported there so, or nothing when it may. */
export function explainForbiddenPackage(
  importer: string,
  specifier: string,
  how: 'static' | 'dynamic' | 'types',
): string | undefined {
  if (!importer.startsWith('src/')) return undefined;
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  if (specifier.startsWith('node:')) return `${importer} runs in browsers: no ${specifier}`;
  if (importer.startsWith(protocol) && !protocolPackages.includes(name)) {
    return `${protocol} stands on ${protocolPackages.join(', ')} alone, not on ${specifier}`;
  }
  if (how === 'static' && lazyPackages.includes(name)) {
    return `${name} is loaded by import() when it is first needed, never before`;
  }
  return undefined;
}
