import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { namedSettings, settings, type NamedSetting, type Settings } from './settings.ts';

/** What is wrong with the configuration: one line for each setting, with what is allowed. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

export interface SettingSources {
  /** The command line, without the program. */
  readonly flags: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
}

interface GivenValue {
  readonly value: unknown;
  readonly source: string;
}

type Given = Map<string, GivenValue>;

/**
 * Reads every setting: flags before environment before file before default.
 * @throws ConfigError for a setting unknown or of a wrong value.
 */
export function readSettings({ flags, environment }: SettingSources): Settings {
  const problems: string[] = [];
  const fromFlags = readFlags(flags, problems);
  const fromEnvironment = readEnvironment(environment);
  const file = (fromFlags.get('config') ?? fromEnvironment.get('config'))?.value;
  const fromFile = typeof file === 'string' ? readFile(file, problems) : new Map<string, GivenValue>();
  const given: Given = new Map([...fromFile, ...fromEnvironment, ...fromFlags]);
  return parseSettings(given, problems);
}

/** Checks settings given by name, as a program gives them. */
export function checkSettings(values: Readonly<Record<string, unknown>>): Settings {
  const given = Object.entries(values).map(([name, value]) => [name, { value, source: 'given' }] as const);
  return parseSettings(new Map(given), []);
}

function parseSettings(given: Given, problems: string[]): Settings {
  const values = Object.fromEntries([...given].map(([name, { value }]) => [name, value]));
  const result = v.safeParse(settings, values);
  if (!result.success) {
    const names = new Set(result.issues.map((issue) => String(issue.path?.[0]?.key)));
    for (const name of names) problems.push(explain(name, given.get(name)));
  }
  if (problems.length > 0 || !result.success) throw new ConfigError(problems);
  return result.output;
}

function explain(name: string, given: GivenValue | undefined): string {
  const known = namedSettings.find((candidate) => candidate.name === name);
  const source = given === undefined ? '' : ` (${given.source})`;
  if (known === undefined) return `${name}: there is no such setting${source}`;
  const shown = known.notes.secret === true ? 'the value given' : JSON.stringify(given?.value);
  return `${name}: ${shown} is not allowed, only ${known.notes.allowed}${source}`;
}

function readFlags(flags: readonly string[], problems: string[]): Given {
  const options = Object.fromEntries(
    namedSettings.map(({ flag, notes }) => [
      flag.slice(2),
      { type: notes.form === 'switch' ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  const { tokens } = parseArgs({ args: [...flags], options, strict: false, tokens: true });
  const given: Given = new Map();
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') {
      problems.push(`${token.value}: settings are given as --name value`);
      continue;
    }
    const found = findFlag(token.rawName);
    if (found === undefined) {
      problems.push(`${token.rawName}: there is no such setting; --help lists them`);
      continue;
    }
    const { known, off } = found;
    const isMissing = token.value === undefined || (!token.inlineValue && token.value.startsWith('--'));
    if (isMissing && known.notes.form !== 'switch') {
      problems.push(`${known.name}: ${known.flag} needs a value, ${known.notes.allowed}`);
      continue;
    }
    const value = token.value ?? !off;
    const earlier = known.notes.form === 'list' ? given.get(known.name)?.value : undefined;
    given.set(known.name, {
      value: earlier === undefined ? value : `${String(earlier)},${String(value)}`,
      source: token.rawName,
    });
  }
  return given;
}

/** `--demo`, or `--no-demo` to switch it off. */
function findFlag(rawName: string): { known: NamedSetting; off: boolean } | undefined {
  const known = namedSettings.find(({ flag }) => flag === rawName);
  if (known !== undefined) return { known, off: false };
  const negated = namedSettings.find(
    ({ flag, notes }) => notes.form === 'switch' && `--no-${flag.slice(2)}` === rawName,
  );
  return negated === undefined ? undefined : { known: negated, off: true };
}

function readEnvironment(environment: SettingSources['environment']): Given {
  const given: Given = new Map();
  for (const known of namedSettings) {
    const value = environment[known.environment];
    // An empty variable is how a compose file says "not set".
    if (value !== undefined && value !== '') given.set(known.name, { value, source: known.environment });
  }
  return given;
}

const settingsFile = v.record(v.string(), v.unknown());

function readFile(path: string, problems: string[]): Given {
  try {
    const content = v.parse(settingsFile, JSON.parse(readFileSync(path, 'utf8')));
    return new Map(Object.entries(content).map(([name, value]) => [name, { value, source: path }]));
  } catch (error) {
    const reason = error instanceof v.ValiError ? 'it must hold one object' : String((error as Error).message);
    problems.push(`config: cannot read ${path}: ${reason}`);
    return new Map();
  }
}
