import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { ProtocolError, type ParticipantId } from '../../../src/protocol/index.ts';
import { API_KEY, joinRoom, type JoinedClient } from '../http/test-server.ts';
import { createFragment, createOffer } from './offers.ts';
import { problemOf, WhipServer } from './whip-client.ts';

const SECOND = 1_000;

describe('WHIP sessions', () => {
  let whip: WhipServer;
  let rooms = 0;
  let room = '';
  before(async () => {
    whip = await WhipServer.start({ whipTimeoutSeconds: 10 });
  });
  beforeEach(() => {
    room = `room-${(rooms += 1)}`;
  });
  after(() => whip.close());

  const path = () => `/whip/${room}`;
  const mint = (id = 'encoder', options: Parameters<WhipServer['token']>[1] = {}) =>
    whip.token(id, { room, validForSeconds: 86_400, ...options });
  const open = async (token: string) => whip.open(token, undefined, path());
  /** What the SFU says of the encoder's connection. */
  const tell = (state: 'connected' | 'lost' | 'closed', id = 'encoder') =>
    whip.server.media.rooms.get(room)?.observer.transportChanged(id as ParticipantId, 'send', state);
  const isThere = async (url: string, token: string) => {
    const { status } = await whip.patch(url, token, { 'if-match': '*' });
    return status === 204;
  };
  const back = (method: string, tail: string, body?: object) =>
    fetch(new URL(`/api/v1/rooms/${room}${tail}`, whip.server.origin), {
      method,
      headers: {
        authorization: `Bearer ${API_KEY}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const nothingIsHeld = () => assert.deepEqual(whip.held, { transports: 0, streams: 0 });
  const join = async (id: string, role: string): Promise<JoinedClient> =>
    joinRoom(whip.server.origin, room, await mint(id, { role }));

  it('ends one that never connects', async () => {
    const token = await mint();
    const { url } = await open(token);
    whip.clock.advance(9 * SECOND);
    assert.ok(await isThere(url, token));
    whip.clock.advance(SECOND);
    assert.ok(!(await isThere(url, token)));
    nothingIsHeld();
  });

  it('waits for one that is silent, and ends it when it stays so', async () => {
    const token = await mint();
    const { url } = await open(token);
    tell('connected');
    whip.clock.advance(60 * SECOND);
    tell('lost');
    whip.clock.advance(9 * SECOND);
    tell('connected');
    whip.clock.advance(60 * SECOND);
    assert.ok(await isThere(url, token));
    tell('lost');
    whip.clock.advance(10 * SECOND);
    assert.ok(!(await isThere(url, token)));
    nothingIsHeld();
  });

  it('ends at once with a DTLS goodbye, and with the loss of the SFU', async () => {
    for (const end of [
      () => tell('closed'),
      () => whip.server.media.rooms.get(room)?.lose('encoder' as ParticipantId),
    ]) {
      const token = await mint();
      const { url } = await open(token);
      tell('connected');
      end();
      assert.ok(!(await isThere(url, token)));
      nothingIsHeld();
    }
  });

  it('ends with its token, unless a fresher one came by PATCH', async () => {
    const token = await mint('encoder', { validForSeconds: 20 });
    const { url } = await open(token);
    tell('connected');
    const fresher = await mint('encoder', { validForSeconds: 60 });
    whip.clock.advance(15 * SECOND);
    assert.ok(await isThere(url, fresher));
    whip.clock.advance(15 * SECOND);
    assert.equal(await problemOf(await whip.patch(url, token)), '401 unauthorized');
    assert.ok(await isThere(url, fresher));
    whip.clock.advance(31 * SECOND);
    nothingIsHeld();
    assert.equal(await problemOf(await whip.delete(url, fresher)), '401 unauthorized');
    assert.equal(await problemOf(await whip.post(fresher, undefined, {}, path())), '401 unauthorized');
  });

  it('is replaced by a second session of the same token, as a socket is', async () => {
    const token = await mint();
    const first = await open(token);
    const second = await open(token);
    assert.deepEqual(whip.held, { transports: 1, streams: 2 });
    assert.equal(await problemOf(await whip.delete(first.url, token)), '404 notFound');
    assert.ok(await isThere(second.url, token));
    await whip.delete(second.url, token);
    nothingIsHeld();
  });

  it('takes the place of a socket, and gives way to one', async () => {
    const page = await join('encoder', 'guest');
    const token = await mint();
    const { url } = await open(token);
    const { error } = (await page.next('bye')) as { error?: { code: string } };
    assert.equal(error?.code, 'joinedElsewhere');
    const again = await join('encoder', 'guest');
    assert.ok(!(await isThere(url, token)));
    nothingIsHeld();
    again.socket.terminate();
  });

  it('leaves the place alone where the offer is refused', async () => {
    const page = await join('encoder', 'guest');
    const token = await mint();
    const refused = await whip.post(token, createOffer({ direction: 'inactive' }), {}, path());
    assert.equal(await problemOf(refused), '422 unprocessable');
    page.socket.send(JSON.stringify({ type: 'ping', at: 1 }));
    await page.next('pong');
    page.socket.terminate();
  });

  it('ends the many that begin at once, save one', async () => {
    const token = await mint();
    const responses = await Promise.all(Array.from({ length: 8 }, () => whip.post(token, undefined, {}, path())));
    const statuses = await Promise.all(
      responses.map(async (response) => {
        await response.text();
        return response.status;
      }),
    );
    assert.ok(statuses.every((status) => status === 201));
    assert.deepEqual(whip.held, { transports: 1, streams: 2 });
    const there = await Promise.all(responses.map(({ headers }) => isThere(headers.get('location') ?? '', token)));
    assert.equal(there.filter(Boolean).length, 1);
    await Promise.all(responses.map(({ headers }) => whip.delete(headers.get('location') ?? '', token)));
    nothingIsHeld();
  });

  it('ends when a host removes the participant, whose token opens no more', async () => {
    const token = await mint();
    const { url } = await open(token);
    assert.equal((await back('DELETE', '/participants/encoder')).status, 200);
    assert.ok(!(await isThere(url, token)));
    nothingIsHeld();
    assert.equal(await problemOf(await whip.post(token, undefined, {}, path())), '403 forbidden');
  });

  it('ends with a role that does not publish what it sends', async () => {
    const token = await mint();
    const { url } = await open(token);
    const moved = await back('PATCH', '/participants/encoder', { role: 'viewer' });
    assert.equal(moved.status, 200, await moved.text());
    assert.ok(!(await isThere(url, token)));
    nothingIsHeld();
    // The role given in the room wins over the token's.
    assert.equal(await problemOf(await whip.post(token, undefined, {}, path())), '403 forbidden');
  });

  it('ends with the room', async () => {
    const token = await mint();
    const { url } = await open(token);
    await back('DELETE', '');
    assert.ok(!(await isThere(url, token)));
    assert.equal(await problemOf(await whip.post(token, undefined, {}, path())), '410 roomEnded');
    nothingIsHeld();
  });

  it('leaves nobody behind where the SFU takes no room', async () => {
    const watcher = await join('watcher', 'viewer');
    const { media } = whip.server;
    media.failure = new ProtocolError('unavailable', 'No worker.', 1_500);
    const response = await whip.post(await mint(), undefined, {}, path());
    media.failure = null;
    assert.equal(response.headers.get('retry-after'), '2');
    assert.equal(await problemOf(response), '503 unavailable');
    const { participants } = (await (await back('GET', '/participants')).json()) as { participants: { id: string }[] };
    assert.deepEqual(
      participants.map(({ id }) => id),
      ['watcher'],
    );
    watcher.socket.terminate();
  });

  it('keeps session and fragment of another room apart', async () => {
    const token = await mint();
    const { url, etag } = await open(token);
    const elsewhere = await whip.token('encoder', { room: 'elsewhere' });
    assert.equal(await problemOf(await whip.delete(url, elsewhere)), '403 forbidden');
    const moved = url.replace(room, 'elsewhere');
    assert.equal(await problemOf(await whip.delete(moved, elsewhere)), '404 notFound');
    assert.equal(await problemOf(await whip.delete(url.replace('/whip/', '/whep/'), token)), '404 notFound');
    const response = await whip.patch(url, token, { 'if-match': etag }, createFragment());
    assert.equal(response.status, 204);
  });

  it('logs no token', async () => {
    const token = await mint();
    const { url } = await open(token);
    await whip.patch(url, token);
    await whip.delete(url, token);
    assert.ok(!whip.server.log().includes(token));
  });
});
