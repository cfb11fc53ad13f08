import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';

const buildTools = ['c++', 'meson', 'ninja', 'flatc'];

/** A machine with programs of our own making on its PATH, and nothing else. */
export interface FakeMachine {
  cacheFolder: string;
  env: NodeJS.ProcessEnv;
  /** Puts a shell script on the PATH. */
  addProgram(name: string, script: string): Promise<void>;
  removeProgram(name: string): Promise<void>;
  /** The workers in the cache. */
  listCachedWorkers(): Promise<string[]>;
  /** A path for a file of the test's own. */
  file(name: string): string;
}

/** Creates a machine that has all that a build needs; its network is down unless the environment says otherwise. */
export async function createFakeMachine(test: TestContext): Promise<FakeMachine> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ils-kit-worker-'));
  test.after(() => rm(folder, { recursive: true, force: true }));

  const programFolder = await mkdtemp(path.join(folder, 'bin-'));
  const cacheFolder = path.join(folder, 'cache');

  const machine: FakeMachine = {
    cacheFolder,
    env: { PATH: programFolder, MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD: '1' },
    async addProgram(name, script) {
      const file = path.join(programFolder, name);

      await writeFile(file, `#!/bin/sh\n${script}\n`);
      await chmod(file, 0o755);
    },
    async removeProgram(name) {
      await rm(path.join(programFolder, name));
    },
    async listCachedWorkers() {
      const files = await readdir(cacheFolder, { recursive: true }).catch(() => []);

      return files.filter((file) => path.basename(file) === 'mediasoup-worker');
    },
    file: (name) => path.join(folder, name),
  };

  for (const tool of buildTools) await machine.addProgram(tool, 'exit 0');
  await machine.addProgram('pkg-config', 'echo 1.2.3');

  return machine;
}
