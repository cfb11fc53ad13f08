import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { ApiClient, type ApiAnswer } from './api-client.ts';
import { joinRoom, startTestServer, type JoinedClient, type TestServer } from './test-server.ts';

/** `operation status` of all answers, of every server here. */
const seen = new Set<string>();
let document: ApiClient;
/** Tags whose operations have a file of tests of their own. */
const TESTED_ELSEWHERE =
  /^(embeds|lobby|moderation|breakouts|polls|chat|questions|overlays|captions|broadcast.*|recordings|webhooks|whip|gifts|wallets)$/;

describe('REST', () => {
  let server: TestServer;
  let api: ApiClient;
  const clients: JoinedClient[] = [];

  before(async () => {
    server = await startTestServer({ dev: true });
    api = await ApiClient.open(server.origin, seen);
    document = api;
  });
  after(async () => {
    for (const { socket } of clients) socket.terminate();
    await server.close();
  });

  const createRoom = async (id: string) => {
    assert.equal((await api.call('createRoom', { body: { id } })).status, 201);
    return { roomId: id };
  };
  const joinAs = async (room: string, participantId: string, role: string, name = participantId) => {
    const { body } = await api.call('mintToken', { path: { roomId: room }, body: { participantId, role, name } });
    const client = await joinRoom(server.origin, room, body.token);
    clients.push(client);
    return client;
  };
  const codeOf = ({ body }: ApiAnswer) => body.error?.code;

  it('describes itself in a valid OpenAPI 3.1 document', async () => {
    const result = await new Validator().validate(structuredClone(api.document) as object as Record<string, unknown>);
    assert.deepEqual(result, { valid: true });
    assert.equal((api.document as { openapi?: string }).openapi, '3.1.0');
  });

  describe('rooms', () => {
    it('creates one, with the roles a token may name', async () => {
      const { status, body } = await api.call('createRoom', { body: { id: 'launch', title: 'Our launch' } });
      assert.equal(status, 201);
      assert.equal(body.title, 'Our launch');
      assert.equal(body.endedAt, null);
      assert.deepEqual(Object.keys(body.roles), ['host', 'producer', 'guest', 'viewer', 'audience']);
      assert.deepEqual((await api.call('getRoom', { path: { roomId: 'launch' } })).body, body);
    });

    it('answers the same creation again with the same room, and another with a conflict', async () => {
      const first = await api.call('createRoom', { body: { id: 'twice', title: 'Twice' } });
      const second = await api.call('createRoom', { body: { id: 'twice', title: 'Twice' } });
      assert.equal(second.status, 200);
      assert.deepEqual(second.body, first.body);
      const other = await api.call('createRoom', { body: { id: 'twice', title: 'Thrice' } });
      assert.equal(other.status, 409);
      assert.equal(codeOf(other), 'conflict');
    });

    it('makes up an id; with an idempotency key the same one each time', async () => {
      const headers = { 'idempotency-key': 'order 66' };
      const first = await api.call('createRoom', { body: {}, headers });
      const again = await api.call('createRoom', { body: {}, headers });
      assert.equal(first.status, 201);
      assert.equal(again.status, 200);
      assert.equal(again.body.id, first.body.id);
      const another = await api.call('createRoom', { body: {} });
      assert.notEqual(another.body.id, first.body.id);
      assert.equal(
        codeOf(await api.call('createRoom', { body: {}, headers: { 'idempotency-key': 'x'.repeat(257) } })),
        'badRequest',
      );
    });

    it('lists them page by page, ended ones when asked', async () => {
      for (const id of ['page-a', 'page-b', 'page-c']) await createRoom(id);
      await api.call('endRoom', { path: { roomId: 'page-b' } });
      const collect = async (query: Record<string, string>) => {
        const ids: string[] = [];
        for (let after: string | null = 'page-'; after !== null;) {
          const { body } = await api.call('listRooms', { query: { ...query, after, limit: '1' } });
          ids.push(...body.rooms.map(({ id }) => id));
          after = body.next;
        }
        return ids.filter((id) => id.startsWith('page-'));
      };
      assert.deepEqual(await collect({}), ['page-a', 'page-c']);
      assert.deepEqual(await collect({ includeEnded: 'true' }), ['page-a', 'page-b', 'page-c']);
    });

    it('reopens one that has ended', async () => {
      const path = await createRoom('encore');
      await api.call('endRoom', { path });
      const { status, body } = await api.call('reopenRoom', { path });
      assert.deepEqual([status, body.id, body.endedAt], [200, 'encore', null]);
      assert.equal((await api.call('mintToken', { path, body: { role: 'viewer' } })).status, 201);
      assert.equal((await api.call('reopenRoom', { path })).status, 200);
    });

    it('ends one for everyone, once', async () => {
      const path = await createRoom('short');
      const client = await joinAs('short', 'ada', 'viewer');
      const { body } = await api.call('endRoom', { path });
      assert.equal(typeof body.endedAt, 'number');
      const bye = (await client.next('bye')) as { error: { code: string } };
      assert.equal(bye.error.code, 'roomEnded');
      assert.equal((await api.call('endRoom', { path })).body.endedAt, body.endedAt);
      assert.equal(codeOf(await api.call('createRoom', { body: { id: 'short' } })), 'conflict');
      assert.equal(codeOf(await api.call('mintToken', { path, body: { role: 'viewer' } })), 'roomEnded');
      const participant = { ...path, participantId: 'ada' };
      assert.equal(codeOf(await api.call('changeRole', { path: participant, body: { role: 'guest' } })), 'roomEnded');
      assert.equal(codeOf(await api.call('removeParticipant', { path: participant })), 'roomEnded');
      assert.equal(codeOf(await api.call('getParticipant', { path: participant })), 'notFound');
    });
  });

  describe('tokens', () => {
    it('mints one that opens the door in the role it names', async () => {
      const path = await createRoom('door');
      const body = { participantId: 'host-1', role: 'host', name: 'Ada', permissions: ['room.end'], ttlSeconds: 60 };
      const minted = await api.call('mintToken', { path, body });
      assert.equal(minted.status, 201);
      assert.equal(minted.body.participantId, 'host-1');
      const left = minted.body.expiresAt - Date.now();
      assert.ok(left > 50_000 && left <= 60_000, String(left));
      clients.push(await joinRoom(server.origin, 'door', minted.body.token));
      const { body: seen } = await api.call('getParticipant', { path: { ...path, participantId: 'host-1' } });
      assert.equal(seen.role, 'host');
      assert.equal(seen.name, 'Ada');
    });

    it('makes up a participant, another each time', async () => {
      const path = await createRoom('strangers');
      const [first, second] = await Promise.all(
        [1, 2].map(() => api.call('mintToken', { path, body: { role: 'viewer' } })),
      );
      assert.notEqual(first!.body.participantId, second!.body.participantId);
    });

    it('refuses a role that the room does not have', async () => {
      const path = await createRoom('roles');
      for (const role of ['emperor', 'constructor']) {
        const refused = await api.call('mintToken', { path, body: { role } });
        assert.equal(codeOf(refused), 'badRequest');
        assert.match(refused.body.error?.message ?? '', /host, producer, guest, viewer, audience/);
      }
    });
  });

  describe('participants', () => {
    const room = 'people';
    const path = { roomId: room };

    before(async () => {
      await createRoom(room);
      await joinAs(room, 'a', 'host', 'Ada');
      await joinAs(room, 'b', 'viewer', 'Bob');
      await joinAs(room, 'c', 'viewer', 'Bobby');
    });

    it('lists them by name, by role, by page', async () => {
      const all = await api.call('listParticipants', { path });
      assert.deepEqual(
        all.body.participants.map(({ name }) => name),
        ['Ada', 'Bob', 'Bobby'],
      );
      assert.equal(all.body.total, 3);
      const found = await api.call('listParticipants', { path, query: { search: 'bob', role: 'viewer', limit: '1' } });
      assert.equal(found.body.total, 2);
      assert.equal(found.body.participants[0]?.id, 'b');
      const next = await api.call('listParticipants', { path, query: { search: 'bob', after: found.body.next ?? '' } });
      assert.deepEqual(
        next.body.participants.map(({ id }) => id),
        ['c'],
      );
      assert.equal(next.body.next, null);
      assert.deepEqual((await api.call('getRoom', { path })).body.counts, { host: 1, viewer: 2 });
    });

    it('moves one at once and tells the room', async () => {
      const moved = await api.call('changeRole', { path: { ...path, participantId: 'b' }, body: { role: 'guest' } });
      assert.equal(moved.body.status, 'changed');
      const again = await api.call('changeRole', { path: { ...path, participantId: 'b' }, body: { role: 'guest' } });
      assert.equal(again.body.status, 'unchanged');
      const { body } = await api.call('getParticipant', { path: { ...path, participantId: 'b' } });
      assert.equal(body.role, 'guest');
      const unknown = await api.call('changeRole', { path: { ...path, participantId: 'b' }, body: { role: 'king' } });
      assert.equal(codeOf(unknown), 'notFound');
    });

    it('removes one, who is told and gone', async () => {
      const client = await joinAs(room, 'd', 'viewer');
      await api.call('removeParticipant', { path: { ...path, participantId: 'd' } });
      const bye = (await client.next('bye')) as { error: { code: string } };
      assert.equal(bye.error.code, 'removed');
      assert.equal(codeOf(await api.call('getParticipant', { path: { ...path, participantId: 'd' } })), 'notFound');
    });
  });

  describe('chat', () => {
    it('reads the history backwards page by page, also when the room has ended', async () => {
      const path = await createRoom('talk');
      const client = await joinAs('talk', 'ada', 'host', 'Ada');
      for (let index = 0; index < 5; index += 1) {
        const key = `message-${index}`;
        client.socket.send(
          JSON.stringify({ type: 'request', id: index, key, name: 'sendChat', data: { text: `text ${index}` } }),
        );
        await client.next('reply');
      }
      await api.call('endRoom', { path });
      const latest = await api.call('readChat', { path, query: { limit: '3' } });
      assert.deepEqual(
        latest.body.messages.map(({ text }) => text),
        ['text 2', 'text 3', 'text 4'],
      );
      const older = await api.call('readChat', { path, query: { limit: '3', before: String(latest.body.next) } });
      assert.deepEqual(
        older.body.messages.map(({ index }) => index),
        [0, 1],
      );
      assert.equal(older.body.next, null);
    });
  });

  describe('development', () => {
    it('hands a token to anyone by GET and POST, as the kit asks for it', async () => {
      const query = { room: 'demo', role: 'host', name: 'Ada', participant: 'tab-1', reason: 'join' };
      for (const operation of ['getDevelopmentToken', 'postDevelopmentToken']) {
        const { status, body } = await api.call(operation, { query, key: null });
        assert.equal(status, 200);
        clients.push(await joinRoom(server.origin, 'demo', body.token));
      }
    });

    it('refuses what no room could hold', async () => {
      for (const operation of ['getDevelopmentToken', 'postDevelopmentToken']) {
        assert.equal(codeOf(await api.call(operation, { query: { room: 'no spaces' } })), 'badRequest');
        assert.equal(codeOf(await api.call(operation, { query: { room: 'short' } })), 'roomEnded');
      }
    });
  });

  it('asks every operation of a back end for its key', async () => {
    const guarded = Object.values(api.document.paths)
      .flatMap((methods) => Object.values(methods))
      .filter(({ security }) => security.some((scheme) => Object.hasOwn(scheme, 'apiKey')));
    assert.ok(guarded.length >= 9);
    const path = { roomId: 'launch', participantId: 'ada' };
    for (const { operationId, requestBody } of guarded) {
      for (const key of [null, 'wrong', '']) {
        const answer = await api.call(operationId, { path, key, ...(requestBody ? { body: {} } : {}) });
        assert.equal(answer.status, 401, operationId);
        assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
      }
    }
  });

  it('refuses bad input by the name of the field', async () => {
    const path = { roomId: 'launch', participantId: 'ada' };
    const bad: [string, object, RegExp][] = [
      ['createRoom', { body: { id: 'no spaces' } }, /^body\.id: /],
      ['createRoom', { body: { title: 7 } }, /^body\.title: /],
      ['createRoom', { body: [] }, /^body/],
      ['createRoom', { body: '{"__proto__": {"title": "x"}}' }, /JSON/],
      ['createRoom', { body: '{' }, /JSON/],
      ['listRooms', { query: { limit: '101' } }, /^query\.limit: /],
      ['listRooms', { query: { limit: 'many' } }, /^query\.limit: /],
      ['getRoom', { path: { roomId: '..' + '/x' } }, /^path\.roomId: /],
      ['endRoom', { path: { roomId: 'x'.repeat(65) } }, /^path\.roomId: /],
      ['reopenRoom', { path: { roomId: ' ' } }, /^path\.roomId: /],
      ['mintToken', { path, body: {} }, /^body\.role: /],
      ['mintToken', { path, body: { role: 'host', permissions: ['everything'] } }, /^body\.permissions\.0: /],
      ['mintToken', { path, body: { role: 'host', ttlSeconds: 0 } }, /^body\.ttlSeconds: /],
      ['listParticipants', { path, query: { role: 'Not A Role' } }, /^query\.role: /],
      ['getParticipant', { path: { ...path, participantId: '<b>' } }, /^path\.participantId: /],
      ['changeRole', { path, body: { role: 5 } }, /^body\.role: /],
      ['removeParticipant', { path: { ...path, participantId: ' ' } }, /^path\.participantId: /],
      ['readChat', { path, query: { before: '-1' } }, /^query\.before: /],
    ];
    for (const [operation, call, message] of bad) {
      const answer = await api.call(operation, call);
      assert.equal(codeOf(answer), 'badRequest', `${operation} ${JSON.stringify(call)}`);
      assert.match(answer.body.error?.message ?? '', message, `${operation} ${JSON.stringify(call)}`);
    }
  });

  it('knows no room that was never made', async () => {
    const path = { roomId: 'nowhere', participantId: 'ada' };
    for (const operation of [
      'getRoom',
      'endRoom',
      'reopenRoom',
      'listParticipants',
      'getParticipant',
      'removeParticipant',
      'readChat',
    ]) {
      assert.equal(codeOf(await api.call(operation, { path })), 'notFound', operation);
    }
    assert.equal(codeOf(await api.call('changeRole', { path, body: { role: 'host' } })), 'notFound');
    assert.equal(codeOf(await api.call('createRoom', { body: { template: 'unheard-of' } })), 'notFound');
  });

  it('refuses bodies too large, and of another kind', async () => {
    const path = { roomId: 'launch', participantId: 'ada' };
    for (const operation of ['createRoom', 'mintToken', 'changeRole']) {
      const large = await api.call(operation, { path, body: { title: 'x'.repeat(70_000) } });
      assert.equal(codeOf(large), 'tooLarge');
      const other = await api.call(operation, { path, body: 'a=b', headers: { 'content-type': 'text/csv' } });
      assert.equal(codeOf(other), 'unsupportedMediaType');
    }
  });

  it('says whether it is alive and ready', async () => {
    assert.equal((await api.call('checkHealth', { key: null })).status, 200);
    assert.equal((await api.call('checkReadiness', { key: null })).status, 200);
    server.media.workers = 0;
    const notReady = await api.call('checkReadiness', { key: null });
    server.media.workers = 1;
    assert.equal(codeOf(notReady), 'unavailable');
    assert.match(notReady.body.error?.message ?? '', /media worker/);
  });
});

