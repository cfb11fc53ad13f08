import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { repository } from '../set-up/paths.mjs';

/** One event that an element fires. */
export interface ElementEvent {
  /** `ils-role-changed` */
  readonly name: string;
  /** `IlsRoleChangedEvent` */
  readonly className: string;
  /** The module that exports the class, from `src` on: `events/room-events.ts` */
  readonly module: string;
}

interface Manifest {
  readonly modules: readonly {
    readonly declarations?: readonly {
      readonly tagName?: string;
      readonly events?: readonly { readonly name: string; readonly type?: { readonly text: string } }[];
    }[];
  }[];
}

/** Where each exported event class stands. */
function findEventClasses(): Map<string, string> {
  const source = join(repository, 'src');
  const found = new Map<string, string>();
  for (const file of globSync('{events,elements}/**/*.ts', { cwd: source }).toSorted()) {
    const text = readFileSync(join(source, file), 'utf8');
    for (const [, name = ''] of text.matchAll(/^export class (Ils\w*Event)\b/gm)) found.set(name, relative('', file));
  }
  return found;
}

/** The events of each element by its tag, as `custom-elements.json` describes them. */
export function readElementEvents(): Map<string, ElementEvent[]> {
  const { modules }: Manifest = JSON.parse(readFileSync(join(repository, 'custom-elements.json'), 'utf8'));
  const classes = findEventClasses();
  const declarations = modules.flatMap(({ declarations: all = [] }) => all);
  return new Map(
    declarations.map(({ tagName = '', events = [] }) => [
      tagName,
      events.flatMap(({ name, type }) => {
        const className = type?.text ?? '';
        const module = classes.get(className);
        return module === undefined ? [] : [{ name, className, module }];
      }),
    ]),
  );
}
