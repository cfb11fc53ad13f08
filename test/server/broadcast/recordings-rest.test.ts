import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { RecordingView } from '../../../server/src/broadcast/recordings/recording-view.ts';
import { S3Storage } from '../../../server/src/broadcast/storage/s3-storage.ts';
import type { RoomId } from '../../../src/protocol/index.ts';
import { ApiClient } from '../http/api-client.ts';
import { startTestServer, type TestServer } from '../http/test-server.ts';
import { ManualClock } from '../rooms/manual-clock.ts';
import { Receiver } from '../webhooks/receiver.ts';
import { createMaterial, type Material } from './encoded-material.ts';
import { createMaterialSource } from './material-source.ts';
import { CREDENTIALS, startS3Server, type S3Server } from './s3-server.ts';

const DAY_MS = 86_400_000;

interface Told {
  readonly type: string;
  readonly roomId: RoomId;
  readonly data: { readonly recording: RecordingView; readonly broadcast?: unknown };
}

describe('recordings by REST', () => {
  const receiver = new Receiver();
  const hooks = { webhookSecret: `whsec_${randomBytes(32).toString('base64')}` };
  let material: Material;
  let server: TestServer;
  let api: ApiClient;
  let url: string;

  before(async () => {
    material = await createMaterial({ seconds: 3 });
    const folder = join(tmpdir(), `ils-templates-${randomBytes(4).toString('hex')}`);
    await mkdir(folder);
    const templates = join(folder, 'templates.json');
    await writeFile(templates, JSON.stringify([{ name: 'kept', roles: [], recordings: { retentionDays: 90 } }]));
    url = await receiver.listen();
    server = await startTestServer(
      { webhookUrls: [url], ...hooks, templates },
      // Time stands still: nothing stalls, however busy the machine is.
      { openBroadcastSource: createMaterialSource(material), clock: new ManualClock() },
    );
    api = await ApiClient.open(server.origin);
  });
  after(async () => {
    await server.close();
    await receiver.close();
  });

  const told = (): readonly Told[] => receiver.received.map(({ body }) => JSON.parse(body));
  const nextTold = async (type: string, roomId: string): Promise<Told> => {
    for (let count = 1; ; count += 1) {
      const found = told().find((each) => each.type === type && each.roomId === roomId);
      if (found) return found;
      await receiver.count(Math.max(count, receiver.received.length + 1));
    }
  };
  const until = async (client: ApiClient, roomId: string, state: string) => {
    for (;;) {
      const { body } = await client.call('getBroadcast', { path: { roomId } });
      if (body.broadcast?.state === state) return;
    }
  };
  const record = async (roomId: string, client = api) => {
    await client.call('startBroadcast', { path: { roomId }, body: {} });
    await until(client, roomId, 'HLS_PLAYABLE');
    await client.call('stopBroadcast', { path: { roomId } });
    await until(client, roomId, 'HLS_STOPPED');
  };
  const exists = async (path: string | null) => (await fetch(`${server.origin}${path}`)).status;

  it('tells the site that it plays, with every address of it', async () => {
    await api.call('createRoom', { body: { id: 'launch' } });
    await record('launch');
    const { recording } = (await nextTold('recording.ready', 'launch')).data;
    assert.deepEqual(
      [recording.roomId, recording.state, recording.durationMs, recording.failure, recording.expiresAt],
      ['launch', 'ready', 3_000, null, null],
    );
    assert.ok(recording.bytes > 10_000);
    assert.ok(recording.endedAt !== null && recording.endedAt - recording.startedAt === 3_000);
    const { playlist, mp4, poster, chapters, events } = recording.urls;
    for (const address of [playlist, mp4, poster, chapters, events])
      assert.equal(await exists(address), 200, String(address));
    const { body } = await api.call('getRecordingRecord', { path: { recordingId: recording.id } });
    assert.deepEqual(body, recording);
  });

  it('plays with what happened in the room from the moment that it has stopped', async (test) => {
    const clock = new ManualClock();
    const startedAt = () => clock.now();
    const own = await startTestServer(
      {},
      { openBroadcastSource: createMaterialSource(material, { startedAt }), clock },
    );
    test.after(() => own.close());
    const client = await ApiClient.open(own.origin);
    const path = { roomId: 'live' };
    await client.call('createRoom', { body: { id: 'live' } });
    await client.call('startBroadcast', { path, body: {} });
    await until(client, 'live', 'HLS_PLAYABLE');
    clock.advance(1_000);
    const said = { segmentId: '1', text: 'Welcome', final: true, language: 'en' };
    await client.call('sendCaption', { path, body: said });
    await client.call('sendChat', { path, body: { text: 'Hi', author: { id: 'ada', name: 'Ada', role: 'viewer' } } });
    await client.call('stopBroadcast', { path });
    await until(client, 'live', 'HLS_STOPPED');
    const [recording] = (await client.call('listRecordings', {})).body.recordings;
    const read = async (address: string | null | undefined) => (await fetch(`${own.origin}${address}`)).text();
    assert.deepEqual(
      recording?.urls.captions.map(({ language }) => language),
      ['en'],
    );
    assert.match(await read(recording?.urls.captions[0]?.url), /^WEBVTT\n[^]*Welcome/);
    assert.match(await read(recording?.urls.playlist?.replace('vod.m3u8', 'vod-video.m3u8')), /#EXT-X-ENDLIST\n$/);
    const lines = (await read(recording?.urls.events)).trimEnd().split('\n');
    assert.deepEqual(
      lines.map((line) => JSON.parse(line)).map(({ name, offset }) => [name, offset]),
      [
        ['chatSent', 1_000],
        ['captionSpoken', 1_000],
      ],
    );
  });

  it('lists them by room, the newest first, a page at a time', async () => {
    await api.call('createRoom', { body: { id: 'series' } });
    for (let index = 0; index < 3; index += 1) await record('series');
    const query = { roomId: 'series', limit: '2' };
    const first = await api.call('listRecordings', { query });
    const second = await api.call('listRecordings', { query: { ...query, after: String(first.body.next) } });
    assert.deepEqual([first.body.recordings.length, second.body.recordings.length, second.body.next], [2, 1, null]);
    const times = [...first.body.recordings, ...second.body.recordings].map(({ startedAt }) => startedAt);
    assert.deepEqual(
      times,
      times.toSorted((one, other) => other - one),
    );
    const all = await api.call('listRecordings', {});
    assert.ok(all.body.recordings.some(({ roomId }) => roomId === 'launch'));
  });

  it('erases one: files, record, and its place at the playback address', async () => {
    const { body } = await api.call('listRecordings', { query: { roomId: 'series' } });
    const [newest, older] = body.recordings;
    assert.ok(newest && older);
    const playback = async () => (await fetch(`${server.origin}/broadcasts/series/playback.m3u8`)).text();
    assert.ok((await playback()).includes(newest.id));
    const path = { recordingId: newest.id };
    assert.equal((await api.call('deleteRecording', { path })).status, 200);
    assert.equal(await exists(newest.urls.playlist), 404);
    assert.ok((await playback()).includes(older.id));
    assert.ok(!(await readdir(join(server.data, 'broadcasts/rooms/series'))).includes(newest.id));
    assert.equal((await api.call('getRecordingRecord', { path })).status, 404);
    assert.equal((await api.call('deleteRecording', { path })).status, 404);
  });

  it('leaves one alone that is being made', async () => {
    await api.call('createRoom', { body: { id: 'on-air' } });
    await api.call('startBroadcast', { path: { roomId: 'on-air' }, body: {} });
    await until(api, 'on-air', 'HLS_PLAYABLE');
    const { body } = await api.call('listRecordings', { query: { roomId: 'on-air' } });
    const [recording] = body.recordings;
    assert.deepEqual([recording?.state, recording?.endedAt, recording?.urls.playlist], ['recording', null, null]);
    const path = { recordingId: recording?.id ?? '' };
    assert.equal((await api.call('deleteRecording', { path })).body.error?.code, 'conflict');
    await api.call('stopBroadcast', { path: { roomId: 'on-air' } });
  });

  it('[W8] makes one without broadcasting: nothing of it is served meanwhile, nor at the room’s own address', async () => {
    const path = { roomId: 'private' };
    await api.call('createRoom', { body: { id: 'private' } });
    await api.call('startRecording', { path, body: {} });
    await until(api, 'private', 'HLS_PLAYABLE');
    const { body } = await api.call('getBroadcast', { path });
    assert.deepEqual([body.broadcast?.livestreamUrl, body.broadcast?.playbackHlsUrl], [null, null]);
    const { body: list } = await api.call('listRecordings', { query: path });
    const [made] = list.recordings;
    assert.deepEqual([made?.state, made?.live], ['recording', false]);
    const below = '/broadcasts/private';
    const addresses = [`${below}/playback.m3u8`, `${below}/${made?.id}/video.m3u8`, `${below}/${made?.id}/vod.m3u8`];
    for (const address of addresses) assert.equal(await exists(address), 404, address);
    const live = await (await fetch(`${server.origin}${below}/live/video.m3u8`)).text();
    assert.ok(!live.includes(made?.id ?? ''));
    await api.call('stopRecording', { path });
    await until(api, 'private', 'HLS_STOPPED');
    const { recording } = (await nextTold('recording.ready', 'private')).data;
    assert.deepEqual([recording.id, recording.durationMs, recording.live], [made?.id, 3_000, false]);
    assert.deepEqual([await exists(recording.urls.playlist), await exists(recording.urls.mp4)], [200, 200]);
    assert.equal(await exists(`${below}/playback.m3u8`), 404);
  });

  it('keeps them as long as the template of the room says', async () => {
    await api.call('createRoom', { body: { id: 'course', template: 'kept' } });
    await record('course');
    const { recording } = (await nextTold('recording.ready', 'course')).data;
    assert.equal((recording.expiresAt ?? 0) - (recording.endedAt ?? 0), 90 * DAY_MS);
  });

  it('says no to what makes no sense, and answers nothing that its document does not name', async () => {
    const path = { recordingId: 'none' };
    for (const operation of ['getRecordingRecord', 'deleteRecording']) {
      assert.equal((await api.call(operation, { path: { recordingId: 'no/such' } })).status, 400);
      assert.equal((await api.call(operation, { path, key: null })).status, 401);
    }
    assert.equal((await api.call('listRecordings', { query: { after: 'yesterday' } })).status, 400);
    assert.equal((await api.call('listRecordings', { key: null })).status, 401);
    assert.deepEqual(api.unseen(['recordings']), []);
  });

  it('are erased when their time is over', async () => {
    const clock = new ManualClock();
    const startedAt = () => clock.now();
    const own = await startTestServer(
      { recordingRetentionDays: 7 },
      { openBroadcastSource: createMaterialSource(material, { startedAt }), clock },
    );
    const client = await ApiClient.open(own.origin);
    await client.call('createRoom', { body: { id: 'launch' } });
    const list = async () => (await client.call('listRecordings', {})).body.recordings;
    await client.call('startBroadcast', { path: { roomId: 'launch' }, body: {} });
    await until(client, 'launch', 'HLS_PLAYABLE');
    await client.call('stopBroadcast', { path: { roomId: 'launch' } });
    while ((await list())[0]?.urls.mp4 == null);
    clock.advance(6 * DAY_MS);
    assert.equal((await list()).length, 1);
    clock.advance(2 * DAY_MS);
    while ((await list()).length > 0);
    assert.deepEqual(await readdir(join(own.data, 'broadcasts/rooms')), ['launch']);
    assert.deepEqual(await readdir(join(own.data, 'broadcasts/rooms/launch')), []);
    await own.close();
  });

  it('are ended and erased in a bucket of S3, and told of when the bucket takes them late', async () => {
    const bucket: S3Server = await startS3Server('shows');
    const own = await startTestServer(
      {
        ...hooks,
        webhookUrls: [url],
        broadcastS3Endpoint: bucket.endpoint,
        broadcastS3Bucket: 'shows',
        broadcastS3Region: CREDENTIALS.region,
        broadcastS3AccessKey: CREDENTIALS.accessKeyId,
        broadcastS3SecretKey: CREDENTIALS.secretAccessKey,
      },
      { openBroadcastSource: createMaterialSource(material), clock: new ManualClock() },
    );
    const client = await ApiClient.open(own.origin);
    await client.call('createRoom', { body: { id: 'bucket' } });
    bucket.refuse = { status: 507, code: 'XMinioStorageFull' };
    await record('bucket', client);
    const failed = (await nextTold('recording.failed', 'bucket')).data.recording;
    assert.deepEqual([failed.state, failed.failure?.code], ['failed', 'storageFull']);
    bucket.refuse = null;
    const { recording } = (await nextTold('recording.ready', 'bucket')).data;
    assert.deepEqual([recording.id, recording.durationMs, recording.failure], [failed.id, 3_000, null]);
    const path = { recordingId: recording.id };
    const storage = new S3Storage({ ...CREDENTIALS, endpoint: bucket.endpoint, bucket: 'shows' });
    bucket.refuse = { status: 503, code: 'SlowDown' };
    assert.equal((await client.call('deleteRecording', { path })).body.error?.code, 'unavailable');
    bucket.refuse = null;
    assert.equal((await client.call('deleteRecording', { path })).status, 200);
    assert.deepEqual(await storage.list(''), []);
    await own.close();
    await bucket.close();
  });
});
