import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { TestServer } from '../ws/test-server.ts';

describe('a hostile client', () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await TestServer.start();
  });

  afterEach(async () => {
    assert.deepEqual(server.errors, []);
    await server.stop();
  });

  it("[Q2] gains nothing by replaying another's frames", async () => {
    const host = await server.join('host', { role: 'host' });
    const key = 'key-of-the-host';
    await host.ask('spotlight', { participantId: 'host' }, key);
    await host.ask('spotlight', { participantId: null });
    const thief = await server.join('thief');
    assert.equal(await thief.codeOf('spotlight', { participantId: 'host' }, key), 'forbidden');
    assert.equal(host.eventsNamed('spotlightChanged').length, 2);
  });

  it('[R1] gains no place by guessing keys, nor by another name', async () => {
    const host = await server.join('host', { role: 'host' });
    for (const sessionKey of ['', 'x'.repeat(128), host.welcome.sessionKey, '__proto__']) {
      const thief = await server.join('thief', {}, { resume: { sessionKey, lastSeq: 0 } });
      assert.equal(thief.welcome.resumed, false);
      assert.equal(thief.welcome.participantId, 'thief');
    }
    assert.equal(host.closeCode, null);
  });

  it('[L1] is shown out for each frame that is too large, malformed or unknown, and others do not notice', async () => {
    const host = await server.join('host', { role: 'host' });
    const attacks = ['x'.repeat(70_000), '{"type":"hello"', '{"type":"event","seq":1}', `[${'['.repeat(30_000)}`];
    const codes = ['frameTooLarge', 'badFrame', 'badFrame', 'badFrame'];
    for (const [index, attack] of attacks.entries()) {
      const client = await server.join(`attacker-${index}`);
      client.send(attack);
      assert.equal(await client.closed(), codes[index]);
    }
    await host.settle();
    assert.equal(host.closeCode, null);
  });

  it('survives bytes that are no WebSocket at all', async () => {
    const host = await server.join('host', { role: 'host' });
    const beginnings = [
      '\u0000\u0001\u0002',
      'GET /ws HTTP/1.1\r\n\r\n',
      'GET /ws HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
    ];
    for (const bytes of beginnings) {
      const socket = connect(server.port, '127.0.0.1');
      socket.on('error', () => {});
      socket.resume();
      socket.end(bytes);
      await once(socket, 'close');
    }
    await host.settle();
    assert.equal(host.closeCode, null);
  });

  it('[L2] is shown out when it asks thousands of times at once, and others do not notice', async () => {
    const client = await server.join('flood');
    const host = await server.join('host', { role: 'host' });
    for (let count = 0; count < 5_000; count += 1) client.sendRequest('sendChat', { text: `${count}` });
    assert.equal(await client.closed(), 'rateLimited');
    await host.settle();
    assert.ok(host.eventsNamed('chatSent').length <= 10);
    assert.equal(await host.codeOf('sendChat', { text: 'Where were we?' }), null);
  });

  it('stores and gives back markup as text, to the letter', async () => {
    const ada = await server.join('ada');
    const corpus = [
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      'javascript:alert(1)',
      '<svg/onload=alert(1)>',
      '{{constructor.constructor("alert(1)")()}}',
      '\u2028</script>\u2029',
    ];
    for (const text of corpus) {
      assert.equal((await ada.ask('sendChat', { text })).message.text, text);
    }
    const { messages } = await ada.ask('loadChat', { before: 100, limit: 100 });
    assert.deepEqual(
      messages.map(({ text }) => text),
      corpus,
    );
  });

  it('[E1] hears no token in any answer', async () => {
    const client = await server.join('ada', { role: 'host' });
    const token = await server.token('bob');
    await client.request('refreshToken', { token });
    await client.request('refreshToken', { token: `${token}x` });
    await client.request('changeRole', { participantId: token, role: token });
    const other = await server.open();
    other.sendHello({ token: `${token}x` });
    await other.closed();
    for (const frame of [...client.frames, ...other.frames]) {
      assert.equal(JSON.stringify(frame).includes(token.slice(-20)), false);
    }
  });
});
