import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createIceServers } from '../../../server/src/media/mediasoup/ice-servers.ts';
import type { ParticipantId } from '../../../src/protocol/index.ts';
import { joinRoom } from '../http/test-server.ts';
import { createFragment, createOffer } from './offers.ts';
import { problemOf, WhipServer } from './whip-client.ts';

// Each test quotes the section of RFC 9725 that it holds.
describe('WHIP, by the letter of RFC 9725', () => {
  let whip: WhipServer;
  let names = 0;
  before(async () => {
    whip = await WhipServer.start({
      stunUrls: ['stun:stun.example.net'],
      turnUrls: ['turn:turn.example.net?transport=udp', 'turns:turn.example.net?transport=tcp'],
      turnSecret: 'a shared secret',
      allowedOrigins: ['https://studio.example'],
    });
  });
  after(() => whip.close());

  const newToken = () => whip.token(`encoder-${(names += 1)}`);
  const openNew = async () => {
    const token = await newToken();
    return { token, ...(await whip.open(token)) };
  };

  describe('4.1 HTTP Usage', () => {
    it('"… MUST return a 2XX successful response with no content when a GET request is received"', async () => {
      const { url } = await openNew();
      for (const path of ['/whip/launch', url]) {
        const response = await whip.send('GET', path, null);
        assert.equal(response.status, 204);
        assert.equal(await response.text(), '');
      }
    });

    it('answers errors with a problem statement, and methods that are not there with what is', async () => {
      for (const method of ['PUT', 'PATCH', 'DELETE']) {
        const response = await whip.send(method, '/whip/launch', null);
        assert.equal(response.headers.get('allow'), 'GET, HEAD, OPTIONS, POST');
        assert.equal(await problemOf(response), '405 methodNotAllowed');
      }
      const { url } = await openNew();
      for (const method of ['PUT', 'POST']) {
        const response = await whip.send(method, url, null, { 'content-type': 'text/plain' }, 'x');
        assert.equal(response.headers.get('allow'), 'DELETE, GET, HEAD, OPTIONS, PATCH');
        assert.equal(await problemOf(response), '405 methodNotAllowed');
      }
    });
  });

  describe('4.2 Ingest Session Setup', () => {
    it('"… return a 201 Created response with a content type of application/sdp, the SDP answer as the body, and a Location header field"', async () => {
      const { response, answer, url } = await openNew();
      assert.equal(response.headers.get('content-type'), 'application/sdp');
      assert.match(url, /^\/whip\/launch\/[\w-]{32}$/);
      assert.ok(answer.startsWith('v=0\r\n') && answer.endsWith('\r\n'));
    });

    it('"The WHIP endpoint MUST use the recvonly attribute in the SDP answer"', async () => {
      const { answer } = await openNew();
      assert.equal(answer.match(/^a=recvonly\r$/gm)?.length, 2);
      assert.doesNotMatch(answer, /a=send/);
    });

    it('takes sendrecv, and refuses inactive and recvonly, which "MUST NOT be used"', async () => {
      assert.equal((await whip.post(await newToken(), createOffer({ direction: 'sendrecv' }))).status, 201);
      for (const direction of ['inactive', 'recvonly']) {
        const response = await whip.post(await newToken(), createOffer({ direction }));
        assert.equal(await problemOf(response), '422 unprocessable');
      }
    });

    it('"If the HTTP POST to the WHIP endpoint has a content type different than application/sdp or the SDP is malformed, … MUST reject"', async () => {
      const token = await newToken();
      for (const type of ['application/json', 'text/plain', 'application/trickle-ice-sdpfrag']) {
        const response = await whip.post(token, createOffer(), { 'content-type': type });
        assert.equal(await problemOf(response), '415 unsupportedMediaType');
      }
      assert.equal(await problemOf(await whip.post(token, 'hello')), '400 badRequest');
    });

    it('"The WHIP endpoints MUST support OPTIONS requests for CORS … SHOULD include an Accept-Post header"', async () => {
      const headers = { origin: 'https://studio.example', 'access-control-request-method': 'POST' };
      const response = await whip.send('OPTIONS', '/whip/launch', null, headers);
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('accept-post'), 'application/sdp');
      assert.equal(response.headers.get('access-control-allow-origin'), 'https://studio.example');
      assert.match(response.headers.get('access-control-allow-methods') ?? '', /PATCH/);
      assert.match(response.headers.get('access-control-allow-headers') ?? '', /authorization.*if-match/);
      assert.equal(response.headers.get('link'), null);
      const elsewhere = await whip.send('OPTIONS', '/whip/launch', null, {
        ...headers,
        origin: 'https://evil.example',
      });
      assert.equal(elsewhere.headers.get('access-control-allow-origin'), null);
      const created = await whip.post(await newToken(), createOffer(), { origin: 'https://studio.example' });
      for (const name of ['Location', 'ETag', 'Link']) {
        assert.ok(created.headers.get('access-control-expose-headers')?.includes(name));
      }
    });

    it('"Upon receiving the HTTP DELETE request, the WHIP session will be removed and the resources freed"', async () => {
      const before = whip.held;
      const { url, token } = await openNew();
      assert.deepEqual(whip.held, { transports: before.transports + 1, streams: before.streams + 2 });
      assert.equal((await whip.delete(url, token)).status, 200);
      assert.deepEqual(whip.held, before);
      assert.equal(await problemOf(await whip.delete(url, token)), '404 notFound');
    });
  });

  describe('4.3.1 HTTP PATCH Request Usage', () => {
    it('"If the HTTP PATCH … has a content type different … or the SDP fragment is malformed, … MUST reject"', async () => {
      const { url, token, etag } = await openNew();
      const other = await whip.patch(url, token, { 'content-type': 'application/sdp', 'if-match': etag });
      assert.equal(await problemOf(other), '415 unsupportedMediaType');
      for (const body of ['', 'hello', createFragment('EsAw', 'short')]) {
        assert.equal(await problemOf(await whip.patch(url, token, { 'if-match': etag }, body)), '400 badRequest');
      }
    });

    it('"… MUST generate a unique strong entity-tag identifying the ICE session"', async () => {
      const [one, two] = [await openNew(), await openNew()];
      assert.match(one.etag, /^"[\w-]+"$/);
      assert.notEqual(one.etag, two.etag);
    });

    it('"WHIP sessions MUST ignore any entity-tag value … as in the HTTP DELETE request"', async () => {
      const { url, token } = await openNew();
      assert.equal((await whip.delete(url, token, { 'if-match': '"another"' })).status, 200);
    });

    it('"… 428 Precondition Required for a missing entity tag, and 412 Precondition Failed for a non-matching entity tag"', async () => {
      const { url, token } = await openNew();
      assert.equal(await problemOf(await whip.patch(url, token)), '428 preconditionRequired');
      const other = await whip.patch(url, token, { 'if-match': '"another"' });
      assert.equal(await problemOf(other), '412 preconditionFailed');
    });
  });

  describe('4.3.2 Trickle ICE', () => {
    it('"… MUST return a 204 No Content response without a body and MUST NOT include an ETag header", discarding what it cannot use', async () => {
      const { url, token, etag } = await openNew();
      const response = await whip.patch(url, token, { 'if-match': etag });
      assert.equal(response.status, 204);
      assert.equal(response.headers.get('etag'), null);
      assert.equal(await response.text(), '');
    });

    it('"… the SDP answer SHALL contain the full list of ICE candidates"', async () => {
      assert.match((await openNew()).answer, /a=end-of-candidates/);
    });
  });

  describe('4.3.3 ICE Restarts', () => {
    const restart = (url: string, token: string, ufrag: string) =>
      whip.patch(url, token, { 'if-match': '*' }, createFragment(ufrag, 'vw5LmwG4y/e6dPP/zAP9Gp5k'));

    it('"… SHALL return a 200 OK with an application/trickle-ice-sdpfrag body containing the new ICE username fragment and password" and "the new entity-tag"', async () => {
      const { url, token, etag, answer } = await openNew();
      const response = await restart(url, token, 'ysXw');
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('content-type'), 'application/trickle-ice-sdpfrag');
      const fragment = await response.text();
      const ufragOf = (sdp: string) => /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1];
      assert.ok(ufragOf(fragment));
      assert.notEqual(ufragOf(fragment), ufragOf(answer));
      assert.match(fragment, /^a=ice-lite\r\na=ice-options:trickle ice2\r\n/);
      const fresh = response.headers.get('etag') ?? '';
      assert.notEqual(fresh, etag);
      // Candidates of the ICE session of before come too late, those of the new one do not.
      assert.equal(await problemOf(await whip.patch(url, token, { 'if-match': etag })), '412 preconditionFailed');
      const trickled = createFragment('ysXw', 'vw5LmwG4y/e6dPP/zAP9Gp5k');
      assert.equal((await whip.patch(url, token, { 'if-match': fresh }, trickled)).status, 204);
    });

    it('takes "*" in quotes too, as the figure has it', async () => {
      const { url, token } = await openNew();
      const body = createFragment('ysXw', 'vw5LmwG4y/e6dPP/zAP9Gp5k');
      assert.equal((await whip.patch(url, token, { 'if-match': '"*"' }, body)).status, 200);
    });

    it('"If the ICE restart request cannot be satisfied … MUST NOT terminate the session"', async () => {
      const { url, token } = await openNew();
      const response = await whip.patch(url, token, { 'if-match': '*' }, 'a=end-of-candidates\r\n');
      assert.equal(await problemOf(response), '422 unprocessable');
      assert.equal((await restart(url, token, 'abcd')).status, 200);
    });
  });

  describe('4.4 WebRTC Constraints', () => {
    const refusal = async (options: Parameters<typeof createOffer>[0]) =>
      problemOf(await whip.post(await newToken(), createOffer(options)));

    it('4.4.1 bundles all, multiplexes RTCP, and says so', async () => {
      const { answer } = await openNew();
      assert.match(answer, /^a=group:BUNDLE 0 1\r$/m);
      assert.equal(answer.match(/^a=rtcp-mux-only\r$/gm)?.length, 2);
      assert.equal(await refusal({ bundle: 'a=group:LS 0 1' }), '422 unprocessable');
    });

    it('4.4.2 "… MUST NOT have two or more MediaStreamTracks for the same media", nor two streams', async () => {
      const offer = createOffer({ audio: false });
      const second = offer.slice(offer.indexOf('m=video')).replace('a=mid:1', 'a=mid:2');
      const two = `${offer.replace('BUNDLE 1', 'BUNDLE 1 2')}${second}`;
      assert.equal(await problemOf(await whip.post(await newToken(), two)), '422 unprocessable');
      const streams = createOffer().replace('a=msid:d46fb922', 'a=msid:e46fb922');
      assert.equal(await problemOf(await whip.post(await newToken(), streams)), '422 unprocessable');
    });

    it('4.4.3 rejects all rather than one m= section', async () => {
      const held = whip.held;
      assert.equal(await refusal({ videoPayloads: '45', videoCodecs: ['a=rtpmap:45 AV1/90000'] }), '422 unprocessable');
      assert.deepEqual(whip.held, held);
    });

    it('4.4.4 answers actpass and active with passive, and refuses what is no role', async () => {
      for (const setup of ['actpass', 'active']) {
        const { answer } = await whip.open(await newToken(), createOffer({ setup }));
        assert.match(answer, /a=setup:passive/);
      }
      assert.match((await whip.open(await newToken(), createOffer({ setup: 'passive' }))).answer, /a=setup:active/);
      assert.equal(await refusal({ setup: 'holdconn' }), '422 unprocessable');
    });
  });

  it('4.6 STUN/TURN: one Link header field for each, with its credentials', async () => {
    const { media, mediaOptions } = whip.server;
    media.iceServers = createIceServers(mediaOptions.iceServers ?? [], 'encoder' as ParticipantId);
    const { response } = await openNew();
    media.iceServers = [];
    const links = response.headers.get('link') ?? '';
    assert.match(links, /<stun:stun\.example\.net>; rel="ice-server"/);
    const turn =
      /<turn:turn\.example\.net\?transport=udp>; rel="ice-server"; username="(\d+:[\w-]+)"; credential="(\S+)"; credential-type="password"/;
    assert.match(links, turn);
    assert.match(links, /<turns:turn\.example\.net\?transport=tcp>/);
  });

  describe('4.7 Authentication and Authorization', () => {
    it('asks for a Bearer token, and takes it whatever the case of the word', async () => {
      const response = await whip.post(null);
      assert.equal(response.headers.get('www-authenticate'), 'Bearer');
      assert.equal(await problemOf(response), '401 unauthorized');
      const lower = await whip.post(null, createOffer(), { authorization: `bearer ${await newToken()}` });
      assert.equal(lower.status, 201);
    });

    it('asks for it in PATCH and DELETE too', async () => {
      const { url, etag } = await openNew();
      assert.equal(await problemOf(await whip.patch(url, null, { 'if-match': etag })), '401 unauthorized');
      assert.equal(await problemOf(await whip.delete(url, null)), '401 unauthorized');
    });
  });

  it('4.8 Simulcast: answers the rids it takes, as RFC 8853 section 5.3.2 has it', async () => {
    const videoLines = ['a=rid:h send', 'a=rid:m send', 'a=rid:l send', 'a=simulcast:send h;m;~l'];
    const { answer } = await whip.open(await newToken(), createOffer({ videoLines }));
    for (const rid of ['h', 'm', 'l']) assert.match(answer, new RegExp(`^a=rid:${rid} recv\\r$`, 'm'));
    assert.match(answer, /^a=simulcast:recv h;m;l\r$/m);
    const rooms = [...whip.server.media.rooms.values()];
    const stream = rooms.flatMap(({ streams }) => [...streams.values()]).findLast(({ source }) => source === 'camera');
    // The SFU counts layers from the smallest.
    assert.deepEqual(
      stream?.rtpParameters.encodings?.map(({ rid }) => rid),
      ['l', 'm', 'h'],
    );
  });

  it('shows the participant to the room like one who came by a socket', async () => {
    const watcher = await joinRoom(whip.server.origin, 'launch', await whip.token('watcher', { role: 'viewer' }));
    const token = await whip.token('seen', { name: 'Seen' });
    const { url } = await whip.open(token);
    const told = [];
    for (let index = 0; index < 3; index += 1) told.push(await watcher.next('event'));
    assert.deepEqual(
      told.map(({ name }) => name),
      ['participantJoined', 'streamPublished', 'streamPublished'],
    );
    await whip.delete(url, token);
    const left = [];
    for (let index = 0; index < 3; index += 1) left.push(await watcher.next('event'));
    assert.deepEqual(
      left.map(({ name }) => name),
      ['streamUnpublished', 'streamUnpublished', 'participantLeft'],
    );
    watcher.socket.terminate();
  });
});
