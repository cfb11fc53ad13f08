import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const packageFile = findPackageJSON('.', import.meta.url) ?? fileURLToPath(new URL('../package.json', import.meta.url));
const { version: packageVersion }: { version: string } = JSON.parse(readFileSync(packageFile, 'utf8'));

/** The server's own folder, whether it runs from source or built. */
export const packageFolder = dirname(packageFile);
export const version = packageVersion;
