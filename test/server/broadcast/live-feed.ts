import type { EncodedSink } from '../../../server/src/broadcast/encoded-media.ts';
import { Player, repeat, type Material } from './encoded-material.ts';

const TICK_MS = 10;

/** Hands material to a sink as an encoder would, at the pace of the clock, until it is stopped. */
export function feedLive(sink: EncodedSink, material: Material): { stop(): void } {
  const startedAt = Date.now();
  const run = sink.begin(material.format, startedAt);
  const player = new Player(run, repeat(material, Math.ceil(120_000_000 / material.durationUs)));
  const timer = setInterval(() => player.playUntil((Date.now() - startedAt) * 1_000), TICK_MS);
  return {
    stop: () => {
      clearInterval(timer);
      run.end();
    },
  };
}
