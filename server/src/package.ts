import { existsSync, readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packageFile = findPackageJSON('.', import.meta.url) ?? fileURLToPath(new URL('../package.json', import.meta.url));
const { version: packageVersion }: { version: string } = JSON.parse(readFileSync(packageFile, 'utf8'));

const shippedPages = fileURLToPath(new URL('./pages', import.meta.url));

/** The demo pages and the kit that came with the built server; those of the checkout where it runs from source. */
export const pagesFolder = existsSync(shippedPages) ? shippedPages : join(dirname(packageFile), '..');
export const version = packageVersion;
