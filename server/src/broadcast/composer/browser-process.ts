import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { DevToolsPipe } from './devtools-pipe.ts';
import { createProfile } from './profile-folders.ts';

const FLAGS = [
  '--headless=new',
  '--remote-debugging-pipe',
  // The page captures itself: nobody is there to be asked.
  '--auto-accept-this-tab-capture',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-sync',
  '--disable-breakpad',
  // A template of the site's own, on its own origin, reaches the room server on loopback.
  '--disable-features=Translate,MediaRouter,LocalNetworkAccessChecks',
  '--force-device-scale-factor=1',
  '--hide-scrollbars',
  '--no-default-browser-check',
  '--no-first-run',
  '--password-store=basic',
] as const;

/** What lies between a window and the page in it, with the bar that says the page is captured. Corrected once it is known. */
const FRAME_HEIGHT = 200;
const KEPT_ERRORS = 2_000;

export interface BrowserOptions {
  readonly executable: string;
  readonly width: number;
  readonly height: number;
  /** An origin that is to count as secure though it is neither HTTPS nor loopback. */
  readonly trustedOrigin?: string | undefined;
  /** The process ended, or its page crashed; with what it last said. Called once at most. */
  readonly handleGone: (lastWords: string) => void;
}

/** One browser with one page, in a process group and a profile of its own. */
export class BrowserProcess {
  readonly #child: ChildProcess;
  readonly #profile: string;
  readonly #pipe: DevToolsPipe;
  readonly #exited: Promise<unknown>;
  #targetId = '';
  #errors = '';
  #closed = false;

  private constructor(child: ChildProcess, profile: string, handleGone: (lastWords: string) => void) {
    this.#child = child;
    this.#profile = profile;
    this.#exited =
      child.exitCode === null ? Promise.race([once(child, 'exit'), once(child, 'error')]) : Promise.resolve();
    const { 2: errors, 3: output, 4: input } = child.stdio;
    errors?.on('data', (text: Buffer) => {
      this.#errors = (this.#errors + text.toString()).slice(-KEPT_ERRORS);
    });
    this.#pipe = new DevToolsPipe(output as Writable, input as Readable);
    let told = false;
    const tell = (): void => {
      if (told || this.#closed) return;
      told = true;
      handleGone(this.#errors.trim());
    };
    child.once('exit', tell);
    child.once('error', tell);
    this.#pipe.onEvent = (method) => method === 'Inspector.targetCrashed' && tell();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Starts it, with an empty page. Rejects where it ends at once. */
  static async start({
    executable,
    width,
    height,
    trustedOrigin,
    handleGone,
  }: BrowserOptions): Promise<BrowserProcess> {
    const profile = await createProfile();
    const flags = [
      ...FLAGS,
      `--user-data-dir=${profile}`,
      `--window-size=${width},${height + FRAME_HEIGHT}`,
      ...(existsSync('/dev/dri') ? [] : ['--disable-gpu']),
      // Chromium has no sandbox for root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(trustedOrigin === undefined ? [] : [`--unsafely-treat-insecure-origin-as-secure=${trustedOrigin}`]),
      'about:blank',
    ];
    const child = spawn(executable, flags, { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'], detached: true });
    if (child.pid !== undefined) putFirst(child.pid);
    const browser = new BrowserProcess(child, profile, handleGone);
    try {
      await browser.#attach();
    } catch (error) {
      const lastWords = browser.#errors.trim();
      await browser.close();
      throw new Error(`The browser did not start. ${lastWords}`, { cause: error });
    }
    return browser;
  }

  /** Opens an address in its page. */
  async navigate(url: string): Promise<void> {
    await this.#sendToPage('Page.navigate', { url });
  }

  /** Makes the window so much larger, or smaller. */
  async resizeBy(width: number, height: number): Promise<void> {
    const { windowId, bounds } = (await this.#pipe.send('Browser.getWindowForTarget', {
      targetId: this.#targetId,
    })) as {
      readonly windowId: number;
      readonly bounds: { readonly width: number; readonly height: number };
    };
    const wanted = { width: bounds.width + width, height: bounds.height + height };
    await this.#pipe.send('Browser.setWindowBounds', { windowId, bounds: wanted });
  }

  /** Ends it at once, with every process that it began. */
  async close(): Promise<void> {
    this.#closed = true;
    const { pid, exitCode, signalCode } = this.#child;
    if (pid !== undefined && exitCode === null && signalCode === null) {
      try {
        process.kill(-pid, 'SIGKILL');
      } catch {
        this.#child.kill('SIGKILL');
      }
      await this.#exited;
    }
    // Its last children may still be writing.
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }).catch(() => undefined);
  }

  #sessionId: string | undefined;

  async #attach(): Promise<void> {
    const { targetInfos } = (await this.#pipe.send('Target.getTargets')) as {
      readonly targetInfos: readonly { readonly targetId: string; readonly type: string }[];
    };
    const page = targetInfos.find(({ type }) => type === 'page');
    if (!page) throw new Error('The browser has no page.');
    this.#targetId = page.targetId;
    const attached = (await this.#pipe.send('Target.attachToTarget', { targetId: page.targetId, flatten: true })) as {
      readonly sessionId: string;
    };
    this.#sessionId = attached.sessionId;
    await this.#sendToPage('Inspector.enable', {});
  }

  #sendToPage(method: string, parameters: object): Promise<unknown> {
    return this.#pipe.send(method, parameters, this.#sessionId);
  }
}

/** All of the audience waits for its pictures: on a busy machine they come before what one person waits for. */
function putFirst(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_ABOVE_NORMAL);
  } catch {
    // Only a superuser may, and a process that could not be started has none.
  }
}
