import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, BrowserContext } from 'playwright-core';
import { AUTOPLAY, launchChromium, type WatchedPage } from './support/chromium.ts';
import { eventually } from './support/eventually.ts';
import { receivedMedia, showsNewFrames, violations } from './support/media-probe.ts';
import { openStudio, openWatch } from './support/pages.ts';
import { RoomServer } from './support/room-server.ts';
import { TurnServer } from './support/turn-server.ts';

/** The page's network lets nothing through but what a TURN server relays. */
async function relayedAlone(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super({ ...configuration, iceTransportPolicy: 'relay' });
      }
    };
  });
}

/** How the page's connections reach the server: types of its own candidates in use. */
async function pathsInUse({ page }: WatchedPage): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const types: string[] = [];
    for (const connection of window.peerConnections) {
      if (connection.connectionState !== 'connected') continue;
      const reports = await connection.getStats();
      for (const report of reports.values()) {
        if (report.type !== 'transport') continue;
        const pair = reports.get(report.selectedCandidatePairId);
        types.push(reports.get(pair?.localCandidateId)?.candidateType ?? 'none');
      }
    }
    return types;
  });
}

describe('behind a network that only a TURN server reaches', { timeout: 120_000 }, () => {
  let turn: TurnServer;
  let server: RoomServer;
  let browser: Browser;

  before(async () => {
    turn = await TurnServer.start('a-secret-of-turn-and-room-server');
    const urls = ['udp', 'tcp'].map((transport) => `turn:127.0.0.1:${turn.port}?transport=${transport}`);
    server = await RoomServer.start(['--turn-urls', urls.join(','), '--turn-secret', turn.secret]);
    browser = await launchChromium(AUTOPLAY, '--allow-loopback-in-peer-connection');
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
    await turn?.stop();
  });

  it('a host is seen and heard by a viewer, both through the relay', async () => {
    const studio = await openStudio(browser, server, { prepare: relayedAlone });
    const viewer = await openWatch(browser, server, { prepare: relayedAlone });
    await eventually(
      'pictures and sound',
      () => receivedMedia(viewer.page),
      ({ frames, energy }) => frames > 10 && energy > 0,
      30_000,
    );
    await showsNewFrames(viewer.page);
    for (const one of [studio, viewer]) {
      const paths = await pathsInUse(one);
      assert.ok(paths.length > 0);
      assert.deepEqual(new Set(paths), new Set(['relay']));
      assert.deepEqual(await violations(one.page), []);
      assert.deepEqual(one.errors, []);
    }
  });

  it('each with a credential of their own, that ends', () => {
    const users = new Set([...turn.output.matchAll(/user <(\d+):([^>]+)>/g)].map(([, , participant]) => participant));
    assert.equal(users.size, 2, turn.output.slice(-2_000));
    assert.doesNotMatch(server.output, new RegExp(turn.secret));
  });
});
