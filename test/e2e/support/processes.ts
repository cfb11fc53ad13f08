import { readdir, readFile } from 'node:fs/promises';

/** One process as `/proc` tells it. */
export interface ProcessView {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  /** Time on the processor since its start, in clock ticks (100 a second). */
  readonly ticks: number;
}

/** Every process of this machine. */
export async function listProcesses(): Promise<readonly ProcessView[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const views = await Promise.all(pids.map((pid) => readProcess(Number(pid))));
  return views.filter((view) => view !== null);
}

/** Those that `root` began, and those that they began; `root` itself is not among them. */
export function descendantsOf(root: number, all: readonly ProcessView[]): readonly ProcessView[] {
  const children = all.filter(({ parent }) => parent === root);
  return [...children, ...children.flatMap(({ pid }) => descendantsOf(pid, all))];
}

async function readProcess(pid: number): Promise<ProcessView | null> {
  try {
    const [stat, command] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
    ]);
    // The name, in brackets, may hold spaces; what follows it does not.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [, parent, , , , , , , , , , userTicks, systemTicks] = fields.map(Number);
    return {
      pid,
      parent: parent ?? 0,
      command: command.replaceAll('\0', ' '),
      ticks: (userTicks ?? 0) + (systemTicks ?? 0),
    };
  } catch {
    // It has ended meanwhile.
    return null;
  }
}
