import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findStalePages } from './docs/pages.ts';
import { updateEntries } from './elements/entries.ts';
import { repository } from './set-up/paths.mjs';
import { say } from './set-up/progress.mjs';

interface Described {
  readonly name?: string;
  readonly description?: string;
}

interface Member extends Described {
  readonly kind: 'field' | 'method';
  readonly attribute?: string;
}

interface ElementDeclaration extends Described {
  readonly tagName?: string;
  readonly summary?: string;
  readonly members?: readonly Member[];
  readonly attributes?: readonly Described[];
  readonly events?: readonly (Described & { readonly type?: { readonly text: string } })[];
  readonly slots?: readonly Described[];
  readonly cssParts?: readonly Described[];
  readonly cssStates?: readonly Described[];
  readonly cssProperties?: readonly Described[];
}

interface Manifest {
  readonly modules: readonly { readonly path: string; readonly declarations?: readonly ElementDeclaration[] }[];
}

const committedFile = join(repository, 'custom-elements.json');
const freshFolder = '.cache/manifest';

function generateManifest(): string {
  execFileSync(join(repository, 'node_modules/.bin/cem'), ['analyze', '--quiet', '--outdir', freshFolder], {
    cwd: repository,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return readFileSync(join(repository, freshFolder, 'custom-elements.json'), 'utf8');
}

/** Everything public that says nothing of itself. */
function findUndescribed(manifest: Manifest): string[] {
  const found: string[] = [];
  for (const { path, declarations = [] } of manifest.modules) {
    for (const element of declarations) {
      if (element.tagName === undefined) continue;
      const complain = (what: string) => found.push(`${path}: <${element.tagName}> ${what}`);
      if (!element.summary) complain('has no @summary');
      const kinds: Record<string, readonly Described[] | undefined> = {
        attribute: element.attributes,
        event: element.events,
        slot: element.slots,
        part: element.cssParts,
        state: element.cssStates,
        'custom property': element.cssProperties,
        member: element.members,
      };
      for (const [kind, items = []] of Object.entries(kinds)) {
        for (const { name, description } of items) {
          if (!description?.trim()) complain(`${kind} "${name ?? ''}" has no description`);
        }
      }
      for (const { name, type } of element.events ?? []) {
        if (!type) complain(`event "${name}" names no event class`);
      }
    }
  }
  return found;
}

const fresh = generateManifest();
const problems = findUndescribed(JSON.parse(fresh));
for (const file of await updateEntries({ write: false })) problems.push(`${file} is stale: run \`npm run entries\``);
for (const page of (await findStalePages()).keys()) problems.push(`${page} is stale: run \`npm run docs\``);
let committed = '';
try {
  committed = readFileSync(committedFile, 'utf8');
} catch {
  problems.push('custom-elements.json is missing: run `npm run manifest`');
}
if (committed !== '' && committed !== fresh) problems.push('custom-elements.json is stale: run `npm run manifest`');
for (const problem of problems) say(problem);
say(problems.length === 0 ? 'custom-elements.json is fresh and complete' : `${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
