/** Preloaded into a server: each message is answered with the longest stall of its event loop since the last one. Milliseconds. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 5;
const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delays.enable();
process.on('message', () => {
  process.send?.(Math.max(0, delays.max / 1_000_000 - RESOLUTION_MS));
  delays.reset();
});
// Nobody is left to ask.
process.on('disconnect', () => process.exit());
