import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

interface Requirement {
  name: string;
  debianPackage: string;
}

interface Library extends Requirement {
  /** Its name for pkg-config. */
  module: string;
}

const tools: readonly Requirement[] = [
  { name: 'c++', debianPackage: 'g++' },
  { name: 'meson', debianPackage: 'meson' },
  { name: 'ninja', debianPackage: 'ninja-build' },
  { name: 'pkg-config', debianPackage: 'pkg-config' },
  { name: 'flatc', debianPackage: 'flatbuffers-compiler' },
];

const libraries: readonly Library[] = [
  { name: 'libuv', module: 'libuv', debianPackage: 'libuv1-dev' },
  { name: 'openssl', module: 'openssl', debianPackage: 'libssl-dev' },
  { name: 'libsrtp2', module: 'libsrtp2', debianPackage: 'libsrtp2-dev' },
  { name: 'flatbuffers', module: 'flatbuffers', debianPackage: 'libflatbuffers-dev' },
  { name: 'abseil', module: 'absl_strings', debianPackage: 'libabsl-dev' },
];

export type MissingRequirement = Readonly<Requirement>;

/** The tools and libraries that a build needs and this machine lacks. */
export async function findMissingRequirements(env: NodeJS.ProcessEnv): Promise<MissingRequirement[]> {
  const versions = await Promise.all(libraries.map(({ module }) => readModuleVersion(module, env)));

  return [
    ...tools.filter(({ name }) => !isOnPath(name, env)),
    ...libraries.filter((_, index) => versions[index] === undefined),
  ].map(({ name, debianPackage }) => ({ name, debianPackage }));
}

/** The versions of the libraries a built worker links, as one word; undefined where one is missing. */
export async function readLibraryVersions(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const words = await Promise.all(
    libraries.map(async ({ name, module }) => {
      const version = await readModuleVersion(module, env);

      return version === undefined ? undefined : `${name}-${version}`;
    }),
  );

  return words.includes(undefined) ? undefined : words.join('_');
}

export function isOnPath(program: string, env: NodeJS.ProcessEnv): boolean {
  return (env['PATH'] ?? '')
    .split(path.delimiter)
    .filter((folder) => folder !== '')
    .some((folder) => isExecutable(path.join(folder, program)));
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);

    return true;
  } catch {
    return false;
  }
}

async function readModuleVersion(module: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('pkg-config', ['--modversion', module], { env });

    return stdout.trim();
  } catch {
    return undefined;
  }
}
