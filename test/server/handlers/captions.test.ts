import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { SqliteRoomStore } from '../../../server/src/store/sqlite/sqlite-room-store.ts';
import { TestServer, type JoinedClient } from '../ws/test-server.ts';

const INTERVAL_MS = 250;

const segment = (segmentId: string, text: string, final = true, language = 'en') => ({
  segmentId,
  text,
  final,
  language,
});

describe('captions', () => {
  let folder: string;
  let server: TestServer;
  let host: JoinedClient;
  let viewer: JoinedClient;

  const start = async () => {
    server = await TestServer.start({ store: SqliteRoomStore.open(join(folder, 'rooms.db')) });
    host = await server.join('host', { role: 'host', name: 'Grace' });
    viewer = await server.join('viewer');
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ils-captions-'));
    await start();
  });

  afterEach(async () => {
    assert.deepEqual(server.errors, []);
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const spoken = (client = viewer) => client.eventsNamed('captionSpoken').map(({ caption }) => caption.text);

  it('[K1] are told while they are said, all together and at most every 250 ms', async () => {
    await host.ask('sendCaption', segment('1', 'Hel', false));
    await host.ask('sendCaption', segment('1', 'Hello ev', false));
    await host.ask('sendCaption', segment('1', 'Hallo', false, 'de'));
    assert.equal(viewer.signals('captionsHeard').length, 0);
    server.clock.advance(INTERVAL_MS);
    const { drafts } = await viewer.signal('captionsHeard');
    assert.deepEqual(
      drafts.map(({ text, speaker }) => [text, speaker?.name]),
      [
        ['Hello ev', 'Grace'],
        ['Hallo', 'Grace'],
      ],
    );
    assert.deepEqual((await viewer.ask('getCaptions', {})).drafts, drafts);
    await server.elapse(11_000, host, viewer);
    assert.deepEqual((await viewer.ask('getCaptions', {})).drafts, []);
    assert.equal(viewer.events.length, 0);
  });

  it('[K2] [K4] are stored when they are final, once, with who said them and since when', async () => {
    const startedAt = server.clock.now();
    await host.ask('sendCaption', segment('1', 'Hel', false));
    server.clock.advance(1_000);
    await host.ask('sendCaption', segment('1', 'Hello everyone.'));
    await host.ask('sendCaption', segment('1', 'Something else.'));
    await host.ask('sendCaption', segment('1', 'Hel', false));
    await host.ask('sendCaption', segment('1', 'Hallo zusammen.', true, 'de'));
    await viewer.settle();
    assert.deepEqual(spoken(), ['Hello everyone.', 'Hallo zusammen.']);
    const [first, second] = (await viewer.ask('getCaptions', {})).captions;
    assert.deepEqual(
      [first?.index, first?.startedAt, first?.endedAt, first?.speaker, second?.index],
      [0, startedAt, startedAt + 1_000, { participantId: 'host', name: 'Grace' }, 1],
    );
    assert.deepEqual((await viewer.ask('getCaptions', {})).drafts, []);
  });

  it('[K2] [K3] go on after a restart, and the latest are there for who comes late', async () => {
    for (let count = 0; count < 8; count += 1) await host.ask('sendCaption', segment(`s${count}`, `Line ${count}`));
    await server.stop();
    await start();
    await host.ask('sendCaption', segment('s7', 'Line 7 again'));
    await host.ask('sendCaption', segment('s8', 'Line 8'));
    const { captions } = await viewer.ask('getCaptions', {});
    assert.deepEqual(
      captions.map(({ index, text }) => `${index} ${text}`),
      [3, 4, 5, 6, 7, 8].map((count) => `${count} Line ${count}`),
    );
    const earlier = await viewer.ask('loadCaptions', { before: 3, limit: 2 });
    assert.deepEqual(
      earlier.captions.map(({ text }) => text),
      ['Line 1', 'Line 2'],
    );
  });

  it('refuse what is no caption', async () => {
    for (const data of [
      segment('', 'Hello'),
      segment('1', '  '),
      segment('1', 'x'.repeat(501)),
      segment('1', 'Hello', true, '__proto__'),
      segment('1', 'Hello', true, 'en-'),
      { ...segment('1', 'Hello'), final: 'yes' },
    ])
      assert.equal((await host.request('sendCaption', data)).error?.code, 'badRequest', JSON.stringify(data));
    assert.deepEqual(await viewer.ask('getCaptions', {}), { captions: [], drafts: [] });
  });
});
