import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { BACKSTAGE_PLACES, type StreamId } from '../../../src/protocol/index.ts';
import { SqliteRoomStore } from '../../../server/src/store/sqlite/sqlite-room-store.ts';
import { TestServer, type JoinedClient } from '../ws/test-server.ts';

const INTERVAL_MS = 250;
const VIDEO = { codecs: [{ mimeType: 'video/VP8', clockRate: 90_000, payloadType: 96 }] };

async function publish(client: JoinedClient, source: 'camera' | 'microphone' = 'camera'): Promise<StreamId> {
  const { transport } = await client.ask('openTransport', { direction: 'send' });
  const data = { transportId: transport.id, source, rtpParameters: VIDEO };
  const { streamId } = await client.ask('publish', data);
  return streamId;
}

/** Tries to receive a stream; the error's code, or `null`. */
async function watch(client: JoinedClient, streamId: StreamId) {
  const { transport } = await client.ask('openTransport', { direction: 'receive' });
  return client.codeOf('subscribe', { transportId: transport.id, streamId, rtpCapabilities: {} });
}

describe('hands', () => {
  let server: TestServer;
  let host: JoinedClient;
  let ada: JoinedClient;
  let bob: JoinedClient;

  beforeEach(async () => {
    server = await TestServer.start();
    host = await server.join('host', { role: 'host', name: 'Grace' });
    ada = await server.join('ada', { name: 'Ada' });
    bob = await server.join('bob', { name: 'Bob' });
  });

  afterEach(async () => {
    assert.deepEqual(server.errors, []);
    await server.stop();
  });

  const tell = async () => {
    server.clock.advance(INTERVAL_MS);
    await Promise.all([host, ada, bob].map((client) => client.settle()));
  };

  it('[Z1] are a queue in the order raised, which only some see', async () => {
    await ada.ask('raiseHand', { note: ' The slides ' });
    server.clock.advance(1_000);
    await bob.ask('raiseHand', {});
    await ada.ask('raiseHand', { note: 'The second slide' });
    const raisedAt = server.clock.now() - 1_000;
    const { queue, count, own } = await host.ask('getHands', {});
    assert.deepEqual(queue, [
      { participantId: 'ada', name: 'Ada', note: 'The second slide', raisedAt, isAway: false },
      { participantId: 'bob', name: 'Bob', note: '', raisedAt: raisedAt + 1_000, isAway: false },
    ]);
    assert.deepEqual([count, own], [2, null]);
    const seen = await bob.ask('getHands', {});
    assert.deepEqual(seen.queue, []);
    assert.deepEqual(seen.own, { note: '', raisedAt: raisedAt + 1_000, place: 2 });
    await tell();
    assert.deepEqual(bob.signals('handQueueChanged'), []);
    assert.equal(JSON.stringify(bob.frames).includes('slide'), false);
  });

  it('[Z2] are told at once after a quiet time, then at most every 250 ms', async () => {
    await ada.ask('raiseHand', {});
    await bob.ask('raiseHand', {});
    await host.settle();
    assert.deepEqual(
      host.signals('handQueueChanged').map(({ raised }) => raised.map(({ name }) => name)),
      [['Ada']],
    );
    await tell();
    assert.deepEqual(bob.signals('ownHandChanged').at(-1)?.own?.place, 2);
    await host.ask('lowerHand', { participantId: 'ada' });
    await tell();
    assert.deepEqual(ada.signals('ownHandChanged').at(-1), { own: null });
    assert.deepEqual(bob.signals('ownHandChanged').at(-1)?.own?.place, 1);
    assert.deepEqual(host.signals('handQueueChanged').at(-1), { raised: [], lowered: ['ada'] });
    assert.deepEqual(
      bob.signals('handsCounted').map(({ count }) => count),
      [1, 2, 1],
    );
    assert.equal(bob.events.length, 0);
  });

  it('[Z3] are lowered by their owner, by who calls people up, by leaving, and on stage', async () => {
    await ada.ask('raiseHand', {});
    await bob.ask('raiseHand', {});
    assert.equal(await bob.codeOf('lowerHand', { participantId: 'ada' }), 'forbidden');
    await bob.ask('lowerHand', {});
    await bob.ask('lowerHand', {});
    assert.equal((await host.ask('getHands', {})).count, 1);
    await server.rooms.changeRole('launch' as never, 'ada' as never, 'guest' as never);
    assert.equal((await host.ask('getHands', {})).count, 0);
    assert.equal(await ada.codeOf('raiseHand', {}), 'conflict');
    await bob.ask('raiseHand', {});
    await host.ask('lowerAllHands', {});
    await bob.ask('raiseHand', {});
    await bob.ask('leave', {});
    assert.equal((await host.ask('getHands', {})).count, 0);
  });

  it('[Z3] are not raised again by the repeat of a request, however long ago', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ils-hands-'));
    const path = join(folder, 'rooms.db');
    const first = await TestServer.start({ store: SqliteRoomStore.open(path) });
    const [boss, viewer] = [await first.join('host', { role: 'host' }), await first.join('ada')];
    const key = 'the-key-of-the-hand';
    await viewer.request('raiseHand', { note: 'First' }, key);
    await boss.ask('lowerAllHands', {});
    // What a killed process leaves.
    const second = await TestServer.start({ store: SqliteRoomStore.open(path) });
    const again = await second.join('ada');
    assert.deepEqual((await again.request('raiseHand', { note: 'First' }, key)).data, {});
    assert.equal((await again.ask('getHands', {})).count, 0);
    await again.ask('raiseHand', { note: 'First' });
    assert.equal((await again.ask('getHands', {})).count, 1);
    for (const each of [second, first]) await each.stop();
    await rm(folder, { recursive: true });
  });

  it('refuse what is forged or too long', async () => {
    for (const note of ['x'.repeat(141), 1, {}]) {
      assert.equal((await ada.request('raiseHand', { note })).error?.code, 'badRequest');
    }
    assert.equal(await host.codeOf('lowerHand', { participantId: 'nobody' }), null);
    assert.equal(await host.codeOf('bringOnStage', { participantId: 'nobody' }), 'notFound');
    assert.equal(await host.codeOf('bringBackstage', { participantId: 'nobody' }), 'notFound');
    assert.equal(await host.codeOf('bringBackstage', { participantId: 'bob' }), 'conflict');
    const producer = await server.join('producer', { role: 'producer' });
    assert.equal(await producer.codeOf('bringBackstage', { participantId: 'host' }), 'forbidden');
    for (const participantId of ['__proto__', 'constructor']) {
      assert.notEqual(await host.codeOf('bringBackstage', { participantId }), null);
    }
  });

  describe('backstage', () => {
    const invite = async () => {
      await host.ask('changeRole', { participantId: 'ada', role: 'guest', backstage: true });
      const { offer } = await ada.event('roleOffered');
      assert.equal(offer.backstage, true);
      await ada.ask('answerRoleOffer', { offerId: offer.id, accept: true });
      return publish(ada);
    };

    it('[Z4] shows what is published to those who call people up, and to nobody else', async () => {
      await ada.ask('raiseHand', {});
      const streamId = await invite();
      await host.settle();
      const [person] = host.signals('backstageChanged').at(-1)?.backstage ?? [];
      assert.deepEqual([person?.name, person?.streams.map(({ id }) => id)], ['Ada', [streamId]]);
      assert.equal(await watch(host, streamId), null);
      for (const role of ['viewer', 'guest']) {
        const other = await server.join(`other-${role}`, { role });
        assert.deepEqual(other.welcome.snapshot?.streams, []);
        assert.equal(await watch(other, streamId), 'notFound');
        assert.deepEqual((await other.ask('getHands', {})).backstage, []);
      }
      const media = [...server.media.rooms.values()][0]!;
      media.observer.activeSpeakerChanged('ada' as never);
      media.observer.levelsMeasured([['ada' as never, -20]]);
      await tell();
      assert.equal(JSON.stringify(bob.frames).includes(streamId), false);
      assert.deepEqual(bob.signals('activeSpeakerChanged'), []);
      assert.deepEqual(bob.signals('levelsMeasured').at(-1), { levels: [] });
      assert.deepEqual((await ada.ask('getHands', {})).isBackstage, true);
    });

    it('[Z7] goes back to the role that one came from, also after a restart and from afar', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'ils-back-'));
      const path = join(folder, 'rooms.db');
      const first = await TestServer.start({ store: SqliteRoomStore.open(path) });
      const call = async (from: TestServer, role: string) => {
        const chief = await from.join('host', { role: 'host' });
        const cleo = await from.join('cleo', { role });
        await chief.ask('changeRole', { participantId: 'cleo', role: 'guest', backstage: true });
        const { offer } = await cleo.event('roleOffered');
        await cleo.ask('answerRoleOffer', { offerId: offer.id, accept: true });
        return { chief, cleo };
      };
      const { chief, cleo } = await call(first, 'audience');
      assert.deepEqual(await chief.ask('sendBack', { participantId: 'cleo' }), { role: 'audience' });
      assert.equal((await cleo.event('roleChanged')).participant.role, 'guest');
      assert.deepEqual((await chief.ask('getHands', {})).backstage, []);
      // Once more has no effect.
      assert.deepEqual(await chief.ask('sendBack', { participantId: 'cleo' }), { role: 'audience' });
      await call(first, 'audience');

      // What a killed process leaves; she is not there yet.
      const second = await TestServer.start({ store: SqliteRoomStore.open(path) });
      const producer = await second.join('producer', { role: 'producer' });
      assert.equal(await (await second.join('bob')).codeOf('sendBack', { participantId: 'cleo' }), 'forbidden');
      assert.deepEqual(await producer.ask('sendBack', { participantId: 'cleo' }), { role: 'audience' });
      const again = await second.join('cleo', { role: 'guest' });
      assert.equal(again.welcome.snapshot?.self.participant.role, 'audience');

      // Who came in on stage was never anything else; and nobody reaches who may more.
      await second.join('star', { role: 'guest' });
      assert.deepEqual(await producer.ask('sendBack', { participantId: 'star' }), { role: 'viewer' });
      await second.join('boss', { role: 'host' });
      assert.equal(await producer.codeOf('sendBack', { participantId: 'boss' }), 'forbidden');
      assert.equal(await producer.codeOf('sendBack', { participantId: 'nobody' }), 'notFound');
      for (const each of [second, first]) await each.stop();
      await rm(folder, { recursive: true });
    });

    it('[Z5] brings on stage what flows already, and takes it back at once', async () => {
      const streamId = await invite();
      assert.equal(await watch(host, streamId), null);
      await host.ask('bringOnStage', { participantId: 'ada' });
      await host.ask('bringOnStage', { participantId: 'ada' });
      await bob.settle();
      assert.deepEqual(
        bob.eventsNamed('streamPublished').map(({ stream }) => stream.id),
        [streamId],
      );
      assert.equal(await watch(bob, streamId), null);
      const media = [...server.media.rooms.values()][0]!;
      const receivers = () => [...media.subscriptions.values()].map(({ participantId }) => participantId);
      assert.deepEqual(receivers(), ['host', 'bob']);
      await host.ask('bringBackstage', { participantId: 'ada' });
      assert.deepEqual(receivers(), ['host']);
      assert.deepEqual((await bob.event('streamUnpublished')).reason, 'backstage');
      assert.equal((await bob.signal('subscriptionEnded')).streamId, streamId);
      assert.equal(media.streams.has(streamId), true);
      assert.deepEqual(
        ada.signals('ownBackstageChanged').map(({ isBackstage }) => isBackstage),
        [true, false, true],
      );
    });

    it('[Z4] closes what is received by who may look behind the stage no longer', async () => {
      const producer = await server.join('producer', { role: 'producer' });
      const streamId = await invite();
      assert.equal(await watch(producer, streamId), null);
      await host.ask('changeRole', { participantId: 'producer', role: 'viewer' });
      assert.equal((await producer.signal('subscriptionEnded')).streamId, streamId);
    });

    it('[Z5] ends with a role that publishes nothing, and is for those who call people up', async () => {
      await invite();
      await host.ask('changeRole', { participantId: 'ada', role: 'viewer' });
      assert.deepEqual((await host.ask('getHands', {})).backstage, []);
      assert.equal(JSON.stringify(bob.frames).includes('streamUnpublished'), false);
      const helper = await server.join('helper', { permissions: ['participant.changeRole'] });
      const data = { participantId: 'bob', role: 'guest', backstage: true };
      assert.equal(await helper.codeOf('changeRole', data), 'forbidden');
    });

    it('[Z5] has so many places', async () => {
      for (let place = 0; place < BACKSTAGE_PLACES; place += 1) {
        await server.join(`guest-${place}`, { role: 'guest' });
        await host.ask('bringBackstage', { participantId: `guest-${place}` });
      }
      await server.join('late', { role: 'guest' });
      assert.equal(await host.codeOf('bringBackstage', { participantId: 'late' }), 'conflict');
      assert.equal(await host.codeOf('bringBackstage', { participantId: 'guest-0' }), null);
      const data = { participantId: 'ada', role: 'guest', backstage: true };
      assert.equal(await host.codeOf('changeRole', data), 'conflict');
      await host.ask('bringOnStage', { participantId: 'guest-0' });
      await host.ask('changeRole', data);
      const { offer } = await ada.event('roleOffered');
      await host.ask('bringBackstage', { participantId: 'late' });
      assert.equal(await ada.codeOf('answerRoleOffer', { offerId: offer.id, accept: true }), 'conflict');
      assert.equal((await host.ask('getHands', {})).backstage.length, BACKSTAGE_PLACES);
    });

    it('[Z5] goes on after a reload, and hands with it after a restart', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'ils-hands-'));
      const path = join(folder, 'rooms.db');
      const first = await TestServer.start({ store: SqliteRoomStore.open(path) });
      const [boss, guest, viewer] = [
        await first.join('host', { role: 'host' }),
        await first.join('ada'),
        await first.join('bob', { name: 'Bob' }),
      ];
      await viewer.ask('raiseHand', { note: 'Later' });
      await boss.ask('changeRole', { participantId: 'ada', role: 'guest', backstage: true });
      const { offer } = await guest.event('roleOffered');
      await guest.ask('answerRoleOffer', { offerId: offer.id, accept: true });
      const reloaded = await first.join('ada');
      const streamId = await publish(reloaded);
      assert.equal(await watch(viewer, streamId), 'notFound');
      // What a killed process leaves.
      const second = await TestServer.start({ store: SqliteRoomStore.open(path) });
      const again = await second.join('ada');
      const later = await publish(again);
      const other = await second.join('bob', { name: 'Bob' });
      assert.deepEqual(other.welcome.snapshot?.streams, []);
      assert.equal(await watch(other, later), 'notFound');
      const chief = await second.join('host', { role: 'host' });
      const { queue, backstage } = await chief.ask('getHands', {});
      assert.deepEqual([queue[0]?.note, backstage[0]?.streams[0]?.id], ['Later', later]);
      for (const each of [second, first]) await each.stop();
      await rm(folder, { recursive: true });
    });
  });
});
