import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { createConfig } from '../../../server/src/config/config.ts';
import { createLogger } from '../../../server/src/logging.ts';
import { FakeMedia } from '../../../server/src/media/fake/fake-media.ts';
import type { MediaOptions } from '../../../server/src/media/mediasoup/media-options.ts';
import { createServer, type ServerParts } from '../../../server/src/server.ts';

export const API_KEY = 'key-of-the-back-end';

/** The SFU in memory, with as many living workers as the test says. */
class CountedMedia extends FakeMedia {
  workers = 1;

  override statistics() {
    return { ...super.statistics(), workers: this.workers };
  }
}

export interface TestServer {
  readonly origin: string;
  readonly httpsPort: number | undefined;
  readonly media: CountedMedia;
  /** What the SFU was started with. */
  readonly mediaOptions: MediaOptions;
  readonly data: string;
  /** Everything logged so far. */
  readonly log: () => string;
  readonly close: () => Promise<void>;
}

/** A whole server on a free port of loopback, in a data folder of its own; only the SFU is in memory. */
export async function startTestServer(
  settings: Parameters<typeof createConfig>[0] = {},
  parts: Pick<ServerParts, 'broadcastOutputs' | 'openBroadcastSource' | 'clock'> = {},
): Promise<TestServer> {
  const data = await mkdtemp(join(tmpdir(), 'ils-server-'));
  const config = createConfig({
    host: '127.0.0.1',
    port: 0,
    data,
    ...(settings.jwks === undefined ? { secret: 'a secret of more than 32 characters' } : {}),
    apiKeys: [API_KEY],
    logLevel: 'trace',
    logFormat: 'json',
    ...settings,
  });
  const lines: string[] = [];
  const media = new CountedMedia();
  let mediaOptions: MediaOptions | undefined;
  const server = await createServer(config, {
    ...parts,
    logger: createLogger(config, { write: (line) => void lines.push(line) }),
    createMedia: async (options) => {
      mediaOptions = options;
      return media;
    },
  });
  assert.ok(mediaOptions);
  return {
    origin: `http://127.0.0.1:${server.port}`,
    httpsPort: server.httpsPort,
    media,
    mediaOptions,
    data,
    log: () => lines.join(''),
    close: async () => {
      await server.close();
      await rm(data, { recursive: true });
    },
  };
}

export interface JoinedClient {
  readonly socket: WebSocket;
  /** The next frame of a type, also one that has come already. */
  readonly next: (type: string) => Promise<Record<string, unknown>>;
  /** Settles with the code of the closing. */
  readonly closed: Promise<number>;
}

/** Opens a socket and says hello. */
export async function joinRoom(origin: string, room: string, token: string): Promise<JoinedClient> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws`);
  const frames: Record<string, unknown>[] = [];
  let wake = () => {};
  socket.on('message', (data: Buffer) => {
    frames.push(JSON.parse(data.toString()));
    wake();
  });
  let hasClosed = false;
  const closed = new Promise<number>((resolve) => {
    socket.once('close', (code) => {
      hasClosed = true;
      wake();
      resolve(code);
    });
  });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.send(JSON.stringify({ type: 'hello', room, versions: [1], token }));
  const next = async (type: string): Promise<Record<string, unknown>> => {
    for (;;) {
      const index = frames.findIndex((frame) => frame['type'] === type);
      if (index >= 0) return frames.splice(index, 1)[0]!;
      if (hasClosed) throw new Error(`closed before any ${type}: ${JSON.stringify(frames)}`);
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no ${type} came`)), 5_000);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  await next('welcome');
  return { socket, next, closed };
}
