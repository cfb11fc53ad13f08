import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface CdnIntegrity {
  /** `sha384-…` of each script below `dist/cdn`, by its path there: for `integrity` attributes. */
  readonly files: Readonly<Record<string, string>>;
  /** What a page puts into `<script type="importmap">`, with the folder's address before each path in place of `BASE/`. */
  readonly importMap: {
    readonly imports: Readonly<Record<string, string>>;
    readonly integrity: Readonly<Record<string, string>>;
  };
}

/** Digests as browsers check them (Subresource Integrity), of every script in the folder. */
export function readIntegrity(folder: string): CdnIntegrity {
  const paths = globSync('**/*.js', { cwd: folder }).toSorted();
  const files = Object.fromEntries(
    paths.map((path) => [
      path,
      `sha384-${createHash('sha384')
        .update(readFileSync(join(folder, path)))
        .digest('base64')}`,
    ]),
  );
  return {
    files,
    importMap: {
      imports: { 'ils-kit/cdn': 'BASE/ils.js' },
      integrity: Object.fromEntries(Object.entries(files).map(([path, digest]) => [`BASE/${path}`, digest])),
    },
  };
}

/** Writes `integrity.json` beside the scripts. */
export function writeIntegrity(folder: string): void {
  writeFileSync(join(folder, 'integrity.json'), `${JSON.stringify(readIntegrity(folder), undefined, 2)}\n`);
}
