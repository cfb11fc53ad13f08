import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { eventually } from './eventually.ts';
import { findFreePort } from './free-port.ts';
import type { Scriptable } from './scriptable.ts';

/** The key of an element's reference, by the WebDriver standard. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const ENTER = '\uE007';

/** WebKitGTK's own small browser on a screen that exists in memory alone, driven by WebDriver over HTTP. */
export class WebKit implements Scriptable {
  readonly #processes: readonly ChildProcess[];
  readonly #session: string;

  private constructor(session: string, processes: readonly ChildProcess[]) {
    this.#session = session;
    this.#processes = processes;
  }

  static async launch(): Promise<WebKit> {
    const [screen, display] = await startScreen();
    const port = await findFreePort();
    const driver = spawn('WebKitWebDriver', [`--port=${port}`], {
      env: {
        ...process.env,
        DISPLAY: display,
        GDK_BACKEND: 'x11',
        // Without a graphics card.
        LIBGL_ALWAYS_SOFTWARE: '1',
        WEBKIT_DISABLE_DMABUF_RENDERER: '1',
        NO_AT_BRIDGE: '1',
      },
      stdio: 'ignore',
    });
    const processes = [driver, screen];
    try {
      const address = `http://127.0.0.1:${port}`;
      await eventually('WebKitWebDriver answers', () => fetch(`${address}/status`).then(Boolean, () => false), Boolean);
      const options = { binary: findBrowser(), args: ['--automation'] };
      const { sessionId } = await ask<{ sessionId: string }>(`${address}/session`, {
        capabilities: { alwaysMatch: { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': options } },
      });
      return new WebKit(`${address}/session/${sessionId}`, processes);
    } catch (error) {
      for (const one of processes) one.kill('SIGKILL');
      throw error;
    }
  }

  async open(url: string): Promise<void> {
    await ask(`${this.#session}/url`, { url });
  }

  async evaluate<Result, Argument>(
    run: (argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result> {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve((${run.toString()})(arguments[0])).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const answer = await ask<{ readonly value?: Result; readonly error?: string }>(`${this.#session}/execute/async`, {
      script,
      args: [argument ?? null],
    });
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.value as Result;
  }

  /** Types into the element that `find` answers with, as a keyboard would, and presses Enter. */
  async type(find: () => Element | null | undefined, words: string): Promise<void> {
    const element: unknown = await this.evaluate(find);
    if (typeof element !== 'object' || element === null || !(ELEMENT in element)) throw new Error('There is no field.');
    await ask(`${this.#session}/element/${String(element[ELEMENT])}/value`, { text: `${words}${ENTER}` });
  }

  async close(): Promise<void> {
    await fetch(this.#session, { method: 'DELETE' });
    for (const one of this.#processes) {
      const gone = once(one, 'exit');
      one.kill('SIGTERM');
      await gone;
    }
  }
}

async function ask<T>(address: string, body: object): Promise<T> {
  const answer = await fetch(address, { method: 'POST', body: JSON.stringify(body) });
  const { value } = (await answer.json()) as { readonly value: T };
  if (!answer.ok) throw new Error(`WebDriver answered ${JSON.stringify(value)}`);
  return value;
}

function findBrowser(): string {
  const [browser] = globSync('/usr/{lib,libexec}/{*/,}webkit2gtk-4.*/MiniBrowser');
  if (browser === undefined) throw new Error('There is no MiniBrowser; Debian has it in webkit2gtk-driver.');
  return browser;
}

/** A screen of its own, and its name. */
async function startScreen(): Promise<readonly [ChildProcess, string]> {
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const { stderr, stdio } = screen;
  const failed = once(screen, 'exit').then(async () => {
    throw new Error(`Xvfb ended.\n${stderr === null ? '' : await text(stderr)}`);
  });
  const [number] = (await Promise.race([once(stdio[3] as NodeJS.ReadableStream, 'data'), failed])) as [Buffer];
  failed.catch(() => undefined);
  return [screen, `:${number.toString().trim()}`];
}
