import { GROUPS } from './setting.ts';
import { namedSettings, type NamedSetting } from './settings.ts';

/** The text of `--help`, out of the schema. */
export function createHelp(): string {
  const groups = GROUPS.map((group) => {
    const members = namedSettings.filter(({ notes }) => notes.group === group);
    return `${group}\n${members.map(describeSetting).join('\n')}`;
  });
  return `ILS Kit room server

Usage: ils-kit-server [--setting value …]

A setting is given as a flag, as an environment variable, or by its name in a JSON file (--config); the first of these
wins. A list takes commas, or the flag again. --no-… switches off.

${groups.join('\n\n')}

  --help     This text.
  --version  The version.
`;
}

function describeSetting({ name, flag, environment, notes, byDefault }: NamedSetting): string {
  const usage = `  ${flag} ${notes.placeholder}`.trimEnd();
  const known = notes.defaultText ?? (byDefault === undefined ? 'none' : String(byDefault));
  return `${usage}\n      ${notes.about}\n      Allowed: ${notes.allowed}. Default: ${known}.\n      ${environment}, "${name}"`;
}
