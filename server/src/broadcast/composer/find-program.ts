import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const SYSTEM_FOLDERS = ['/usr/local/bin', '/usr/bin', '/bin', '/snap/bin'];

/** A full browser: a headless shell refuses to capture its own page. */
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];
const MAC_BROWSERS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

type Environment = Readonly<Record<string, string | undefined>>;

/** The browser named by `CHROME_PATH`, else one under a usual name; `null` where there is none. */
export function findBrowser(environment: Environment = process.env): string | null {
  const named = environment['CHROME_PATH'];
  if (named) return isRunnable(named) ? named : null;
  return findProgram(BROWSERS, environment) ?? MAC_BROWSERS.find(isRunnable) ?? null;
}

/** The ffmpeg named by `FFMPEG_PATH`, else the one that is installed; `null` where there is none. */
export function findFfmpeg(environment: Environment = process.env): string | null {
  const named = environment['FFMPEG_PATH'];
  if (named) return isRunnable(named) ? named : null;
  return findProgram(['ffmpeg'], environment);
}

function findProgram(names: readonly string[], environment: Environment): string | null {
  const folders = [...(environment['PATH'] ?? '').split(delimiter).filter(Boolean), ...SYSTEM_FOLDERS];
  for (const name of names) for (const folder of folders) if (isRunnable(join(folder, name))) return join(folder, name);
  return null;
}

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
