import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BroadcastView } from '../../../src/protocol/index.ts';
import { parsePlaylist } from '../../hls-validator/parse-playlist.ts';
import { ApiClient } from '../http/api-client.ts';
import { joinRoom, startTestServer } from '../http/test-server.ts';
import { ManualClock } from '../rooms/manual-clock.ts';
import { Receiver } from '../webhooks/receiver.ts';
import { createMaterial, type Player } from './encoded-material.ts';
import { createMaterialSource } from './material-source.ts';
import { CREDENTIALS, startS3Server } from './s3-server.ts';

const run = promisify(execFile);

describe('a storage that takes no more', () => {
  it('[W7] is told on the wire and by webhook, and the recording goes on when it does again', async (test) => {
    const bucket = await startS3Server('shows');
    test.after(() => bucket.close());
    const receiver = new Receiver();
    test.after(() => receiver.close());
    const material = await createMaterial({ seconds: 12 });
    const playing = Promise.withResolvers<Player>();
    const server = await startTestServer(
      {
        webhookUrls: [await receiver.listen()],
        webhookSecret: `whsec_${randomBytes(32).toString('base64')}`,
        broadcastS3Endpoint: bucket.endpoint,
        broadcastS3Bucket: 'shows',
        broadcastS3Region: CREDENTIALS.region,
        broadcastS3AccessKey: CREDENTIALS.accessKeyId,
        broadcastS3SecretKey: CREDENTIALS.secretAccessKey,
      },
      // Time stands still: nothing stalls, however busy the machine is.
      {
        openBroadcastSource: createMaterialSource(material, { play: playing.resolve }),
        clock: new ManualClock(Date.now()),
      },
    );
    test.after(() => server.close());
    const api = await ApiClient.open(server.origin);
    const path = { roomId: 'launch' };
    await api.call('createRoom', { body: { id: 'launch' } });
    const { body } = await api.call('mintToken', { path, body: { role: 'viewer', name: 'Ada' } });
    const viewer = await joinRoom(server.origin, 'launch', body.token);
    const untilView = async (holds: (view: BroadcastView) => boolean) => {
      for (;;) {
        const { name, data } = (await viewer.next('event')) as { name: string; data: { broadcast: BroadcastView } };
        if (name === 'broadcastChanged' && holds(data.broadcast)) return data.broadcast;
      }
    };

    await api.call('startBroadcast', { path, body: {} });
    const player = await playing.promise;
    player.playUntil(3_000_000);
    const playable = await untilView(({ state }) => state === 'HLS_PLAYABLE');
    assert.deepEqual(playable.recording, { state: 'recording', reason: null });

    bucket.refuse = { status: 507, code: 'XMinioStorageFull' };
    player.playUntil(9_000_000);
    const blocked = await untilView(({ recording }) => recording?.state === 'blocked');
    assert.deepEqual([blocked.state, blocked.recording?.reason?.code], ['HLS_PLAYABLE', 'storageFull']);

    bucket.refuse = null;
    await untilView(({ recording }) => recording?.state === 'recording');
    player.playAll();
    await api.call('stopBroadcast', { path });
    const over = await untilView(({ state }) => state === 'HLS_STOPPED');
    assert.equal(over.recording, null);

    let told: readonly { type: string; data: { broadcast?: never; recording?: { state: string } } }[] = [];
    for (let count = 1; !told.some(({ type }) => type === 'recording.ready'); count += 1) {
      told = (await receiver.count(count)).map(({ body: text }) => JSON.parse(text));
    }
    const states = told.flatMap(({ type, data }) => (type === 'broadcast.changed' ? [data.recording?.state] : []));
    assert.ok(states.indexOf('blocked') > 0 && states.lastIndexOf('recording') > states.indexOf('blocked'));

    const { body: list } = await api.call('listRecordings', { query: path });
    const [recording] = list.recordings;
    assert.equal(recording?.durationMs, 12_000);
    const address = new URL(recording.urls.playlist ?? '', server.origin);
    const vod = parsePlaylist(await (await fetch(new URL('vod-video.m3u8', address))).text());
    assert.ok(vod.segments.every(({ gap }) => !gap));
    viewer.socket.terminate();
  });

  it('as a full disk loses nothing of the recording', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ils-small-disk-'));
    const script = fileURLToPath(new URL('record-on-small-disk.ts', import.meta.url));
    const { stdout } = await run('unshare', ['-rm', process.execPath, script, folder]);
    const outcome = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
    assert.ok(Number(outcome['storedWhileFull']) < 4);
    assert.deepEqual(outcome, {
      ...outcome,
      states: ['full', 'recording'],
      gaps: 0,
      seconds: 8,
      hasFile: true,
    });
    await rm(folder, { recursive: true });
  });
});
