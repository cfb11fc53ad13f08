import {
  BROADCAST_QUALITIES,
  type BroadcastFailure,
  type BroadcastOptions,
  type RoomId,
} from '../../../../src/protocol/index.ts';
import type { BroadcastSource, OpenSource, SourceOptions } from '../broadcast-source.ts';
import type { EncodedRun } from '../encoded-media.ts';
import { planRungs } from '../ladder.ts';
import { AAC_SAMPLE_RATE } from '../sound/aac-process.ts';
import { AudioEncoder } from '../sound/audio-encoder.ts';
import { BrowserProcess } from './browser-process.ts';
import { CaptureServer } from './capture-server.ts';
import {
  AUDIO_FRAME,
  VIDEO_FRAME,
  type CaptureTask,
  type MediaStart,
  type PageMessage,
  type WireFrame,
} from './composer-wire.ts';
import type { ComposerTokens } from './composer-tokens.ts';
import { findBrowser, findFfmpeg } from './find-program.ts';
import { sweepProfiles } from './profile-folders.ts';

/** As on a laptop, and as on a phone held upright. CSS pixels. */
const LAYOUT_WIDTH = 1_280;
const UPRIGHT_LAYOUT_WIDTH = 450;
/** How long what a page says of its end waits for the browser's own end, which explains it. Milliseconds. */
const LAST_WORDS_MS = 500;

export interface ComposerOptions {
  /** This server as its own machine reaches it, `http://127.0.0.1:7888`. */
  readonly origin: () => string;
  /** Holds the built capture page, in `capture`. */
  readonly templates: string;
  readonly tokens: ComposerTokens;
  /** Sizes in which the picture is encoded. */
  readonly renditions: number;
}

/**
 * Opens composers: each a browser of its own that draws a page and encodes what it shows, and ffmpeg for the sound.
 * What those of a server before left behind is removed.
 */
export function createComposers(options: ComposerOptions): OpenSource {
  void sweepProfiles();
  return (source) => new Composer(options, source);
}

class Composer implements BroadcastSource {
  readonly #options: ComposerOptions;
  readonly #source: SourceOptions;
  readonly #token: { readonly token: string; revoke(): void };
  readonly #task: CaptureTask;
  readonly #started: Promise<void>;
  #server: CaptureServer | null = null;
  #browser: BrowserProcess | null = null;
  #audio: AudioEncoder | null = null;
  #run: EncodedRun | null = null;
  #over = false;

  constructor(options: ComposerOptions, source: SourceOptions) {
    this.#options = options;
    this.#source = source;
    this.#token = options.tokens.issue(source.roomId);
    this.#task = createTask(options, source.roomId, this.#token.token, source.options);
    this.#started = this.#start();
  }

  async close(): Promise<void> {
    this.#over = true;
    this.#token.revoke();
    this.#audio?.close();
    this.#server?.close();
    await this.#started;
    await this.#browser?.close();
  }

