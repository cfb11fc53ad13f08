import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { openPage, type WatchedPage } from './chromium.ts';
import type { RoomServer } from './room-server.ts';

let bundle: Promise<string> | undefined;

async function bundleClients(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('foreign-clients-page.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

/** A page that has other people's clients, and nothing of the kit's. */
export async function openForeignPage(browser: Browser, { origin }: Pick<RoomServer, 'origin'>): Promise<WatchedPage> {
  const watched = await openPage(browser, `${origin}/demo.css`, { bypassCSP: true });
  await watched.page.addScriptTag({ content: await (bundle ??= bundleClients()) });
  return watched;
}
