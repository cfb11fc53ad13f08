import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';

const SCRIPTS: Readonly<Record<string, string>> = {
  '/hls.js': fileURLToPath(import.meta.resolve('hls.js/dist/hls.min.js')),
  '/shaka.js': fileURLToPath(import.meta.resolve('shaka-player/dist/shaka-player.compiled.js')),
};
const PAGE = '<!doctype html><meta charset="utf-8"><video muted playsinline width="320"></video>';

/** What a page has played so far. */
export interface Played {
  readonly frames: number;
  readonly time: number;
  readonly width: number;
  /** Seconds behind live, as the player reckons it; NaN before it can. */
  readonly latency: number;
  /** Those that end playing. */
  readonly errors: readonly string[];
}

/** A caption that a player has, by the programme's clock. */
export interface HeldCue {
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

declare global {
  interface Window {
    played(): Played;
    /** Of hls.js alone: shows the captions of a language, and tells which it has so far. */
    cuesIn?(language: string): readonly HeldCue[];
    /** Of Shaka Player alone: shows the captions of a language from when there are any. */
    showCaptions?(language: string): boolean;
  }
}

/** Pages with other people's players, on another origin than the server's. */
export class PlayerPages {
  readonly #browser: Browser;
  readonly #server: Server;
  readonly #origin: string;

  private constructor(browser: Browser, server: Server) {
    this.#browser = browser;
    this.#server = server;
    this.#origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async open(): Promise<PlayerPages> {
    const server = createServer(async (request, response) => {
      const script = SCRIPTS[request.url ?? ''];
      if (script === undefined) response.setHeader('content-type', 'text/html').end(PAGE);
      else response.setHeader('content-type', 'text/javascript').end(await readFile(script));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await chromium.launch({
      executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
      args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--autoplay-policy=no-user-gesture-required'],
    });
    return new PlayerPages(browser, server);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#server.close();
  }

  /** hls.js at its defaults but for `lowLatencyMode`. */
  async playWithHls(url: string, lowLatencyMode = true): Promise<Page> {
    const page = await this.#openPage('/hls.js');
    await page.evaluate(
      ([source, isLowLatency]) => {
        interface Hls {
          readonly latency: number;
          readonly playingDate: Date | null;
          readonly subtitleTracks: readonly { readonly lang?: string }[];
          subtitleTrack: number;
          loadSource(url: string): void;
          attachMedia(media: HTMLMediaElement): void;
          on(name: string, listener: (name: string, data: { fatal: boolean; details: string }) => void): void;
        }
        const { Hls } = window as Window & typeof globalThis & { Hls: new (options: object) => Hls };
        const video = document.querySelector('video')!;
        const errors: string[] = [];
        const hls = new Hls({ lowLatencyMode: isLowLatency });
        hls.on('hlsError', (_name, { fatal, details }) => {
          if (fatal) errors.push(details);
        });
        hls.loadSource(source);
        hls.attachMedia(video);
        void video.play();
        window.cuesIn = (language) => {
          const index = hls.subtitleTracks.findIndex(({ lang }) => lang === language);
          if (index >= 0 && hls.subtitleTrack !== index) hls.subtitleTrack = index;
          const now = hls.playingDate?.getTime() ?? Number.NaN;
          const shown = [...video.textTracks].find(
            ({ language: own, mode }) => own === language && mode !== 'disabled',
          );
          return [...(shown?.cues ?? [])].map((cue) => ({
            text: cue instanceof VTTCue ? cue.text : '',
            at: now + (cue.startTime - video.currentTime) * 1_000,
          }));
        };
        window.played = () => ({
          frames: video.getVideoPlaybackQuality().totalVideoFrames,
          time: video.currentTime,
          width: video.videoWidth,
          latency: hls.latency,
          errors,
        });
      },
      [url, lowLatencyMode] as const,
    );
    return page;
  }

  async playWithShaka(url: string): Promise<Page> {
    const page = await this.#openPage('/shaka.js');
    await page.evaluate(async (source) => {
      interface ShakaPlayer {
        attach(media: HTMLMediaElement): Promise<void>;
        load(url: string): Promise<void>;
        getStats(): { readonly liveLatency: number };
        getTextTracks(): readonly { readonly language: string }[];
        selectTextTrack(track: object): void;
        addEventListener(name: string, listener: (event: Event & { detail: { code: number } }) => void): void;
      }
      interface Shaka {
        readonly Player: new () => ShakaPlayer;
        readonly polyfill: { installAll(): void };
      }
      const { shaka } = window as Window & typeof globalThis & { shaka: Shaka };
      shaka.polyfill.installAll();
      const video = document.querySelector('video')!;
      const errors: string[] = [];
      const player = new shaka.Player();
      await player.attach(video);
      window.showCaptions = (language) => {
        const track = player.getTextTracks().find((each) => each.language === language);
        if (track !== undefined) player.selectTextTrack(track);
        return track !== undefined;
      };
      player.addEventListener('error', ({ detail }) => errors.push(String(detail.code)));
      window.played = () => ({
        frames: video.getVideoPlaybackQuality().totalVideoFrames,
        time: video.currentTime,
        width: video.videoWidth,
        latency: player.getStats().liveLatency,
        errors,
      });
      player.load(source).then(
        () => video.play(),
        (error: { code?: number }) => errors.push(`load ${error.code}`),
      );
    }, url);
    return page;
  }

  /** A file in the browser's own player, whose pictures may be read. */
  async openFile(url: string): Promise<Page> {
    const page = await this.#browser.newPage();
    await page.goto(this.#origin);
    await page.evaluate(async (source) => {
      const video = document.querySelector('video')!;
      video.crossOrigin = 'anonymous';
      const loaded = new Promise((resolve) => video.addEventListener('loadeddata', resolve, { once: true }));
      video.src = source;
      await loaded;
    }, url);
    return page;
  }

  async #openPage(script: string): Promise<Page> {
    const page = await this.#browser.newPage();
    await page.goto(this.#origin);
    await page.addScriptTag({ url: `${this.#origin}${script}` });
    return page;
  }
}

/** Settles when so many frames more have been decoded than now and the playhead has moved. */
export async function playsOn(page: Page, frames: number, timeLimitMs = 20_000): Promise<Played> {
  const before = await page.evaluate(() => window.played());
  const giveUpAt = performance.now() + timeLimitMs;
  for (;;) {
    const now = await page.evaluate(() => window.played());
    if (now.frames >= before.frames + frames && now.time > before.time) return now;
    if (performance.now() > giveUpAt) throw new Error(`Does not play on: ${JSON.stringify({ before, now })}`);
    await page.waitForTimeout(100);
  }
}

/** Settles when the picture is so wide. */
export async function showsWidth(page: Page, width: number, timeLimitMs = 30_000): Promise<void> {
  await page
    .waitForFunction((wanted) => window.played().width === wanted, width, { timeout: timeLimitMs })
    .catch(async (error: Error) => {
      throw new Error(`${error.message}: ${JSON.stringify(await page.evaluate(() => window.played()))}`);
    });
}
