import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { RoomId } from '../../../src/protocol/index.ts';
import type { EncodedSink } from '../../../server/src/broadcast/encoded-media.ts';
import { Destinations } from '../../../server/src/broadcast/rtmp/destinations.ts';
import { FanOut } from '../../../server/src/broadcast/rtmp/fan-out.ts';
import { RtmpDestination, type DestinationHealth } from '../../../server/src/broadcast/rtmp/destination.ts';
import { systemClock } from '../../../server/src/rooms/clock.ts';
import { noLogger } from '../../../server/src/rooms/logger.ts';
import { SqliteDestinationStore } from '../../../server/src/store/sqlite/sqlite-destination-store.ts';
import { SqliteFile } from '../../../server/src/store/sqlite/sqlite-file.ts';
import { SqliteRoomStore } from '../../../server/src/store/sqlite/sqlite-room-store.ts';
import { listProcesses } from '../../e2e/support/processes.ts';
import { roomRecord } from '../store/room-store-contract.ts';
import { createMaterial, type Material } from './encoded-material.ts';
import { feedLive } from './live-feed.ts';
import { RtmpServer } from './rtmp-server.ts';
import { TlsFront } from './tls-front.ts';

const KEY = 'a-key-that-nobody-may-see';

/** What a viewer of the destination decodes: so many frames of each kind. */
async function watch(url: string, videoFrames: number): Promise<{ video: number; audio: number; width: number }> {
  const parameters = ['-loglevel', 'error', '-rw_timeout', '20000000', '-i', url, '-frames:v', String(videoFrames)];
  const child = spawn('ffmpeg', [...parameters, '-f', 'framecrc', '-'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [lines] = await Promise.all([text(child.stdout), once(child, 'close')]);
  const count = (stream: number) => lines.split('\n').filter((line) => line.startsWith(`${stream},`)).length;
  const streams = new Map(
    [...lines.matchAll(/^#media_type (\d): (\w+)$/gm)].map(([, index, kind]) => [kind, Number(index)]),
  );
  const width = Number(/^#dimensions \d: (\d+)x/m.exec(lines)?.[1]);
  return { video: count(streams.get('video') ?? -1), audio: count(streams.get('audio') ?? -1), width };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('RTMP to a server of another make', () => {
  let material: Material;
  let server: RtmpServer;
  let destination: RtmpDestination;
  let sink: EncodedSink;
  let seen: DestinationHealth[];
  let heard = () => {};
  let feed = { stop: () => {} };

  const state = async (wanted: DestinationHealth['state']) => {
    while (destination.health.state !== wanted) await new Promise<void>((resolve) => (heard = resolve));
    return destination.health;
  };
  const goLive = () => {
    feed = feedLive(sink, material);
  };

  before(async () => {
    material = await createMaterial({ seconds: 3 });
    server = await RtmpServer.create(await freePort());
  });
  after(() => server.close());

  beforeEach(async () => {
    await server.start();
    seen = [];
    destination = new RtmpDestination({
      url: server.url,
      key: KEY,
      clock: systemClock,
      onHealth: (health) => {
        seen.push(health);
        heard();
      },
    });
  });
  beforeEach(() => (sink = destination));
  afterEach(async () => {
    feed.stop();
    await destination.close();
    await server.kill();
  });

  it('arrives as it was encoded, over several runs of the encoder', async () => {
    goLive();
    await state('live');
    for (let run = 1; run <= 2; run += 1) {
      const watched = await watch(`${server.url}/${KEY}`, 60);
      assert.equal(watched.width, 320);
      assert.equal(watched.video, 60);
      assert.ok(watched.audio > 60, `${watched.audio} frames of sound`);
      feed.stop();
      goLive();
    }
    while (destination.health.bitrate === 0) await new Promise<void>((resolve) => (heard = resolve));
    await destination.close();
    assert.equal(destination.health.state, 'stopped');
  });

  it('comes back after the server was gone, and never tells the key', async () => {
    goLive();
    await state('live');
    await server.kill();
    const { failure, retryAt } = await state('retrying');
    assert.ok(failure !== null && retryAt !== null);
    await server.start();
    await state('live');
    assert.equal((await watch(`${server.url}/${KEY}`, 30)).video, 30);
    assert.equal(JSON.stringify(seen).includes(KEY), false);
    const relays = (await listProcesses()).filter(({ parent }) => parent === process.pid);
    assert.ok(relays.some(({ command }) => command.includes(server.url)));
    assert.ok(relays.every(({ command }) => !command.includes(KEY)));
  });

  it('goes over TLS to whom the authorities vouch for, and to nobody else', async (test) => {
    const front = await TlsFront.open(server.port);
    test.after(() => front.close());
    sink = destination = new RtmpDestination({
      url: `rtmps://localhost:${front.port}/live`,
      key: KEY,
      authorities: front.certificate,
      clock: systemClock,
      onHealth: () => heard(),
    });
    goLive();
    await state('live');
    assert.equal((await watch(`${server.url}/${KEY}`, 30)).video, 30);
    await destination.close();
    feed.stop();

    sink = destination = new RtmpDestination({
      url: `rtmps://localhost:${front.port}/live`,
      key: KEY,
      clock: systemClock,
      onHealth: () => heard(),
    });
    goLive();
    await state('retrying');
  });

  it('takes up a destination in the middle of the broadcast, and drops one that is removed', async () => {
    const file = new SqliteFile(':memory:', noLogger);
    const destinations = new Destinations({
      store: new SqliteDestinationStore(file),
      clock: systemClock,
      logger: { ...noLogger, info: () => heard() },
    });
    const roomId = 'show' as RoomId;
    await new SqliteRoomStore(file).createRoom(roomRecord(roomId, 0));
    const fanOut = new FanOut([destination]);
    await destinations.start(roomId, fanOut);
    sink = fanOut;
    goLive();
    await state('live');
    const { id } = await destinations.add(roomId, { url: server.url, key: 'second' });
    const stateOf = async () => (await destinations.list(roomId))[0]?.state;
    while ((await stateOf()) !== 'live') await new Promise<void>((resolve) => (heard = resolve));
    assert.equal((await watch(`${server.url}/second`, 30)).video, 30);
    assert.equal(await destinations.remove(roomId, id), true);
    assert.deepEqual(await destinations.list(roomId), []);
    assert.equal(destination.health.state, 'live');
    await destinations.close();
    file.close();
  });

  it('says what is wrong where there is no server, and what ffmpeg lacks', async () => {
    await server.kill();
    goLive();
    const { failure } = await state('retrying');
    assert.match(failure ?? '', /refused|rtmp/i);
    assert.equal(failure?.includes(KEY), false);
    await destination.close();

    sink = destination = new RtmpDestination({
      url: server.url,
      key: KEY,
      clock: systemClock,
      onHealth: () => heard(),
      ffmpeg: '/nowhere/ffmpeg',
    });
    feed.stop();
    goLive();
    assert.match((await state('retrying')).failure ?? '', /ENOENT/);
  });
});
