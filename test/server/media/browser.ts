import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import * as v from 'valibot';
import type { RoomMedia } from '../../../server/src/media/media.ts';
import { mediaRequests, ProtocolError, type StreamId, type SubscriptionId } from '../../../src/protocol/index.ts';
import type { PublishOptions, Received } from './browser-people.ts';
import { participant, stream, subscription } from './test-media.ts';

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    args: [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--autoplay-policy=no-user-gesture-required',
      '--allow-loopback-in-peer-connection',
      '--disable-background-timer-throttling',
      '--disable-renderer-backgrounding',
      '--disable-backgrounding-occluded-windows',
    ],
  });
}

let bundle: Promise<string> | undefined;

async function bundlePeople(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('browser-people.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

/** Participants of one room in one page, who ask the SFU itself. */
export class Stage {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  static async open(browser: Browser, room: RoomMedia): Promise<Stage> {
    const page = await browser.newPage();
    await page.exposeFunction('askServer', async (who: string, name: string, data: unknown) => {
      try {
        return { data: await answer(room, who, name, data) };
      } catch (error) {
        return { error: error instanceof ProtocolError ? error.code : String(error) };
      }
    });
    await page.addScriptTag({ content: await (bundle ??= bundlePeople()) });
    return new Stage(page);
  }

  async open(who: string, ...directions: ('send' | 'receive')[]): Promise<void> {
    for (const direction of directions) {
      await this.#page.evaluate(([who, direction]) => window.people.of(who).open(direction), [who, direction] as const);
    }
  }

  async publish(who: string, options: PublishOptions): Promise<StreamId> {
    return stream(
      await this.#page.evaluate(([who, options]) => window.people.of(who).publish(options), [who, options] as const),
    );
  }

  async subscribe(
    who: string,
    streamId: StreamId,
    options: { paused?: boolean; resumeFirst?: boolean } = {},
  ): Promise<SubscriptionId> {
    const id = await this.#page.evaluate(
      ([who, streamId, options]) => window.people.of(who).subscribe(streamId, options),
      [who, streamId as string, options] as const,
    );
    return subscription(id);
  }

  received(who: string, subscriptionId: SubscriptionId): Promise<Received> {
    return this.#page.evaluate(([who, id]) => window.people.of(who).received(id), [
      who,
      subscriptionId as string,
    ] as const);
  }

  /** Settles when it holds for what has come in. */
  async until(
    who: string,
    subscriptionId: SubscriptionId,
    isFulfilled: (received: Received) => boolean,
    timeLimitMs = 15_000,
  ): Promise<Received> {
    const giveUpAtMs = performance.now() + timeLimitMs;
    for (;;) {
      const received = await this.received(who, subscriptionId);
      if (isFulfilled(received)) return received;
      if (performance.now() > giveUpAtMs) {
        throw new Error(`Not in ${timeLimitMs} ms: ${isFulfilled.toString()}, but ${JSON.stringify(received)}`);
      }
    }
  }

  /** Settles when more frames, or bytes of sound, come in than there are now. */
  async flows(who: string, subscriptionId: SubscriptionId, timeLimitMs?: number): Promise<void> {
    const before = await this.received(who, subscriptionId);
    await this.until(
      who,
      subscriptionId,
      ({ frames, bytes, width }) => (width > 0 ? frames >= before.frames + 5 : bytes > before.bytes + 500),
      timeLimitMs,
    );
  }

  setGain(who: string, gain: number): Promise<void> {
    return this.#page.evaluate(([who, gain]) => window.people.of(who).setGain(gain), [who, gain] as const);
  }

  restart(who: string, direction: 'send' | 'receive'): Promise<void> {
    return this.#page.evaluate(([who, direction]) => window.people.of(who).restart(direction), [
      who,
      direction,
    ] as const);
  }

  closeTransport(who: string, direction: 'send' | 'receive'): Promise<void> {
    return this.#page.evaluate(([who, direction]) => window.people.of(who).close(direction), [who, direction] as const);
  }

  /** Nobody says goodbye. */
  async crash(): Promise<void> {
    const crashed = this.#page.waitForEvent('crash');
    this.#page.goto('chrome://crash').catch(() => {});
    await crashed;
  }

  close(): Promise<void> {
    return this.#page.close();
  }
}

/** What the room's handlers make of a request, without the room. */
async function answer(room: RoomMedia, who: string, name: string, data: unknown): Promise<unknown> {
  const id = participant(who);
  switch (name) {
    case 'getMediaCapabilities':
      return { rtpCapabilities: room.capabilities() };
    case 'openTransport': {
      const { direction } = v.parse(mediaRequests.openTransport.data, data);
      return { transport: await room.openTransport(id, direction) };
    }
    case 'connectTransport': {
      const { transportId, dtlsParameters } = v.parse(mediaRequests.connectTransport.data, data);
      return room.connectTransport(id, transportId, dtlsParameters);
    }
    case 'restartTransport': {
      const { transportId } = v.parse(mediaRequests.restartTransport.data, data);
      return { iceParameters: await room.restartTransport(id, transportId) };
    }
    case 'publish': {
      const { transportId, muted = false, ...rest } = v.parse(mediaRequests.publish.data, data);
      return { streamId: await room.publish(id, transportId, { ...rest, muted }) };
    }
    case 'subscribe': {
      const { transportId, streamId, rtpCapabilities } = v.parse(mediaRequests.subscribe.data, data);
      return room.subscribe(id, transportId, streamId, rtpCapabilities);
    }
    case 'setSubscription': {
      const { subscriptionId, ...change } = v.parse(mediaRequests.setSubscription.data, data);
      return room.setSubscription(id, subscriptionId, change);
    }
    default:
      throw new Error(`No answer to ${name}`);
  }
}
