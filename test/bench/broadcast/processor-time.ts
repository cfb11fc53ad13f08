import { descendantsOf, listProcesses, type ProcessView } from '../../e2e/support/processes.ts';

const TICKS_PER_SECOND = 100;

/** Cores, by what they went to. The media worker carries the room, broadcast or not. */
export type BroadcastCores = Readonly<Record<'composer' | 'audio' | 'server', number>>;

/** Begins to measure what a broadcast of that server takes; the returned function tells what it took since. */
export async function coresOf(server: number): Promise<() => Promise<BroadcastCores>> {
  const before = await ticksOf(server);
  const startedAt = performance.now();
  return async () => {
    const after = await ticksOf(server);
    const seconds = (performance.now() - startedAt) / 1_000;
    const cores = (part: keyof BroadcastCores) => (after[part] - before[part]) / TICKS_PER_SECOND / seconds;
    return { composer: cores('composer'), audio: cores('audio'), server: cores('server') };
  };
}

async function ticksOf(server: number): Promise<Readonly<Record<keyof BroadcastCores, number>>> {
  const all = await listProcesses();
  const children = descendantsOf(server, all);
  const sum = (processes: readonly ProcessView[]) => processes.reduce((total, { ticks }) => total + ticks, 0);
  const roots = children.filter(({ parent, command }) => parent === server && command.includes('ils-composer-'));
  return {
    composer: sum(roots.flatMap((root) => [root, ...descendantsOf(root.pid, all)])),
    audio: sum(children.filter(({ command }) => command.includes('ffmpeg'))),
    server: sum(all.filter(({ pid }) => pid === server)),
  };
}
