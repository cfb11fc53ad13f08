import type { BroadcastSource, OpenSource } from '../../../server/src/broadcast/broadcast-source.ts';
import type { EncodedRun } from '../../../server/src/broadcast/encoded-media.ts';
import { Player, type Material } from './encoded-material.ts';

/** Sources that hand over one material as fast as it is taken, and then keep still until they are closed. */
export function createMaterialSource(material: Material, startedAt: () => number = Date.now): OpenSource {
  return ({ sink }): BroadcastSource => {
    let run: EncodedRun | null = null;
    setImmediate(() => {
      run = sink.begin(material.format, startedAt());
      new Player(run, material).playAll();
    });
    return {
      close: async () => run?.end(),
    };
  };
}
