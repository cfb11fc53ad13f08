import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { ParticipantId, StreamView } from '../../../src/protocol/index.ts';
import type { FakeRoomMedia } from '../../../server/src/media/fake/fake-media.ts';
import { rankPictures, rankSounds } from '../../../server/src/whip/programme.ts';
import { API_KEY } from '../http/test-server.ts';
import { createFragment, createOffer } from './offers.ts';
import { problemOf, WhipServer } from './whip-client.ts';

const offer = createOffer({ direction: 'recvonly' });

// Each test quotes the section of draft-ietf-wish-whep that it holds.
describe('WHEP, by the letter of draft-ietf-wish-whep', () => {
  let whep: WhipServer;
  let rooms = 0;
  let room = '';
  before(async () => {
    whep = await WhipServer.start({ whipTimeoutSeconds: 10 });
  });
  beforeEach(() => {
    room = `room-${(rooms += 1)}`;
  });
  after(() => whep.close());

  const path = () => `/whep/${room}`;
  const mint = (id: string, role = 'viewer') => whep.token(id, { room, role, validForSeconds: 86_400 });
  const play = async (id = 'player') => {
    const token = await mint(id);
    return { token, ...(await whep.open(token, offer, path())) };
  };
  const publish = async (id: string, options: Parameters<typeof createOffer>[0] = {}) => {
    const token = await mint(id, 'guest');
    return { token, ...(await whep.open(token, createOffer(options), `/whip/${room}`)) };
  };
  const media = (): FakeRoomMedia => {
    const found = whep.server.media.rooms.get(room);
    assert.ok(found);
    return found;
  };
  /** What a player is sent now, once the changes under way have come to rest. */
  const sentTo = async (id = 'player') => {
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    const { subscriptions, streams } = media();
    return [...subscriptions.values()]
      .filter(({ participantId }) => participantId === id)
      .map(({ streamId, paused }) => {
        const stream = streams.get(streamId);
        return `${stream?.participantId} ${stream?.source}${paused ? ' paused' : ''}`;
      })
      .toSorted();
  };
  const speaks = (id: string) => media().observer.activeSpeakerChanged(id as ParticipantId);

  it('4.2 "When a WHEP endpoint receives a HEAD request, it SHOULD respond with a 200 OK … and … Content-Type … application/sdp"', async () => {
    for (const method of ['HEAD', 'GET']) {
      const response = await whep.send(method, path(), null);
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('content-type'), 'application/sdp');
      assert.equal(await response.text(), '');
    }
  });

  it('4.3.1 "If the WHEP endpoint chooses to accept the client’s SDP offer, it MUST generate an SDP answer … and return a 201 Created"', async () => {
    const { response, answer, url } = await play();
    assert.equal(response.headers.get('content-type'), 'application/sdp');
    assert.match(url, new RegExp(`^/whep/${room}/[\\w-]{32}$`));
    assert.match(answer, /^m=audio 9 UDP\/TLS\/RTP\/SAVPF 111\r$/m);
    assert.match(answer, /^m=video 9 UDP\/TLS\/RTP\/SAVPF 96\r$/m);
  });

  it('4.3.5 "When a WHEP endpoint sends an SDP answer …, it MUST use the sendonly attribute", and refuses sendonly and inactive', async () => {
    const { answer } = await play();
    assert.equal(answer.match(/^a=sendonly\r$/gm)?.length, 2);
    for (const direction of ['sendonly', 'inactive']) {
      const response = await whep.post(await mint('other'), createOffer({ direction }), {}, path());
      assert.equal(await problemOf(response), '422 unprocessable');
    }
  });

  it('4.4 "Upon receiving the HTTP DELETE request, the WHEP session will be removed and the resources freed"', async () => {
    await publish('ann');
    const held = whep.held;
    const { url, token } = await play();
    assert.equal(whep.held.transports, held.transports + 1);
    assert.equal((await whep.delete(url, token)).status, 200);
    assert.deepEqual(whep.held, held);
    assert.deepEqual(await sentTo(), []);
  });

  it('4.5 trickles and restarts ICE like WHIP', async () => {
    const { url, token, etag } = await play();
    assert.equal((await whep.patch(url, token, { 'if-match': etag })).status, 204);
    const body = createFragment('ysXw', 'vw5LmwG4y/e6dPP/zAP9Gp5k');
    assert.equal((await whep.patch(url, token, { 'if-match': '*' }, body)).status, 200);
  });

  it('lets in whoever watches by WebRTC, and nobody else', async () => {
    assert.equal((await whep.post(await mint('a', 'host'), offer, {}, path())).status, 201);
    const refused = await whep.post(await mint('b', 'audience'), offer, {}, path());
    assert.equal(await problemOf(refused), '403 forbidden');
    assert.equal(await problemOf(await whep.post(null, offer, {}, path())), '401 unauthorized');
  });

  it('ends with a role that watches otherwise, with its token and with its connection', async () => {
    const before = whep.held.transports;
    await play();
    const moved = await fetch(new URL(`/api/v1/rooms/${room}/participants/player`, whep.server.origin), {
      method: 'PATCH',
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ role: 'audience' }),
    });
    assert.equal(moved.status, 200);
    assert.equal(whep.held.transports, before);
    await play('another');
    whep.clock.advance(10_000);
    assert.equal(whep.held.transports, 0);
  });

  describe('the programme', () => {
    it('is empty with the stage, and begins with the first who publishes', async () => {
      await play();
      assert.deepEqual(await sentTo(), []);
      const { url, token } = await publish('ann');
      assert.deepEqual(await sentTo(), ['ann camera', 'ann microphone']);
      await whep.delete(url, token);
      assert.deepEqual(await sentTo(), []);
    });

    it('stays with the one shown until another speaks', async () => {
      await publish('ann');
      await play();
      await publish('ben');
      assert.deepEqual(await sentTo(), ['ann camera', 'ann microphone']);
      speaks('ben');
      assert.deepEqual(await sentTo(), ['ben camera', 'ben microphone']);
      media().observer.activeSpeakerChanged(null);
      assert.deepEqual(await sentTo(), ['ben camera', 'ben microphone']);
    });

    it('sends a listener the sound alone, of the one who would be shown', async () => {
      const video = { videoPayloads: '98', videoCodecs: ['a=rtpmap:98 VP8/90000'] };
      await publish('ann', video);
      const token = await mint('listener');
      await whep.open(token, createOffer({ direction: 'recvonly', video: false }), path());
      assert.deepEqual(await sentTo('listener'), ['ann microphone']);
    });

    it('sends nothing more to a player that has gone', async () => {
      const { url, token } = await play();
      await whep.delete(url, token);
      await publish('ann');
      assert.deepEqual(await sentTo(), []);
    });
  });
});

