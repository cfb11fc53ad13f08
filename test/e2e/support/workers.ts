import { readdir, readFile } from 'node:fs/promises';

/** Process ids of the media workers that a room server has started. */
export async function findWorkers(serverPid: number): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const workers = await Promise.all(pids.map(async (pid) => ((await isWorkerOf(pid, serverPid)) ? [pid] : [])));
  return workers.flat();
}

async function isWorkerOf(pid: number, serverPid: number): Promise<boolean> {
  try {
    const [stat, command] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
    ]);
    // After the name in brackets: state, then the parent.
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(parent) === serverPid && state !== 'Z' && command.includes('mediasoup-worker');
  } catch {
    // It has ended meanwhile.
    return false;
  }
}
