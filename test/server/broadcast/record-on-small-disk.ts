import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Broadcasts } from '../../../server/src/broadcast/broadcasts.ts';
import type { RecordingState } from '../../../server/src/broadcast/packager/recording/recorder.ts';
import { DiskStorage } from '../../../server/src/broadcast/storage/disk-storage.ts';
import { readWhole } from '../../../server/src/broadcast/storage/segment-storage.ts';
import { systemClock } from '../../../server/src/rooms/clock.ts';
import { noLogger } from '../../../server/src/rooms/logger.ts';
import { createMaterial, Player } from './encoded-material.ts';

/** Run in a mount namespace of its own: records on a disk that gets full, makes room on it, and says in JSON what came of it. */
const [folder = ''] = process.argv.slice(2);
// The recorder's own timers do not keep a process alive.
const alive = setInterval(() => {}, 60_000);
const material = await createMaterial({ seconds: 8 });
execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'none', folder]);
const ballast = join(folder, 'ballast');
writeFileSync(ballast, Buffer.alloc(8 * 1_024 * 1_024 - 96 * 1_024));

const storage = new DiskStorage(folder);
const broadcasts = new Broadcasts({ storage, clock: systemClock, logger: noLogger });
const broadcast = await broadcasts.open('room', 'show');
const states: RecordingState[] = [];
const changed = new EventTarget();
broadcast.onRecording((state) => {
  states.push(state);
  changed.dispatchEvent(new Event('change'));
});
const run = broadcast.begin(material.format, Date.now());
const player = new Player(run, material);
const blocked = once(changed, 'change');
player.playAll();
await blocked;
const storedWhileFull = (await storage.list('rooms/room/show/video/')).length;
const again = once(changed, 'change');
rmSync(ballast);
await again;
run.end();
await broadcast.finish();
await broadcast.completion;
const playlist = String(await readWhole(storage, 'rooms/room/show/vod-video.m3u8'));
await broadcasts.close();
clearInterval(alive);
process.stdout.write(
  JSON.stringify({
    states: states.map((state) => (state.status === 'blocked' ? state.problem : state.status)),
    storedWhileFull,
    gaps: playlist.split('#EXT-X-GAP').length - 1,
    seconds: [...playlist.matchAll(/#EXTINF:([\d.]+)/g)].reduce((sum, [, length]) => sum + Number(length), 0),
    hasFile: (await storage.list('rooms/room/show/')).includes('rooms/room/show/recording.mp4'),
  }),
);
