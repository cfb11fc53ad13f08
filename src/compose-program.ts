import { loadPlaybackEngine } from './load-playback-engine.ts';
import type { ProgramMedia, ProgramSource, StageSound } from './media/program/program-media.ts';
import { ProgramOutput } from './media/program/program-output.ts';
import { createProgramObserver } from './room/handlers/program.ts';
import { broadcastSource, linkProgram } from './room/program-link.ts';
import type { Request } from './room/rpc.ts';
import type { WritableStore } from './store/store.ts';

export interface ProgramParts {
  readonly store: WritableStore;
  readonly stage: StageSound;
  /** Of the room. */
  readonly request: Request;
  /** Where the programme is, if it is not the room's broadcast. Reads signals. */
  readonly source?: () => ProgramSource | null;
  /** The address holds no more; `source` brings a fresh one. Without it the room is asked. */
  readonly sourceExpired?: () => void;
}

/** Joins what plays the programme with the store. Loaded when a role first watches it. */
export function composeProgram({ store, stage, request, source, sourceExpired }: ProgramParts): ProgramMedia {
  const { broadcast, connection } = store;
  const renew = async (): Promise<void> => {
    const urls = await request('renewBroadcastUrls', {});
    const view = broadcast.view.peek();
    if (view) broadcast.view.value = { ...view, ...urls };
  };
  const serverTime = () => Date.now() + connection.serverOffsetMs.value;
  const output = new ProgramOutput({
    stage,
    serverTime,
    loadEngine: loadPlaybackEngine,
    observer: createProgramObserver(store, {
      serverTime,
      sourceExpired: sourceExpired ?? (() => void renew().catch(() => undefined)),
    }),
  });
  void output.show(store.playback.showing.peek());
  const unlink = linkProgram(output, store, source ?? (() => broadcastSource(store, connection.server.value)));
  return {
    attach: (element) => output.attach(element),
    command: (command) => output.command(command),
    show: (showing) => output.show(showing),
    resume: () => output.resume(),
    close() {
      unlink();
      output.close();
    },
  };
}
