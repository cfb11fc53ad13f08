import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { DiskStorage } from '../../../server/src/broadcast/storage/disk-storage.ts';
import { noLogger } from '../../../server/src/rooms/logger.ts';
import { SqliteFile } from '../../../server/src/store/sqlite/sqlite-file.ts';
import { SqliteRecordingStore } from '../../../server/src/store/sqlite/sqlite-recording-store.ts';
import type { RoomId } from '../../../src/protocol/index.ts';
import { ManualClock } from '../rooms/manual-clock.ts';
import { ApiClient, type ApiAnswer } from './api-client.ts';
import { startTestServer, type TestServer } from './test-server.ts';

interface Page {
  readonly messages: readonly { readonly index: number; readonly text: string; readonly offsetMs: number | null }[];
  readonly csv: string;
  readonly vtt: string;
  readonly next: number | null;
}
const pageOf = ({ body }: ApiAnswer) => body as object as Page;

describe('the export of the chat', () => {
  const path = { roomId: 'launch' };
  const clock = new ManualClock();
  let server: TestServer;
  let api: ApiClient;

  const write = (text: string, name = 'Ada') =>
    api.call('sendChat', { path, body: { author: { id: 'ada', name, role: 'viewer' }, text } });
  const read = async (query: Record<string, string> = {}) => pageOf(await api.call('exportChat', { path, query }));

  before(async () => {
    server = await startTestServer({}, { clock });
    api = await ApiClient.open(server.origin);
    await api.call('createRoom', { body: { id: 'launch' } });
  });
  after(() => server.close());

  it('is the chat from its beginning, by pages', async () => {
    for (const text of ['one', 'two, "quoted"', '=1+1']) await write(text);
    const first = await read({ limit: '2' });
    assert.deepEqual(
      [first.messages.map(({ text, offsetMs }) => [text, offsetMs]), first.next],
      [
        [
          ['one', null],
          ['two, "quoted"', null],
        ],
        2,
      ],
    );
    const rest = await read({ limit: '2', from: '2' });
    assert.deepEqual([rest.messages.map(({ text }) => text), rest.next], [['=1+1'], null]);
    assert.deepEqual((await read({ from: '99' })).messages, []);
  });

  it('is a spreadsheet whose pages make one file, and no formula', async () => {
    const first = await read({ format: 'csv', limit: '2' });
    const rest = await read({ format: 'csv', limit: '2', from: String(first.next) });
    const time = new Date(clock.now()).toISOString();
    assert.equal(
      first.csv + rest.csv,
      [
        'index,time,offsetMs,participant,name,role,text,repliesTo',
        `0,${time},,ada,Ada,viewer,one,`,
        `1,${time},,ada,Ada,viewer,"two, ""quoted""",`,
        `2,${time},,ada,Ada,viewer,'=1+1,`,
        '',
      ].join('\r\n'),
    );
  });

  it('of a recording has its time, which stands still between two encoders, as WebVTT too', async () => {
    clock.advance(60_000);
    const startedAt = clock.now();
    const texts = ['early', 'during <b>', 'in the break', 'late'];
    for (const text of texts) {
      clock.advance(1_000);
      await write(text, 'A > B');
    }
    const endedAt = clock.now();
    const file = new SqliteFile(join(server.data, 'rooms.db'), noLogger);
    const record = {
      durationMs: 3_000,
      bytes: 1,
      hasFile: false,
      hasPoster: false,
      captions: [],
      failure: null,
      expiresAt: null,
    };
    await new SqliteRecordingStore(file).saveRecording({
      ...record,
      id: 'made',
      roomId: 'launch' as RoomId,
      state: 'ready',
      live: true,
      startedAt: startedAt + 1_500,
      endedAt,
    });
    file.close();
    const spans = [
      { startsAt: startedAt + 1_500, offset: 0, durationMs: 1_000 },
      { startsAt: startedAt + 3_500, offset: 1_000, durationMs: 500 },
    ];
    const storage = new DiskStorage(join(server.data, 'broadcasts'));
    await storage.write('rooms/launch/made/spans.json', Buffer.from(JSON.stringify(spans)));
    clock.advance(600_000);
    await write('after');
    const { messages, next } = await read({ recordingId: 'made' });
    assert.deepEqual(
      messages.map(({ text, offsetMs }) => [text, offsetMs]),
      [
        ['during <b>', 500],
        ['in the break', 1_000],
        ['late', 1_500],
      ],
    );
    assert.equal(next, null);
    const { vtt } = await read({ recordingId: 'made', format: 'vtt', limit: '1' });
    assert.equal(vtt, 'WEBVTT\n\n4\n00:00:00.500 --> 00:00:05.500\n<v A  B>during &lt;b&gt;\n\n');
  });

  it('says no to what makes no sense', async () => {
    const codeOf = async (query: Record<string, string>, roomId = 'launch') =>
      (await api.call('exportChat', { path: { roomId }, query })).body.error?.code;
    assert.equal(await codeOf({ format: 'pdf' }), 'badRequest');
    assert.equal(await codeOf({ format: 'vtt' }), 'badRequest');
    assert.equal(await codeOf({ limit: '1001' }), 'badRequest');
    assert.equal(await codeOf({ recordingId: 'none' }), 'notFound');
    assert.equal(await codeOf({}, 'nowhere'), 'notFound');
    assert.equal((await api.call('exportChat', { path, key: null })).status, 401);
    assert.deepEqual(
      api.unseen(['chat']).filter((answer) => answer.startsWith('exportChat')),
      [],
    );
  });
});
