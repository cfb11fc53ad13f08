import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { SqliteRoomStore } from '../../../server/src/store/sqlite/sqlite-room-store.ts';
import type { OverlayContent } from '../../../src/protocol/index.ts';
import { TestServer, type JoinedClient } from '../ws/test-server.ts';

const title = (text: string): OverlayContent => ({ kind: 'lowerThird', title: text, subtitle: '' });
const cue = (id: string, content: OverlayContent = title(id)) => ({ id, note: '', content, staysMs: null });

describe('overlays', () => {
  let folder: string;
  let server: TestServer;
  let producer: JoinedClient;
  let viewer: JoinedClient;

  const start = async () => {
    server = await TestServer.start({ store: SqliteRoomStore.open(join(folder, 'rooms.db')) });
    producer = await server.join('producer', { role: 'producer' });
    viewer = await server.join('viewer');
  };
  const restart = async () => {
    await server.stop();
    await start();
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ils-overlays-'));
    await start();
  });

  afterEach(async () => {
    assert.deepEqual(server.errors, []);
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const onScreen = async (client = viewer) => {
    const { live } = await client.ask('getOverlays', {});
    return live.map(
      ({ layer, content }) => `${layer}: ${content.kind === 'lowerThird' ? content.title : content.kind}`,
    );
  };
  const cues = async () => (await producer.ask('getOverlays', {})).runOfShow?.cues.map(({ id }) => id);

  it('[O1] are taken from a run of show, in place of what their layer shows', async () => {
    for (const id of ['one', 'two', 'three']) await producer.ask('saveCue', { cue: cue(id) });
    await producer.ask('moveCue', { cueId: 'three', before: 'one' });
    assert.deepEqual(await cues(), ['three', 'one', 'two']);
    await producer.ask('takeCue', { cueId: 'one' });
    await producer.ask('takeOverlay', { content: { kind: 'ticker', items: ['News'] }, staysMs: null });
    await producer.ask('takeCue', { cueId: 'two' });
    assert.deepEqual(await onScreen(), ['ticker: ticker', 'lowerThird: two']);
    const { overlay } = await viewer.event('overlayTaken', ({ overlay: { cueId } }) => cueId === 'two');
    assert.equal(overlay.takenAt, server.clock.now());
    await producer.ask('saveCue', { cue: cue('two', title('changed')) });
    assert.deepEqual(await onScreen(), ['ticker: ticker', 'lowerThird: two']);
    await producer.ask('clearOverlays', { layer: 'lowerThird' });
    assert.deepEqual(await onScreen(), ['ticker: ticker']);
    assert.deepEqual((await viewer.event('overlaysCleared')).overlayIds, [overlay.id]);
    await producer.ask('clearOverlays', { layer: null });
    assert.deepEqual(await onScreen(), []);
  });

  it('[O1] go on after the cue before where the one taken last is removed', async () => {
    for (const id of ['one', 'two', 'three']) await producer.ask('saveCue', { cue: cue(id) });
    await producer.ask('takeCue', { cueId: 'two' });
    await producer.ask('removeCue', { cueId: 'two' });
    const { runOfShow, live } = await producer.ask('getOverlays', {});
    assert.equal(runOfShow?.current, 'one');
    assert.equal(live.length, 1);
    await producer.ask('removeCue', { cueId: 'one' });
    assert.equal((await producer.ask('getOverlays', {})).runOfShow?.current, null);
  });

  it('[O1] are a hundred cues at most', async () => {
    const { features } = await server.rooms.open(viewer.welcome.snapshot!.room.id);
    for (let count = 0; count < 100; count += 1)
      await features.overlays.saveCue({ by: null, key: undefined }, cue(`cue-${count}`) as never);
    assert.equal(await producer.codeOf('saveCue', { cue: cue('more') }), 'conflict');
    assert.equal(await producer.codeOf('saveCue', { cue: cue('cue-7', title('other')) }), null);
    assert.equal((await cues())?.length, 100);
  });

  it('[O2] come back after a restart, and a repeat from before it has no effect', async () => {
    const key = randomUUID();
    await producer.ask('saveCue', { cue: cue('one') });
    await producer.ask('takeCue', { cueId: 'one' }, key);
    const before = await producer.ask('getOverlays', {});
    await restart();
    assert.deepEqual(await producer.ask('getOverlays', {}), before);
    await server.elapse(4_000, producer, viewer);
    assert.deepEqual(await producer.ask('takeCue', { cueId: 'one' }, key), {});
    assert.deepEqual(await producer.ask('getOverlays', {}), before);
    assert.equal(viewer.eventsNamed('overlayTaken').length, 0);
    await producer.ask('takeCue', { cueId: 'one' });
    assert.equal((await producer.ask('getOverlays', {})).revision, before.revision + 1);
  });

  it('[O2] have one effect for a key that is sent twice, a reply lost or not', async () => {
    const data = { content: title('once'), staysMs: null };
    const key = randomUUID();
    const ids = [producer.sendRequest('takeOverlay', data, key), producer.sendRequest('takeOverlay', data, key)];
    for (const id of ids) assert.deepEqual((await producer.reply(id)).data, {});
    await viewer.settle();
    assert.equal(viewer.eventsNamed('overlayTaken').length, 1);
    await viewer.ask('getOverlays', {}, key);
  });

  it('[O3] are told to all, and the run of show to producers alone', async () => {
    await producer.ask('saveCue', { cue: cue('secret') });
    await producer.ask('takeOverlay', { content: title('seen'), staysMs: null });
    await viewer.settle();
    assert.equal((await viewer.ask('getOverlays', {})).runOfShow, null);
    assert.equal(JSON.stringify(viewer.frames).includes('secret'), false);
    assert.deepEqual(
      producer.signals('runOfShowChanged').map(({ runOfShow }) => runOfShow.cues.length),
      [1],
    );
    await server.rooms.changeRole(viewer.welcome.snapshot!.room.id, 'viewer' as never, 'producer' as never);
    assert.equal((await viewer.signal('runOfShowChanged')).runOfShow.cues[0]?.id, 'secret');
  });

  it('[O4] go by themselves, and a countdown has its moment from its taking', async () => {
    const at = server.clock.now();
    const content = { kind: 'countdown', title: 'Back in', at: null, afterMs: 60_000 } as const;
    await producer.ask('saveCue', { cue: { ...cue('break', content), staysMs: 90_000 } });
    await producer.ask('takeCue', { cueId: 'break' });
    const { overlay } = await viewer.event('overlayTaken');
    assert.deepEqual([overlay.content, overlay.clearsAt], [{ ...content, at: at + 60_000 }, at + 90_000]);
    await server.elapse(89_000, producer, viewer);
    assert.deepEqual(await onScreen(), ['corner: countdown']);
    await server.elapse(2_000, producer, viewer);
    await viewer.event('overlaysCleared');
    assert.deepEqual(await onScreen(), []);
  });

  it('[O4] that should have gone while the server was down are gone', async () => {
    await producer.ask('takeOverlay', { content: title('short'), staysMs: 1_000 });
    await server.stop();
    server = await TestServer.start({ store: SqliteRoomStore.open(join(folder, 'rooms.db')) });
    server.clock.advance(2_000);
    viewer = await server.join('viewer');
    assert.deepEqual(await onScreen(), []);
  });

  it('[O5] lead to safe addresses and nowhere else', async () => {
    const link = (url: string) => ({ kind: 'link', text: '', label: 'Go', url }) as const;
    const logo = (url: string) => ({ kind: 'logo', name: 'Logo', url }) as const;
    const take = (content: object) => producer.request('takeOverlay', { content, staysMs: null });
    for (const content of [link('https://example.com/a?b#c'), logo('/logo.svg'), logo('https://example.com/l.png')])
      assert.equal((await take(content)).error, undefined, content.url);
    for (const url of [
      'javascript:alert(1)',
      ' java\nscript:alert(1)',
      'data:text/html,x',
      'https://user:secret@example.com',
      'https://example.com\\@evil.example',
      'ftp://example.com',
      '//example.com',
      '/path',
      'https://',
      '',
    ])
      assert.equal((await take(link(url))).error?.code, 'badRequest', url);
    for (const url of ['//example.com/l.png', '/\\example.com/l.png', 'data:image/svg+xml,x', 'javascript:1'])
      assert.equal((await take(logo(url))).error?.code, 'badRequest', url);
  });

  it('[O6] go with the message that they quote', async () => {
    const { message } = await producer.ask('sendChat', { text: 'Hello' });
    const quote = { kind: 'message', from: 'chat', author: 'Ada', text: 'Hello', messageId: message.id } as const;
    await producer.ask('saveCue', { cue: cue('one') });
    await producer.ask('saveCue', { cue: cue('quote', quote) });
    await producer.ask('takeCue', { cueId: 'quote' });
    await producer.ask('deleteChat', { messageId: message.id });
    assert.deepEqual(await onScreen(), []);
    assert.deepEqual(await cues(), ['one']);
  });

  it('refuse what is forged, stale or poisoned, with no effect', async () => {
    await producer.ask('saveCue', { cue: cue('one') });
    const before = await producer.ask('getOverlays', {});
    const refused = async (name: string, data: object, code: string) =>
      assert.equal((await producer.request(name, data)).error?.code, code, `${name} ${JSON.stringify(data)}`);
    await refused('takeCue', { cueId: 'none' }, 'notFound');
    await refused('removeCue', { cueId: 'none' }, 'notFound');
    await refused('moveCue', { cueId: 'none', before: null }, 'notFound');
    await refused('moveCue', { cueId: 'one', before: 'none' }, 'notFound');
    await refused('saveCue', { cue: cue('two'), before: '__proto__' }, 'notFound');
    await refused('takeCue', { cueId: 'a b' }, 'badRequest');
    await refused('saveCue', { cue: { ...cue('two'), content: { kind: '__proto__' } } }, 'badRequest');
    await refused('saveCue', { cue: cue('two', title('x'.repeat(81))) }, 'badRequest');
    await refused('saveCue', { cue: cue('two', title('  ')) }, 'badRequest');
    await refused('takeOverlay', { content: title('x'), staysMs: 1e18 }, 'badRequest');
    await refused('clearOverlays', { layer: 'constructor' }, 'badRequest');
    assert.deepEqual(await producer.ask('getOverlays', {}), before);
  });
});