describe('REST, set up otherwise', () => {
  it('creates rooms by its own call alone where joining may not', async () => {
    const server = await startTestServer({ createOnJoin: false, dev: true });
    try {
      const api = await ApiClient.open(server.origin, seen);
      const path = { roomId: 'fresh' };
      assert.equal((await api.call('mintToken', { path, body: { role: 'host' } })).status, 404);
      assert.equal((await api.call('getDevelopmentToken', { query: { room: 'fresh' } })).status, 404);
      assert.equal((await api.call('postDevelopmentToken', { query: { room: 'fresh' } })).status, 404);
      await api.call('createRoom', { body: { id: 'fresh' } });
      assert.equal((await api.call('mintToken', { path, body: { role: 'host' } })).status, 201);
    } finally {
      await server.close();
    }
  });

  it('opens to nobody without a key of its own, and hands out no development tokens', async () => {
    const server = await startTestServer({ apiKeys: [] });
    try {
      const api = await ApiClient.open(server.origin, seen);
      for (const key of ['development-api-key', '', null]) {
        assert.equal((await api.call('listRooms', { key })).status, 401);
      }
      assert.ok(!Object.hasOwn(api.document.paths, '/dev/token'));
      assert.equal((await fetch(`${server.origin}/dev/token?role=host`)).status, 404);
    } finally {
      await server.close();
    }
  });

  it('lets tokens in that were signed elsewhere, and signs none', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const folder = await mkdtemp(join(tmpdir(), 'ils-jwks-'));
    const jwks = join(folder, 'jwks.json');
    await writeFile(jwks, JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256', kid: 'one' }] }));
    const server = await startTestServer({ jwks, tokenIssuer: 'https://shop.example' });
    try {
      const api = await ApiClient.open(server.origin, seen);
      await api.call('createRoom', { body: { id: 'shop' } });
      const refused = await api.call('mintToken', { path: { roomId: 'shop' }, body: { role: 'host' } });
      assert.equal(refused.status, 501);
      const token = await new SignJWT({ room: 'shop', role: 'host' })
        .setProtectedHeader({ alg: 'ES256', kid: 'one' })
        .setSubject('ada')
        .setIssuer('https://shop.example')
        .setExpirationTime('1m')
        .sign(privateKey);
      const { socket } = await joinRoom(server.origin, 'shop', token);
      socket.terminate();
    } finally {
      await server.close();
      await rm(folder, { recursive: true });
    }
  });
});

describe('the OpenAPI document', () => {
  it('names no answer that was not seen here, but those of a broken machine', () => {
    const tags = document.tags.filter((tag) => !TESTED_ELSEWHERE.test(tag));
    assert.ok(tags.length > 4);
    assert.deepEqual(document.unseen(tags), []);
  });
});