describe('what a player with one picture is shown', () => {
  const stream = (name: string, muted = false): StreamView => {
    const [participantId, source] = name.split(' ');
    const kind = source === 'camera' || source === 'screen' ? 'video' : 'audio';
    return { id: name, participantId, source, kind, muted, mutedBy: muted ? 'self' : null } as StreamView;
  };
  const id = (name: string | null) => name as ParticipantId | null;
  const stage = (streams: StreamView[], spotlight: string | null = null, activeSpeaker: string | null = null) => ({
    streams,
    spotlight: id(spotlight),
    activeSpeaker: id(activeSpeaker),
  });
  const [ann, ben, eve] = [stream('ann camera'), stream('ben camera'), stream('eve camera')];
  const screen = stream('ben screen');
  const first = (...asked: Parameters<typeof rankPictures>) => rankPictures(...asked)[0]?.id;

  it('is the screen, else the spotlight, else the speaker, else the one shown, else the first', () => {
    assert.equal(first(stage([ann, ben, screen, eve], 'ann', 'eve'), ann), 'ben screen');
    assert.equal(first(stage([ann, ben, eve], 'ben', 'eve'), ann), 'ben camera');
    assert.equal(first(stage([ann, ben, eve], null, 'eve'), ann), 'eve camera');
    assert.equal(first(stage([ann, ben, eve]), ben), 'ben camera');
    assert.equal(first(stage([ann, ben, eve]), null), 'ann camera');
    assert.equal(first(stage([stream('ann camera', true), ben], 'ann'), null), 'ben camera');
    assert.equal(first(stage([]), ann), undefined);
  });

  it('is heard with its own microphone, else with its own sound, else with the speaker', () => {
    const sounds = ['ann microphone', 'ben microphone', 'ben screenAudio'].map((name) => stream(name));
    const heard = (shown: StreamView | null, streams = sounds, speaker: string | null = null) =>
      rankSounds(stage(streams, null, speaker), shown, null)[0]?.id;
    assert.equal(heard(screen), 'ben microphone');
    assert.equal(heard(screen, [stream('ben microphone', true), stream('ben screenAudio')]), 'ben screenAudio');
    assert.equal(heard(eve, sounds, 'ben'), 'ben microphone');
    assert.equal(heard(null), 'ann microphone');
  });
});
