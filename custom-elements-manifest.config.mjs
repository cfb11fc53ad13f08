/** @param {string} name `IlsHandRaise` @returns {string} `ils-hand-raise` */
const tagOf = (name) => name.replaceAll(/(?<!^)([A-Z])/g, '-$1').toLowerCase();

/** Elements are registered in `define.ts`, so their modules do not name their own tags. */
const namePlugin = () => ({
  name: 'ils-tag-names',
  packageLinkPhase({ customElementsManifest }) {
    for (const module of customElementsManifest.modules) {
      for (const declaration of module.declarations ?? []) {
        const folder = module.path.split('/').at(-2);
        const isElement = declaration.kind === 'class' && module.path.endsWith(`/${folder}/${folder}.ts`);
        if (!isElement || declaration.name !== classOf(folder)) continue;
        declaration.customElement = true;
        declaration.tagName = tagOf(declaration.name);
        const [summary, ...rest] = (declaration.summary ?? '').split(/\n\s*\n/);
        declaration.summary = summary.replaceAll('\n', ' ');
        declaration.description = [...rest, declaration.description ?? ''].join('\n\n').trim();
        module.exports.push({
          kind: 'custom-element-definition',
          name: declaration.tagName,
          declaration: { name: declaration.name, module: module.path },
        });
      }
    }
  },
});

/** @param {string} folder */
const classOf = (folder) => `Ils${folder.replaceAll(/(?:^|-)([a-z])/g, (_, letter) => letter.toUpperCase())}`;

const isPublic = ({ privacy, name, static: isStatic }) => privacy === undefined && !isStatic && !name.startsWith('#');

/** What no page can use stays out, and so does what every Lit element has. */
const publicOnlyPlugin = () => ({
  name: 'ils-public-only',
  packageLinkPhase({ customElementsManifest }) {
    for (const module of customElementsManifest.modules) {
      for (const declaration of module.declarations ?? []) {
        // The analyzer takes the first argument of any event's constructor for the event's name.
        if (declaration.events) declaration.events = declaration.events.filter(({ name }) => name?.startsWith('ils-'));
        if (!declaration.members) continue;
        declaration.members = declaration.members.filter(isPublic).map(({ default: _initializer, ...member }) =>
          // A default that is code, not a value, says nothing to a reader.
          /^(['"`\d-]|true$|false$|null$|undefined$)/.test(_initializer ?? '')
            ? { ...member, default: _initializer }
            : member,
        );
      }
    }
    // The order in which files are found differs from machine to machine.
    customElementsManifest.modules = customElementsManifest.modules
      .filter(({ declarations }) => declarations?.some(({ tagName }) => tagName))
      .toSorted((a, b) => (a.path < b.path ? -1 : 1));
  },
});

export default {
  globs: ['src/elements/**/*.ts'],
  exclude: ['src/elements/**/*.styles.ts'],
  outdir: '.',
  litelement: true,
  packagejson: false,
  plugins: [namePlugin(), publicOnlyPlugin()],
};