  async #start(): Promise<void> {
    const executable = findBrowser();
    if (executable === null) {
      return this.#fail(
        'browserMissing',
        'No Chromium, Chrome or Edge is installed on the server (Debian: apt-get install chromium), nor named by CHROME_PATH.',
        true,
      );
    }
    if (findFfmpeg() === null) return this.#failForFfmpeg();
    try {
      const server = new CaptureServer({
        folder: `${this.#options.templates}/capture`,
        task: this.#task,
        handleMessage: (message) => this.#handleMessage(message),
        handleStart: (start) => this.#handleStart(start),
        handleFrame: (frame) => this.#handleFrame(frame),
        handleLost: () => this.#fail('composerCrashed', 'The connection to the composer broke.'),
      });
      this.#server = server;
      await server.listen();
      if (this.#over) return server.close();
      const { origin } = new URL(this.#options.origin());
      this.#browser = await BrowserProcess.start({
        executable,
        width: this.#task.width,
        height: this.#task.height,
        trustedOrigin: origin.startsWith('http://127.0.0.1:') ? undefined : origin,
        handleGone: (lastWords) => this.#fail('composerCrashed', describeEnd('The composer ended.', lastWords)),
      });
      if (this.#over) return;
      await this.#browser.navigate(server.url);
    } catch (error) {
      this.#fail('composerCrashed', error instanceof Error ? error.message : String(error));
    }
  }

  #handleMessage(message: PageMessage): void {
    if (message.type === 'failed') {
      // A page that outlives its browser by a moment sees its capture end.
      setTimeout(() => this.#fail(message.code, message.message), LAST_WORDS_MS).unref();
      return;
    }
    this.#browser
      ?.resizeBy(message.width, message.height)
      .then(() => this.#server?.send({ type: 'resized' }))
      .catch(() => this.#fail('captureFailed', 'The composer’s window cannot be resized.'));
  }

  #handleStart({ startedAt, audio }: MediaStart): void {
    if (this.#over) return;
    const { hasVideo, codec, width, height, frameRate, videoBitrate, smaller } = this.#task;
    const run = this.#source.sink.begin(
      {
        video: hasVideo ? { codec, width, height, frameRate, bitrate: videoBitrate } : null,
        smaller: hasVideo ? smaller.map((picture) => ({ ...picture, frameRate })) : [],
        audio: audio && { codec: 'mp4a.40.2', sampleRate: AAC_SAMPLE_RATE, channels: audio.channels },
      },
      startedAt,
    );
    this.#run = run;
    const ffmpeg = findFfmpeg();
    if (audio === null) return;
    if (ffmpeg === null) return this.#failForFfmpeg();
    this.#audio = new AudioEncoder({
      ...audio,
      ffmpeg,
      bitrate: BROADCAST_QUALITIES[this.#source.options.quality].audioBitrate,
      handleFrame: (frame) => run.audio(frame),
      handleGone: (lastWords) => this.#fail('composerCrashed', describeEnd('The audio encoder ended.', lastWords)),
    });
  }

  #handleFrame({ kind, keyFrame, rendition, timestampUs, payload }: WireFrame): void {
    if (this.#over) return;
    if (kind === VIDEO_FRAME) {
      const frame = { data: payload, timestampUs, keyFrame };
      if (rendition === 0) this.#run?.video(frame);
      else this.#run?.smaller?.(rendition - 1, frame);
    } else if (kind === AUDIO_FRAME) this.#audio?.encode(payload, timestampUs);
  }

  #failForFfmpeg(): void {
    this.#fail(
      'audioEncoderMissing',
      'ffmpeg is not installed on the server (Debian: apt-get install ffmpeg), nor named by FFMPEG_PATH.',
      true,
    );
  }

  #fail(code: BroadcastFailure, message: string, permanent = false): void {
    if (this.#over) return;
    this.#over = true;
    this.#source.handleFailure({ code, message, permanent });
  }
}

function createTask(
  { origin: readOrigin, renditions }: ComposerOptions,
  roomId: RoomId,
  token: string,
  options: BroadcastOptions,
): CaptureTask {
  const { quality, orientation, mode, templateUrl, recordOnly = false } = options;
  const origin = readOrigin();
  const { width, height, frameRate, videoBitrate } = BROADCAST_QUALITIES[quality];
  const upright = orientation === 'portrait';
  const picture = { width: upright ? height : width, height: upright ? width : height, bitrate: videoBitrate };
  const url = new URL(templateUrl ?? '/templates/default/default.html', origin);
  // The fragment stays in the browser: no server sees the token, its own included.
  const own = url.hash.length > 1 ? `${url.hash.slice(1)}&` : '';
  url.hash = `${own}${new URLSearchParams({ 'ils-server': origin, 'ils-room': roomId, 'ils-token': token }).toString()}`;
  return {
    templateUrl: url.href,
    awaitsReady: templateUrl === undefined,
    hasVideo: mode === 'video-and-audio',
    width: picture.width,
    height: picture.height,
    layoutWidth: upright ? UPRIGHT_LAYOUT_WIDTH : LAYOUT_WIDTH,
    frameRate,
    // Constrained baseline at the lowest level that holds the size (H.264, table A-1).
    codec: quality === 'high' ? 'avc1.42E028' : 'avc1.42E01F',
    videoBitrate,
    // A recording keeps the largest alone.
    smaller: planRungs(recordOnly ? 1 : renditions, picture),
  };
}

function describeEnd(what: string, lastWords: string): string {
  const lastLine = lastWords.split('\n').at(-1) ?? '';
  return lastLine === '' ? what : `${what} ${lastLine.slice(0, 300)}`;
}
