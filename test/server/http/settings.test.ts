import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { WebSocket } from 'ws';
import type { RoomId } from '../../../src/protocol/index.ts';
import { DEFAULT_LIMITS } from '../../../server/src/rooms/limits.ts';
import { SqliteRoomStore } from '../../../server/src/store/sqlite/sqlite-room-store.ts';
import { roomRecord } from '../store/room-store-contract.ts';
import { ApiClient } from './api-client.ts';
import { joinRoom, startTestServer } from './test-server.ts';

describe('settings reach the parts that they are for', () => {
  it('media: addresses, ports and ICE servers', async () => {
    const server = await startTestServer({
      host: '127.0.0.1',
      mediaAnnounced: ['203.0.113.9', 'media.example'],
      mediaPorts: { from: 41_000, to: 41_009 },
      mediaTcp: false,
      workers: 3,
      participantsPerWorker: 40,
      stunUrls: ['stun:stun.example'],
      turnUrls: ['turn:turn.example?transport=udp'],
      turnSecret: 'shared',
      turnTtlSeconds: 600,
    });
    await server.close();
    const { listen, workers, participantsPerWorker, iceServers } = server.mediaOptions;
    assert.deepEqual(listen, {
      address: '127.0.0.1',
      announced: ['203.0.113.9', 'media.example'],
      ports: { from: 41_000, to: 41_009 },
      udp: true,
      tcp: false,
    });
    assert.deepEqual([workers, participantsPerWorker], [3, 40]);
    assert.deepEqual(iceServers, [
      { urls: ['stun:stun.example'] },
      { urls: ['turn:turn.example?transport=udp'], secret: 'shared', lifetimeSeconds: 600 },
    ]);
  });

  it('rooms: the most participants of one', async () => {
    const server = await startTestServer({ maxParticipants: 1 });
    try {
      const api = await ApiClient.open(server.origin);
      const mint = async () => {
        const { body } = await api.call('mintToken', { path: { roomId: 'small' }, body: { role: 'viewer' } });
        return body.token;
      };
      await joinRoom(server.origin, 'small', await mint());
      await assert.rejects(joinRoom(server.origin, 'small', await mint()), /roomFull/);
    } finally {
      await server.close();
    }
  });

  it('store: how long ended rooms are kept', async () => {
    const data = await mkdtemp(join(tmpdir(), 'ils-retention-'));
    const store = SqliteRoomStore.open(join(data, 'rooms.db'));
    for (const [id, daysAgo] of [
      ['old', 8],
      ['recent', 6],
    ] as const) {
      await store.createRoom(roomRecord(id as RoomId));
      await store.endRoom(id as RoomId, Date.now() - daysAgo * 86_400_000);
    }
    await store.close();
    const server = await startTestServer({ data, retentionDays: 7 });
    try {
      const api = await ApiClient.open(server.origin);
      const statusOf = async (roomId: string) => (await api.call('getRoom', { path: { roomId } })).status;
      while ((await statusOf('old')) !== 404);
      assert.equal(await statusOf('recent'), 200);
    } finally {
      await server.close();
      await rm(data, { recursive: true });
    }
  });

  it('sockets: a trusted proxy tells whom they count for, any other client does not', async () => {
    const limit = DEFAULT_LIMITS.socketsPerAddressPerSecond;
    const openMany = async (origin: string, count: number) => {
      const statuses = await Promise.all(
        Array.from({ length: count }, (_, index) => openFrom(origin, `10.0.${Math.floor(index / 200)}.${index % 200}`)),
      );
      return statuses.filter((status) => status === 429).length;
    };
    const behindProxy = await startTestServer({ trustedProxies: ['127.0.0.0/8'] });
    const direct = await startTestServer();
    try {
      assert.equal(await openMany(behindProxy.origin, limit + 10), 0);
      // So many that a new second on the way does not let them all through.
      assert.ok((await openMany(direct.origin, 6 * limit)) > 0);
    } finally {
      await Promise.all([behindProxy.close(), direct.close()]);
    }
  });
});

/** The status that answers the upgrade of a socket said to come from `address`. */
function openFrom(origin: string, address: string): Promise<number> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws`, { headers: { 'x-forwarded-for': address } });
  return new Promise((resolve) => {
    socket.on('error', () => {});
    socket.once('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.once('unexpected-response', (_request, response) => {
      socket.terminate();
      resolve(response.statusCode ?? 0);
    });
  });
}
