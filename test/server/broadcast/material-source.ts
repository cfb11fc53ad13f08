import type { BroadcastSource, OpenSource } from '../../../server/src/broadcast/broadcast-source.ts';
import type { EncodedRun } from '../../../server/src/broadcast/encoded-media.ts';
import { Player, type Material } from './encoded-material.ts';

interface MaterialSourceOptions {
  readonly startedAt?: () => number;
  /** Hands over what it likes, when it likes; without it everything at once. */
  readonly play?: (player: Player) => void;
}

/** Sources that hand over one material, and then keep still until they are closed. */
export function createMaterialSource(material: Material, options: MaterialSourceOptions = {}): OpenSource {
  const { startedAt = Date.now, play = (player: Player) => player.playAll() } = options;
  return ({ sink }): BroadcastSource => {
    let run: EncodedRun | null = null;
    setImmediate(() => {
      run = sink.begin(material.format, startedAt());
      play(new Player(run, material));
    });
    return {
      close: async () => run?.end(),
    };
  };
}
