import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { TestServer, type TestServerOptions } from './test-server.ts';

describe('heartbeat and limits', () => {
  let server: TestServer;

  async function start(options: TestServerOptions = {}): Promise<void> {
    await server.stop();
    server = await TestServer.start(options);
  }

  beforeEach(async () => {
    server = await TestServer.start();
  });

  afterEach(async () => {
    assert.deepEqual(server.errors, []);
    await server.stop();
  });

  it('[B1] gives a link up that was silent for 4.5 s', async () => {
    const client = await server.join('ada');
    server.clock.advance(4_250);
    assert.equal(client.closeCode, null);
    server.clock.advance(250);
    assert.equal(await client.closed(), null);
    assert.equal(server.rooms.statistics().lost, 1);
  });

  it('[B1] keeps a link that pings, and answers with the time', async () => {
    const client = await server.join('ada');
    for (let pings = 0; pings < 10; pings += 1) {
      server.clock.advance(1_500);
      client.send({ type: 'ping', at: pings });
      const pong = await client.next((frame) => frame.type === 'pong' && frame.echo === pings);
      assert.deepEqual(pong, { type: 'pong', echo: pings, at: server.clock.now() });
    }
  });

  it('[B1] keeps the link of a hidden page, for which its browser answers', async () => {
    const witness = await server.join('bob');
    const hidden = await server.open(true);
    await hidden.hello({ token: await server.token('ada') });
    for (let pings = 0; pings < 10; pings += 1) {
      const pinged = once(hidden.socket, 'ping');
      server.clock.advance(1_500);
      await pinged;
      // By the time that another is answered, the pong has come.
      await witness.settle();
    }
    assert.equal(hidden.closeCode, null);
  });

  it('[L1] says frameTooLarge to a frame over 64 KiB, and takes one of 64 KiB', async () => {
    const client = await server.join('ada');
    const frame = JSON.stringify({ type: 'ping', at: 1 });
    client.send(frame.padEnd(64 * 1024));
    await client.next(({ type }) => type === 'pong');
    client.send(frame.padEnd(64 * 1024 + 1));
    assert.equal(await client.closed(), 'frameTooLarge');
  });

  it('[L1] says frameTooLarge to the sum of fragments', async () => {
    const client = await server.join('ada');
    for (let part = 0; part < 5; part += 1) client.socket.send('x'.repeat(20_000), { fin: false });
    assert.equal(await client.closed(), 'frameTooLarge');
  });

  it('[L1] says badFrame to what is no frame of the union', async () => {
    const frames = [
      'no JSON',
      '',
      'null',
      '[]',
      '"hello"',
      '{"type":"welcome"}',
      '{"type":"__proto__"}',
      '{"type":"ping"}',
      '{"type":"request","id":1,"name":"leave","key":"short","data":{}}',
      '{"type":"request","id":-1,"name":"leave","key":"long-enough","data":{}}',
      '{"type":"request","id":1,"name":5,"key":"long-enough","data":{}}',
      Buffer.from('{"type":"ping","at":1}'),
    ];
    for (const [index, frame] of frames.entries()) {
      const client = await server.join(`client-${index}`);
      client.send(frame);
      assert.equal(await client.closed(), 'badFrame', String(frame));
    }
  });

  it('[L1] says badFrame to text that is not UTF-8', async () => {
    const client = await server.join('ada');
    client.socket.send(Buffer.from([0x22, 0xff, 0xfe, 0x22]), { binary: false });
    assert.equal(await client.closed(), 'badFrame');
  });

  it('[L2] refuses requests over the budget, without effect, and says when there is more', async () => {
    const host = await server.join('host', { role: 'host' });
    const ids = Array.from({ length: 62 }, () => host.sendRequest('spotlight', { participantId: null }));
    const replies = await Promise.all(ids.map((id) => host.reply(id)));
    const refused = replies.filter(({ error }) => error !== undefined).map(({ error }) => error);
    assert.deepEqual(refused, [
      { code: 'rateLimited', message: 'Too many requests.', retryAfterMs: 50 },
      { code: 'rateLimited', message: 'Too many requests.', retryAfterMs: 50 },
    ]);
    server.clock.advance(50);
    assert.equal(await host.codeOf('spotlight', { participantId: 'host' }), null);
    assert.equal(await host.codeOf('spotlight', { participantId: null }), 'rateLimited');
    assert.deepEqual(host.eventsNamed('spotlightChanged'), [{ participantId: 'host' }]);
  });

  it('[L2] keeps the budget over a reconnection', async () => {
    const host = await server.join('host', { role: 'host' });
    const ids = Array.from({ length: 60 }, () => host.sendRequest('loadChat', { before: 0, limit: 1 }));
    await host.reply(ids[59]!);
    const again = await server.resume(host);
    assert.equal(await again.codeOf('loadChat', { before: 0, limit: 1 }), 'rateLimited');
  });

  it('[L2] has a budget of its own for media', async () => {
    const host = await server.join('host', { role: 'host' });
    const ids = Array.from({ length: 60 }, () => host.sendRequest('loadChat', { before: 0, limit: 1 }));
    await host.reply(ids[59]!);
    for (let count = 0; count < 300; count += 1) {
      assert.equal(await host.codeOf('unpublish', { streamId: 'none' }), 'notFound');
    }
    assert.equal(await host.codeOf('unpublish', { streamId: 'none' }), 'rateLimited');
  });

  it('[L2] refuses chat over the budget of 10, then 2 a second', async () => {
    const ada = await server.join('ada');
    for (let count = 0; count < 10; count += 1) await ada.ask('sendChat', { text: 'Hello' });
    const { error } = await ada.request('sendChat', { text: 'Hello' });
    assert.deepEqual(error, { code: 'rateLimited', message: 'Too many messages.', retryAfterMs: 500 });
    server.clock.advance(500);
    await ada.ask('sendChat', { text: 'Hello' });
    assert.equal(await ada.codeOf('sendChat', { text: 'Hello' }), 'rateLimited');
    await ada.settle();
    assert.equal(ada.eventsNamed('chatSent').length, 11);
  });

  it('[L2] closes a socket that floods, with requests or with pings', async () => {
    const ada = await server.join('ada');
    for (let count = 0; count < 261; count += 1) ada.sendRequest('loadChat', { before: 0, limit: 1 });
    assert.equal(await ada.closed(), 'rateLimited');
    const bob = await server.join('bob');
    for (let count = 0; count < 201; count += 1) bob.send({ type: 'ping', at: count });
    assert.equal(await bob.closed(), 'rateLimited');
  });

  it('[L3] lets 64 requests of a socket wait', async () => {
    const host = await server.join('host', { role: 'host' });
    const held = Promise.withResolvers<void>();
    server.media.ready = held.promise;
    const ids = Array.from({ length: 65 }, () => host.sendRequest('getMediaCapabilities', {}));
    assert.equal((await host.reply(ids[64]!)).error?.code, 'rateLimited');
    held.resolve();
    const replies = await Promise.all(ids.slice(0, 64).map((id) => host.reply(id)));
    assert.ok(replies.every(({ error }) => error === undefined));
    assert.equal(await host.codeOf('getMediaCapabilities', {}), null);
  });

  it('[L4] lets an address open 50 sockets a second', async () => {
    await start({ limits: { socketsPerAddressPerSecond: 50 } });
    const opened = await Promise.all(Array.from({ length: 51 }, () => server.open()));
    assert.equal(opened.filter(({ closeCode }) => closeCode === null).length, 50);
    server.clock.advance(1_000);
    assert.equal((await server.open()).closeCode, null);
  });

  it('[L5] cuts a reader off that leaves over 4 MiB unread, and lets it come back', async () => {
    const host = await server.join('host', { role: 'host' });
    const viewer = await server.join('viewer');
    viewer.socket.pause();
    const room = await server.rooms.open(host.welcome.snapshot!.room.id);
    const text = 'x'.repeat(70_000);
    const sent = { message: { ...(await host.ask('sendChat', { text: 'Hello' })).message, text } };
    for (let count = 0; count < 400 && server.rooms.statistics().lost === 0; count += 1) {
      room.channel.publish('chatSent', sent);
      await host.settle();
      server.clock.advance(10);
    }
    assert.equal(server.rooms.statistics().lost, 1);
    const again = await server.resume(viewer);
    assert.equal(again.welcome.resumed, true);
    await again.until(() => again.lastSeq === room.channel.seq, 'everything missed');
  });

  it('answers HTTP elsewhere, and other paths with 404', async () => {
    const [response] = await once(get(`http://127.0.0.1:${server.port}/`), 'response');
    assert.equal(response.statusCode, 404);
    response.resume();
    const socket = connect(server.port, '127.0.0.1');
    socket.write(
      'GET /other HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    );
    const [answer] = await once(socket, 'data');
    assert.match(String(answer), /^HTTP\/1.1 404 /);
    socket.destroy();
  });

  it('tells everyone to come back when the server goes down', async () => {
    const clients = [await server.join('ada', { role: 'host' }), await server.join('bob'), await server.open()];
    const [closed] = await Promise.all([server.sockets.close(), ...clients.map((client) => client.closed())]);
    assert.equal(closed, undefined);
    assert.deepEqual(await Promise.all(clients.map((client) => client.closed())), [
      'unavailable',
      'unavailable',
      'unavailable',
    ]);
    const late = await server.open();
    assert.notEqual(late.closeCode, null);
  });
});
