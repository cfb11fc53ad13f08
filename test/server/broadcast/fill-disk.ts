import { execFileSync } from 'node:child_process';
import { DiskStorage } from '../../../server/src/broadcast/storage/disk-storage.ts';
import { StorageError } from '../../../server/src/broadcast/storage/segment-storage.ts';

/** Run in a mount namespace of its own: fills a small disk and says in JSON what came of it. */
const [folder = ''] = process.argv.slice(2);
execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'none', folder]);
const storage = new DiskStorage(folder);
const problems: string[] = [];
for (let index = 0; index < 6; index += 1) {
  await storage.write(`rooms/room/show/video/${index}.m4s`, Buffer.alloc(64 * 1_024)).catch((error: unknown) => {
    problems.push(error instanceof StorageError ? error.problem : String(error));
  });
}
const stored = await storage.list('rooms/');
await storage.remove('rooms/room/show/video/0.m4s');
await storage.write('rooms/room/show/video/9.m4s', Buffer.alloc(48 * 1_024));
// What leaves so much to others writes nothing more here.
const modest = new DiskStorage(folder, { reserveBytes: 200 * 1_024 });
const reserved = await modest.write('rooms/room/show/video/10.m4s', Buffer.alloc(1_024)).catch((error: unknown) => {
  return error instanceof StorageError ? error.problem : String(error);
});
process.stdout.write(JSON.stringify({ problems: [...new Set(problems)], stored: stored.length, reserved }));
