import type { ProgramMedia } from './program-media.ts';

const RETRY_MS = 2_000;

/** Stands for the programme until somebody wants to see it. `load` is called again where it fails. */
export function deferProgram(load: () => Promise<ProgramMedia>): ProgramMedia {
  let live: ProgramMedia | undefined;
  let loading: Promise<void> | undefined;
  let closed = false;
  const need = async (): Promise<void> => {
    while (!closed && !live) {
      const loaded = await load().catch(() => undefined);
      if (closed) loaded?.close();
      else if (loaded) live = loaded;
      else await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  };
  return {
    attach(element) {
      if (live) return live.attach(element);
      let released = false;
      let release: (() => void) | undefined;
      loading ??= need();
      void loading.then(() => {
        if (!released) release = live?.attach(element);
      });
      return () => {
        released = true;
        release?.();
      };
    },
    command: (command) => live?.command(command),
    show: (showing) => live?.show(showing) ?? Promise.resolve(),
    resume: () => live?.resume() ?? Promise.resolve(),
    close() {
      closed = true;
      live?.close();
    },
  };
}
