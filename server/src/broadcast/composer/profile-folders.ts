import { createHash } from 'node:crypto';
import { lstat, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder says whose it is by its name, so that it does from the moment it is there. */
const NAME = /^ils-composer-([0-9a-f]{8})\.(\d+)\.(\d+)-\w+$/;
/** Chromium's own mark: a link to `host-pid` of the process that uses a profile. */
const IN_USE = 'SingletonLock';

/** Makes a folder for a browser's profile. */
export async function createProfile(folder = tmpdir()): Promise<string> {
  const began = (await beginningOf(process.pid)) ?? '0';
  return mkdtemp(join(folder, `ils-composer-${machine()}.${process.pid}.${began}-`));
}

/** Removes what servers of this machine left that had no time to: neither they nor their browsers run any more. */
export async function sweepProfiles(folder = tmpdir()): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  await Promise.all(names.map((name) => sweep(join(folder, name), name).catch(() => undefined)));
}

async function sweep(path: string, name: string): Promise<void> {
  const [, owner, pid, began] = NAME.exec(name) ?? [];
  if (owner !== machine() || (await beginningOf(Number(pid))) === began) return;
  const { uid, isFolder } = await lstat(path).then((stats) => ({ uid: stats.uid, isFolder: stats.isDirectory() }));
  if (!isFolder || uid !== (process.getuid?.() ?? uid) || (await isUsed(path))) return;
  await rm(path, { recursive: true, force: true });
}

/** A browser outlives its server by a moment. */
async function isUsed(profile: string): Promise<boolean> {
  const mark = await readlink(join(profile, IN_USE)).catch(() => null);
  const pid = Number(mark?.split('-').at(-1));
  if (!Number.isInteger(pid) || pid <= 0 || (await beginningOf(pid)) === null) return false;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  // Its number may be another's by now; where that cannot be told, it is taken for the browser.
  return command === null || command.includes(profile);
}

/** What tells a process from one that had its number before; `null` where there is none. */
async function beginningOf(pid: number): Promise<string | null> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Somebody else's is one, too.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return null;
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name, in brackets, may hold spaces; the start is the 22nd field (proc_pid_stat(5)), and without `/proc` unknown.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '0';
}

/** Folders may be shared with containers, which number processes by themselves. */
const machine = (): string => createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
