import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string | undefined;

/** A folder of this process, gone with it. */
export function scratchFolder(): string {
  if (folder === undefined) {
    const created = mkdtempSync(join(tmpdir(), 'ils-docs-'));
    process.on('exit', () => rmSync(created, { recursive: true, force: true }));
    folder = created;
  }
  return folder;
}

/** The path of a file with this content. */
export function writeScratch(name: string, text: string): string {
  const file = join(scratchFolder(), name);
  writeFileSync(file, text);
  return file;
}
