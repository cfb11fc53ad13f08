import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { BUILT_IN_ROLES, ProtocolError } from '../../../src/protocol/index.ts';
import { SqliteRoomStore } from '../../../server/src/store/sqlite/sqlite-room-store.ts';
import { TestServer } from '../ws/test-server.ts';

describe('participants', () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await TestServer.start();
  });

  afterEach(async () => {
    assert.deepEqual(server.errors, []);
    await server.stop();
  });

  it('[N3] are announced where the role publishes or may more than all, else counted', async () => {
    const host = await server.join('host', { role: 'host' });
    for (const role of ['producer', 'guest', 'viewer', 'audience']) await server.join(`a-${role}`, { role });
    await host.event('participantJoined', ({ participant }) => participant.id === 'a-guest');
    await host.settle();
    assert.deepEqual(
      host.eventsNamed('participantJoined').map(({ participant }) => participant.id),
      ['a-producer', 'a-guest'],
    );
    const viewer = await server.join('another');
    assert.deepEqual(
      viewer.welcome.snapshot?.participants.map(({ id }) => id),
      ['host', 'a-producer', 'a-guest', 'another'],
    );
    assert.deepEqual(viewer.welcome.snapshot?.counts, { host: 1, producer: 1, guest: 1, viewer: 2, audience: 1 });
  });

  it('[T5] find friends and companions, and nothing of those of others', async () => {
    const ada = await server.join('ada', {
      name: 'Ada',
      groups: ['Row 3', 'Physics'],
      friends: ['bob', 'gone'] as never[],
    });
    const bob = await server.join('bob', { name: 'Bob', groups: ['Physics'] });
    const cleo = await server.join('cleo', { name: 'Cleo', groups: ['Row 3', 'Chess'] });
    const dan = await server.join('dan', { name: 'Dan', friends: ['bob'] as never[] });
    const list = async (client: typeof ada, query = {}) => {
      const { participants, related, total } = await client.ask('listParticipants', query);
      return [related, total, ...participants.map(({ id, isFriend, groups }) => [id, isFriend ?? false, groups ?? []])];
    };
    const physicist = ['bob', true, ['Physics']];
    const neighbour = ['cleo', false, ['Row 3']];
    assert.deepEqual(await list(ada, { related: true }), [2, 2, physicist, neighbour]);
    assert.deepEqual(await list(ada, { search: 'row' }), [2, 1, neighbour]);
    assert.deepEqual(await list(ada), [2, 4, ['ada', false, []], physicist, neighbour, ['dan', false, []]]);
    assert.deepEqual(await list(bob, { related: true }), [1, 1, ['ada', false, ['Physics']]]);
    assert.deepEqual(await list(dan, { related: true }), [1, 1, ['bob', true, []]]);
    // A group that one is not in is not found, and told of nowhere else.
    assert.deepEqual(await list(cleo, { search: 'physics' }), [1, 0]);
    for (const secret of ['Chess', 'gone'])
      assert.equal(JSON.stringify([ada.frames, bob.frames]).includes(secret), false);
    await bob.ask('refreshToken', { token: await server.token('bob', { name: 'Bob' }) });
    assert.deepEqual(await list(bob, { related: true }), [0, 0]);
    assert.deepEqual(await list(ada, { related: true }), [2, 2, ['bob', true, []], neighbour]);
  });

  it('[N3] are counted at most once a second', async () => {
    const host = await server.join('host', { role: 'host' });
    server.clock.advance(0);
    await host.signal('participantsCounted');
    for (let index = 0; index < 5; index += 1) await server.join(`viewer-${index}`);
    server.clock.advance(999);
    await host.settle();
    assert.deepEqual(host.signals('participantsCounted'), [{ counts: { host: 1 }, total: 1 }]);
    server.clock.advance(1);
    await host.until(() => host.signals('participantsCounted').length === 2, 'the next count');
    assert.deepEqual(host.signals('participantsCounted')[1], { counts: { host: 1, viewer: 5 }, total: 6 });
  });

  it('[N3] are told of by roleChanged, and hidden where the role is not announced', async () => {
    const host = await server.join('host', { role: 'host' });
    await server.join('ada', { role: 'guest' });
    const bob = await server.join('bob');
    await host.ask('changeRole', { participantId: 'ada', role: 'viewer' });
    assert.deepEqual(
      host.events.slice(-2).map(({ name, data }) => [name, 'reason' in data ? data.reason : null]),
      [
        ['roleChanged', null],
        ['participantLeft', 'hidden'],
      ],
    );
    await bob.ask('changeRole', { participantId: 'bob', role: 'audience' });
    const { participant, previousRole, changedBy } = await bob.event(
      'roleChanged',
      (each) => each.participant.id === 'bob',
    );
    assert.deepEqual([participant.role, previousRole, changedBy], ['audience', 'viewer', 'bob']);
    const left = host.eventsNamed('participantLeft').length;
    await bob.ask('leave', {});
    await host.settle();
    assert.equal(host.eventsNamed('participantLeft').length, left);
  });

  it('are listed by name in pages, found by name and by role', async () => {
    const ada = await server.join('ada', { name: 'Ada' });
    for (const name of ['Émile', 'bob', 'Bob', 'Zoë', 'carol']) {
      await server.join(`id-${name.codePointAt(0)}`, { name, role: name === 'Zoë' ? 'guest' : 'viewer' });
    }
    const names: string[] = [];
    let after: string | undefined;
    do {
      const page = await ada.ask('listParticipants', { limit: 2, ...(after === undefined ? {} : { after }) });
      assert.equal(page.total, 6);
      names.push(...page.participants.map(({ name }) => name));
      after = page.next ?? undefined;
    } while (after !== undefined);
    assert.deepEqual(names, ['Ada', 'Bob', 'bob', 'carol', 'Zoë', 'Émile']);
    const found = await ada.ask('listParticipants', { search: ' BOB' });
    assert.deepEqual([found.total, found.next], [2, null]);
    const guests = await ada.ask('listParticipants', { role: 'guest' });
    assert.deepEqual(
      guests.participants.map(({ name }) => name),
      ['Zoë'],
    );
  });

  it('show no more of each other than the view', async () => {
    const ada = await server.join('ada');
    const { participants } = await ada.ask('listParticipants', {});
    assert.deepEqual(Object.keys(participants[0]!), ['id', 'name', 'role', 'joinedAt', 'lost']);
  });

  it('[P2] are offered a role that publishes more, and take it by consent', async () => {
    const host = await server.join('host', { role: 'host' });
    const ada = await server.join('ada');
    const { status, offerId } = await host.ask('changeRole', { participantId: 'ada', role: 'guest' });
    assert.equal(status, 'offered');
    const { offer } = await ada.event('roleOffered');
    assert.deepEqual(offer, {
      id: offerId,
      participantId: 'ada',
      role: 'guest',
      offeredBy: 'host',
      expiresAt: server.clock.now() + 60_000,
    });
    const late = await server.join('late');
    assert.deepEqual(late.welcome.snapshot?.roleOffers, [offer]);
    assert.deepEqual(ada.eventsNamed('roleChanged'), []);
    assert.equal(await late.codeOf('answerRoleOffer', { offerId: offer.id, accept: true }), 'forbidden');
    assert.equal(await host.codeOf('answerRoleOffer', { offerId: offer.id, accept: true }), 'forbidden');
    await ada.ask('answerRoleOffer', { offerId: offer.id, accept: true });
    assert.equal((await host.event('roleOfferEnded')).outcome, 'accepted');
    const changed = await host.event('roleChanged');
    assert.deepEqual([changed.participant.role, changed.changedBy], ['guest', 'host']);
    assert.equal(await ada.codeOf('openTransport', { direction: 'send' }), null);
  });

  it('[P2] may decline', async () => {
    const host = await server.join('host', { role: 'host' });
    const ada = await server.join('ada');
    await host.ask('changeRole', { participantId: 'ada', role: 'guest' });
    const { offer } = await ada.event('roleOffered');
    await ada.ask('answerRoleOffer', { offerId: offer.id, accept: false });
    assert.equal((await host.event('roleOfferEnded')).outcome, 'declined');
    assert.deepEqual(host.eventsNamed('roleChanged'), []);
    assert.equal(await ada.codeOf('openTransport', { direction: 'send' }), 'forbidden');
  });

  it('[P2] are moved at once to a role that publishes no more', async () => {
    const host = await server.join('host', { role: 'host' });
    await server.join('ada', { role: 'guest' });
    assert.deepEqual(await host.ask('changeRole', { participantId: 'ada', role: 'viewer' }), { status: 'changed' });
    assert.deepEqual(await host.ask('changeRole', { participantId: 'ada', role: 'viewer' }), { status: 'unchanged' });
    assert.equal(await host.codeOf('changeRole', { participantId: 'bob', role: 'viewer' }), 'notFound');
    assert.equal(await host.codeOf('changeRole', { participantId: 'ada', role: 'director' }), 'notFound');
  });

  it('[P2] may step down without permission, and not up', async () => {
    const ada = await server.join('ada', { role: 'guest' });
    const up = ['host', 'producer'];
    for (const role of up) assert.equal(await ada.codeOf('changeRole', { participantId: 'ada', role }), 'forbidden');
    for (const role of ['viewer', 'audience']) {
      assert.deepEqual(await ada.ask('changeRole', { participantId: 'ada', role }), { status: 'changed' });
    }
    for (const role of [...up, 'guest', 'viewer']) {
      assert.equal(await ada.codeOf('changeRole', { participantId: 'ada', role }), 'forbidden');
    }
    await server.join('bob');
    assert.equal(await ada.codeOf('changeRole', { participantId: 'bob', role: 'audience' }), 'forbidden');
  });

  it('[P3] have 60 s to answer', async () => {
    const host = await server.join('host', { role: 'host' });
    const ada = await server.join('ada');
    await host.ask('changeRole', { participantId: 'ada', role: 'guest' });
    const { offer } = await ada.event('roleOffered');
    await server.elapse(59_999, host, ada);
    assert.deepEqual(host.eventsNamed('roleOfferEnded'), []);
    server.clock.advance(1);
    assert.equal((await host.event('roleOfferEnded')).outcome, 'expired');
    assert.equal(await ada.codeOf('answerRoleOffer', { offerId: offer.id, accept: true }), 'expired');
  });

  it('[P3] lose an offer that is withdrawn, followed by another, or outlived', async () => {
    const host = await server.join('host', { role: 'host' });
    const ada = await server.join('ada');
    const offer = async (role: string) => (await host.ask('changeRole', { participantId: 'ada', role })).offerId!;
    const first = await offer('guest');
    await host.ask('withdrawRoleOffer', { offerId: first });
    assert.equal(await host.codeOf('withdrawRoleOffer', { offerId: first }), 'expired');
    const second = await offer('guest');
    const third = await offer('host');
    assert.equal(await ada.codeOf('answerRoleOffer', { offerId: second, accept: true }), 'expired');
    await ada.ask('leave', {});
    await host.event('roleOfferEnded', ({ offerId }) => offerId === third);
    assert.deepEqual(
      host.eventsNamed('roleOfferEnded').map(({ offerId, outcome }) => [offerId, outcome]),
      [first, second, third].map((id) => [id, 'withdrawn']),
    );
  });

  it('[P4] lose the streams that a new role does not publish', async () => {
    const host = await server.join('host', { role: 'host' });
    const ada = await server.join('ada', { role: 'host' });
    const { transport } = await ada.ask('openTransport', { direction: 'send' });
    const publish = async (source: 'camera' | 'microphone' | 'screen') =>
      (await ada.ask('publish', { transportId: transport.id, source, rtpParameters: VIDEO })).streamId;
    const [camera, , screen] = [await publish('camera'), await publish('microphone'), await publish('screen')];
    await host.ask('changeRole', { participantId: 'ada', role: 'guest' });
    assert.deepEqual(host.eventsNamed('streamUnpublished'), [
      { streamId: screen, participantId: 'ada', reason: 'roleChanged' },
    ]);
    assert.equal(server.media.statistics().streams, 2);
    await host.ask('changeRole', { participantId: 'ada', role: 'viewer' });
    assert.equal(server.media.statistics().streams, 0);
    assert.equal(await ada.codeOf('muteStream', { streamId: camera, muted: true }), 'notFound');
    assert.equal(
      await ada.codeOf('publish', { transportId: transport.id, source: 'camera', rtpParameters: VIDEO }),
      'forbidden',
    );
  });

  it('[P4] lose a stream that the SFU was about to open when the role changed', async () => {
    const host = await server.join('host', { role: 'host' });
    const ada = await server.join('ada', { role: 'guest' });
    const { transport } = await ada.ask('openTransport', { direction: 'send' });
    const held = Promise.withResolvers<void>();
    server.media.ready = held.promise;
    const publishing = ada.request('publish', { transportId: transport.id, source: 'camera', rtpParameters: VIDEO });
    await ada.settle();
    await host.ask('changeRole', { participantId: 'ada', role: 'viewer' });
    held.resolve();
    assert.equal((await publishing).error?.code, 'forbidden');
    assert.equal(server.media.statistics().streams, 0);
    assert.deepEqual(host.eventsNamed('streamPublished'), []);
  });

  it('[P5] muted by a host unmute themselves, and nobody else can', async () => {
    const host = await server.join('host', { role: 'host' });
    const ada = await server.join('ada', { role: 'guest' });
    const { transport } = await ada.ask('openTransport', { direction: 'send' });
    const publish = async (source: 'camera' | 'microphone') =>
      (await ada.ask('publish', { transportId: transport.id, source, rtpParameters: VIDEO })).streamId;
    const [camera, microphone] = [await publish('camera'), await publish('microphone')];
    assert.deepEqual(await host.ask('muteParticipant', { participantId: 'ada', source: 'microphone' }), { muted: 1 });
    assert.deepEqual(host.eventsNamed('streamMuted'), [{ streamId: microphone, muted: true, mutedBy: 'host' }]);
    assert.equal(await host.codeOf('muteStream', { streamId: microphone, muted: false }), 'forbidden');
    await ada.ask('muteStream', { streamId: microphone, muted: false });
    assert.deepEqual(await ada.event('streamMuted', ({ muted }) => !muted), {
      streamId: microphone,
      muted: false,
      mutedBy: null,
    });
    await ada.ask('muteStream', { streamId: camera, muted: true });
    assert.deepEqual(await host.ask('muteParticipant', { participantId: 'ada' }), { muted: 1 });
    const { welcome } = await server.join('late');
    assert.deepEqual(
      welcome.snapshot?.streams.map(({ id, muted, mutedBy }) => [id, muted, mutedBy]),
      [
        [camera, true, 'self'],
        [microphone, true, 'host'],
      ],
    );
    assert.equal(await host.codeOf('muteParticipant', { participantId: 'nobody' }), 'notFound');
  });

  it('[P6] removed cannot come back with a token issued before, and can with one issued later', async () => {
    const host = await server.join('host', { role: 'host' });
    const guest = await server.join('guest', { role: 'guest' });
    const { transport } = await guest.ask('openTransport', { direction: 'send' });
    await guest.ask('publish', { transportId: transport.id, source: 'camera', rtpParameters: VIDEO });
    const before = await server.token('guest', { role: 'guest' });
    server.clock.advance(10);
    await host.ask('removeParticipant', { participantId: 'guest' });
    assert.equal(await guest.closed(), 'removed');
    assert.equal((await host.event('streamUnpublished')).reason, 'removed');
    assert.deepEqual(await host.event('participantLeft'), { participantId: 'guest', reason: 'removed' });
    const tokens = [before, await server.token('guest', { role: 'guest' })];
    for (const token of tokens) {
      const again = await server.open();
      again.sendHello({ token, resume: { sessionKey: guest.welcome.sessionKey, lastSeq: guest.lastSeq } });
      assert.equal(await again.closed(), 'removed');
    }
    server.clock.advance(1);
    assert.equal((await server.join('guest', { role: 'guest' })).welcome.resumed, false);
    assert.equal(await host.codeOf('removeParticipant', { participantId: 'nobody' }), 'notFound');
  });

  it('[P9] hear what they may after a change of role, role and token together, and nobody else does', async () => {
    const host = await server.join('host', { role: 'host' });
    const ada = await server.join('ada', { role: 'guest', permissions: ['chat.moderate'] });
    await host.ask('changeRole', { participantId: 'ada', role: 'producer' });
    await host.ask('changeRole', { participantId: 'ada', role: 'audience' });
    await ada.settle();
    const { permissions } = BUILT_IN_ROLES.producer;
    assert.deepEqual(
      ada.signals('permissionsChanged').map((signal) => new Set(signal.permissions)),
      [new Set(permissions), new Set([...BUILT_IN_ROLES.audience.permissions, 'chat.moderate'])],
    );
    assert.deepEqual(host.signals('permissionsChanged'), []);
  });

  it('[P9] hear what they may with a fresh token, before its reply', async () => {
    const ada = await server.join('ada');
    const token = await server.token('ada', { permissions: ['stage.arrange'] });
    const reply = ada.sendRequest('refreshToken', { token });
    await ada.reply(reply);
    assert.deepEqual(ada.signals('permissionsChanged'), [
      { permissions: [...BUILT_IN_ROLES.viewer.permissions, 'stage.arrange'] },
    ]);
    assert.equal(await ada.codeOf('spotlight', { participantId: 'ada' }), null);
    await ada.ask('refreshToken', { token: await server.token('ada') });
    assert.deepEqual(ada.signals('permissionsChanged')[1], {
      permissions: BUILT_IN_ROLES.viewer.permissions,
    });
  });

  it('[P9] hear what they may on their return, where no snapshot says so', async () => {
    const host = await server.join('host', { role: 'host' });
    const ada = await server.join('ada', { role: 'guest' });
    ada.cut();
    await host.event('participantLost');
    await host.ask('changeRole', { participantId: 'ada', role: 'producer' });
    const again = await server.resume(ada);
    assert.equal(again.welcome.snapshot, null);
    const { permissions } = await again.signal('permissionsChanged');
    assert.deepEqual(permissions, BUILT_IN_ROLES.producer.permissions);
  });

  it('are not moved, removed or lit where that cannot be stored', async () => {
    const store = SqliteRoomStore.open(':memory:');
    const failing = await TestServer.start({ store });
    const host = await failing.join('host', { role: 'host' });
    const guest = await failing.join('guest', { role: 'guest' });
    await host.event('participantJoined');
    const fail = () => Promise.reject(new ProtocolError('unavailable', 'The disk is full.'));
    Object.assign(store, { saveRole: fail, saveRemoval: fail, saveSpotlight: fail, endRoom: fail });
    const { seq } = host.events.at(-1)!;
    assert.equal(await host.codeOf('changeRole', { participantId: 'guest', role: 'viewer' }), 'unavailable');
    assert.equal(await host.codeOf('removeParticipant', { participantId: 'guest' }), 'unavailable');
    assert.equal(await host.codeOf('spotlight', { participantId: 'guest' }), 'unavailable');
    assert.equal(await host.codeOf('endRoom', {}), 'unavailable');
    await guest.settle();
    assert.equal(guest.closeCode, null);
    assert.equal(host.lastSeq, seq);
    await failing.stop();
  });

  it('[T2] come back in the role they were given, whatever the token says', async () => {
    const host = await server.join('host', { role: 'host' });
    const ada = await server.join('ada', { role: 'guest' });
    await host.ask('changeRole', { participantId: 'ada', role: 'audience' });
    await ada.ask('leave', {});
    await ada.closed();
    const { welcome } = await server.join('ada', { role: 'guest' });
    assert.equal(welcome.snapshot?.self.participant.role, 'audience');
  });
});

const VIDEO = { codecs: [{ mimeType: 'video/VP8', clockRate: 90_000, payloadType: 96 }] };
