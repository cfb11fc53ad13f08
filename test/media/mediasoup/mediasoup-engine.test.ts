import { expect } from '@open-wc/testing';
import * as v from 'valibot';
import { MediasoupEngine } from '../../../src/media/mediasoup/mediasoup-engine.ts';
import { subscriptionId, type Source, type StreamId } from '../../../src/protocol/index.ts';
import { asStreamId, describeEngine, sources, watchTracks } from '../engine-contract.ts';
import { createPictureTrack, createSoundTrack, Observed, settle, until } from '../observed.ts';
import { ScriptedServer } from './scripted-server.ts';

describeEngine('the mediasoup engine', () => {
  const observed = new Observed();
  const server = new ScriptedServer();
  const engine = new MediasoupEngine({ signaling: server, observer: observed, createDevice: server.createDevice });
  return { observed, engine };
});

describe('the mediasoup engine', () => {
  const ada = asStreamId('ada-camera');
  const bob = asStreamId('bob-camera');
  let server: ScriptedServer;
  let observed: Observed;
  let engine: MediasoupEngine;

  beforeEach(() => {
    server = new ScriptedServer();
    observed = new Observed();
    engine = new MediasoupEngine({ signaling: server, observer: observed, createDevice: server.createDevice });
  });
  afterEach(() => engine.close());

  /** Shows a stream, as an element of that width would. */
  const show = async (streamId: StreamId, width: number) => {
    const incoming = engine.receive(streamId, 'video');
    const watched = watchTracks(incoming);
    incoming.setWidth(width);
    await until(() => watched.latest() !== null && !isPaused(streamId), 'does not flow');
    return { incoming, ...watched };
  };
  const subscriptionOf = (streamId: StreamId) => {
    const asked = server.all('subscribe').findLastIndex((data) => data['streamId'] === streamId);
    return asked === -1 ? undefined : server.subscriptionIds[asked];
  };
  const changesOf = (streamId: StreamId) =>
    server.all('setSubscription').filter(({ subscriptionId: id }) => id === subscriptionOf(streamId));
  const isPaused = (streamId: StreamId) => {
    const told = changesOf(streamId).filter((change) => 'paused' in change);
    return told.at(-1)?.['paused'] !== false;
  };
  const layerOf = (streamId: StreamId) =>
    changesOf(streamId)
      .filter((change) => 'spatialLayer' in change)
      .at(-1)?.['spatialLayer'];
  const publish = async (source: Source, track: MediaStreamTrack, muted = false) => {
    engine.setOutgoing(sources({ [source]: { track, muted } }));
    await until(() => observed.onAir.has(source), 'not on the air');
  };

  describe('joining', () => {
    it('asks for capabilities and transport in one flight, and for all streams in the next', async () => {
      const answer = server.hold();
      engine.receive(ada, 'video').setWidth(300);
      engine.receive(bob, 'video').setWidth(300);
      engine.connected(false);
      await settle();
      expect(server.names()).to.deep.equal(['getMediaCapabilities', 'openTransport']);
      answer();
      const answerSubscriptions = server.hold();
      await until(() => server.asked.length === 4, 'does not subscribe');
      expect(server.names().slice(2)).to.deep.equal(['subscribe', 'subscribe']);
      answerSubscriptions();
      await until(() => !isPaused(ada) && !isPaused(bob), 'does not flow');
      expect(server.names().filter((name) => name === 'connectTransport')).to.have.lengthOf(1);
    });

    it('opens the way in before there is any stream', async () => {
      engine.connected(false);
      await until(() => server.last('openTransport') !== undefined, 'no transport');
      expect(server.last('openTransport')).to.deep.equal({ direction: 'receive' });
    });
  });

  describe('receiving', () => {
    beforeEach(() => engine.connected(false));

    it('starts paused and flows once in sight, at the layer its size needs', async () => {
      const incoming = engine.receive(ada, 'video');
      const watched = watchTracks(incoming);
      await until(() => watched.latest() !== null, 'no track');
      await settle();
      expect(server.all('setSubscription')).to.have.lengthOf(0);
      incoming.setWidth(700);
      await until(() => changesOf(ada).length === 1, 'does not flow');
      expect(changesOf(ada)[0]).to.include({ paused: false, spatialLayer: 1 });
    });

    it('follows the size with the layer, and not every pixel of it', async () => {
      const { incoming } = await show(ada, 300);
      expect(layerOf(ada)).to.equal(0);
      incoming.setWidth(1_200);
      await until(() => layerOf(ada) === 2, 'no higher layer');
      incoming.setWidth(790);
      incoming.setWidth(900);
      incoming.setWidth(780);
      incoming.setWidth(500);
      await until(() => layerOf(ada) === 1, 'no lower layer');
      expect(changesOf(ada)).to.have.lengthOf(3);
    });

    it('takes the largest of all who show it', async () => {
      await show(ada, 300);
      const large = engine.receive(ada, 'video');
      large.setWidth(1_280);
      await until(() => layerOf(ada) === 2, 'no higher layer');
      large.release();
      await until(() => layerOf(ada) === 0, 'no lower layer');
      expect(server.all('subscribe')).to.have.lengthOf(1);
    });

    it('pauses a second after it went out of sight and comes back at once', async () => {
      const { incoming } = await show(ada, 300);
      incoming.presented();
      incoming.setWidth(0);
      await settle();
      expect(isPaused(ada)).to.equal(false);
      await until(() => isPaused(ada), 'goes on');
      expect(observed.receptions.get(ada)).to.equal('idle');
      incoming.setWidth(300);
      await until(() => !isPaused(ada), 'does not flow');
      expect(observed.receptions.get(ada)).to.equal('waiting');
    });

    it('goes on when a tile moves to another element, and is let go when nobody takes it', async () => {
      const { incoming } = await show(ada, 300);
      incoming.release();
      const next = engine.receive(ada, 'video');
      next.setWidth(300);
      await settle();
      expect(server.last('unsubscribe')).to.equal(undefined);
      next.release();
      await until(() => server.last('unsubscribe') !== undefined, 'still held');
      expect(server.last('unsubscribe')).to.deep.equal({ subscriptionId: subscriptionOf(ada) });
      expect(server.all('subscribe')).to.have.lengthOf(1);
    });

    it('says starved when not even the smallest layer comes, and playing when one does', async () => {
      const { incoming } = await show(ada, 300);
      incoming.presented();
      const id = v.parse(subscriptionId, subscriptionOf(ada));
      engine.subscriptionLayerChanged({ streamId: ada, subscriptionId: id, spatialLayer: null });
      expect(observed.receptions.get(ada)).to.equal('starved');
      engine.subscriptionLayerChanged({ streamId: ada, subscriptionId: id, spatialLayer: 0 });
      expect(observed.receptions.get(ada)).to.equal('playing');
    });

    it('subscribes again when the server ended the subscription', async () => {
      const { latest } = await show(ada, 300);
      const before = latest();
      const id = v.parse(subscriptionId, subscriptionOf(ada));
      engine.subscriptionEnded({ streamId: ada, subscriptionId: id });
      expect(latest()).to.equal(null);
      await until(() => latest() !== null && latest() !== before, 'no new track');
      await until(() => !isPaused(ada), 'does not flow');
    });

    it('passes over the answer of a connection that is gone', async () => {
      await until(() => server.handlers.length === 1, 'no transport');
      const answer = server.hold();
      const watched = watchTracks(engine.receive(ada, 'video'));
      await until(() => server.all('subscribe').length === 1, 'does not subscribe');
      engine.disconnected();
      engine.connected(false);
      answer();
      await until(() => watched.latest() !== null, 'no track');
      await settle();
      expect(watched.tracks).to.have.lengthOf(1);
      expect(server.all('subscribe')[1]?.['transportId']).not.to.equal(server.all('subscribe')[0]?.['transportId']);
    });

    it('ends what ended while it was being answered', async () => {
      await until(() => server.handlers.length === 1, 'no transport');
      const answer = server.hold();
      const incoming = engine.receive(ada, 'video');
      const watched = watchTracks(incoming);
      await until(() => server.all('subscribe').length === 1, 'does not subscribe');
      engine.forget(ada);
      answer();
      await settle();
      expect(watched.tracks.filter((track) => track !== null)).to.have.lengthOf(0);
    });
  });

  describe('sending', () => {
    beforeEach(() => engine.connected(false));

    const encodings = () => {
      const parsed = v.safeParse(
        v.object({ rtpParameters: v.object({ encodings: v.array(v.record(v.string(), v.unknown())) }) }),
        server.last('publish'),
      );
      return parsed.success ? parsed.output.rtpParameters.encodings : [];
    };

    it('sends a camera in as many layers as its size has', async () => {
      await publish('camera', createPictureTrack(1_280, 720));
      expect(encodings().map(({ scaleResolutionDownBy }) => scaleResolutionDownBy)).to.deep.equal([4, 2, 1]);
      engine.setOutgoing(new Map());
      await until(() => !observed.onAir.has('camera'), 'still on the air');
      await publish('camera', createPictureTrack(640, 360));
      expect(encodings().map(({ scaleResolutionDownBy }) => scaleResolutionDownBy)).to.deep.equal([2, 1]);
    });

    it('sends a screen in one layer, and sound without gaps in its silence only where it is voice', async () => {
      await publish('screen', createPictureTrack(1_920, 1_080));
      expect(encodings()).to.have.lengthOf(1);
      await publish('microphone', createSoundTrack());
      expect(encodings()[0]).to.include({ dtx: true });
      await publish('screenAudio', createSoundTrack());
      expect(encodings()[0]).to.include({ dtx: false });
    });

    it('tells the room of mute and unmute, once each', async () => {
      const track = createSoundTrack();
      await publish('microphone', track);
      engine.setOutgoing(sources({ microphone: { track, muted: true } }));
      engine.setOutgoing(sources({ microphone: { track, muted: true } }));
      await until(() => server.all('muteStream').length === 1, 'not told');
      engine.setOutgoing(sources({ microphone: { track, muted: false } }));
      await until(() => server.all('muteStream').length === 2, 'not told');
      expect(server.all('muteStream').map(({ muted }) => muted)).to.deep.equal([true, false]);
      expect(track.enabled).to.equal(true);
    });

    it('announces a source that is muted from the start', async () => {
      const track = createSoundTrack();
      await publish('microphone', track, true);
      await settle();
      expect(server.last('publish')).to.include({ muted: true });
      expect(server.all('muteStream')).to.have.lengthOf(0);
      expect(track.readyState).to.equal('live');
    });

    it('takes over a mute by a host without repeating it', async () => {
      const track = createSoundTrack();
      await publish('microphone', track);
      engine.streamMuted(asStreamId(server.lastStreamId), true);
      engine.setOutgoing(sources({ microphone: { track, muted: true } }));
      await settle();
      expect(server.all('muteStream')).to.have.lengthOf(0);
      engine.setOutgoing(sources({ microphone: { track, muted: false } }));
      await until(() => server.all('muteStream').length === 1, 'not told');
    });

    it('falls silent at once without the room, and tells it when that is back', async () => {
      await publish('camera', createPictureTrack());
      engine.disconnected();
      engine.setOutgoing(new Map());
      await until(() => !observed.onAir.has('camera'), 'still on the air');
      expect(server.last('unpublish')).to.equal(undefined);
      engine.connected(true);
      await until(() => server.last('unpublish') !== undefined, 'not told');
    });

    it('goes on the air again when the server ended a stream that should be there', async () => {
      await publish('camera', createPictureTrack());
      engine.forget(asStreamId(server.lastStreamId));
      expect(observed.onAir.has('camera')).to.equal(false);
      await until(() => observed.onAir.has('camera'), 'not on the air again');
    });

    it('opens no way out before there is something to send', async () => {
      await until(() => server.last('openTransport') !== undefined, 'no transport');
      await settle();
      expect(server.all('openTransport')).to.deep.equal([{ direction: 'receive' }]);
    });
  });

  describe('refused', () => {
    beforeEach(() => engine.connected(false));

    it('tries again what may succeed later', async () => {
      server.refuse('subscribe', 'unavailable', 20);
      await show(ada, 300);
      expect(server.all('subscribe')).to.have.lengthOf(2);
    });

    it('slows down when told to', async () => {
      server.refuse('subscribe', 'rateLimited', 60);
      const started = performance.now();
      await show(ada, 300);
      expect(server.all('subscribe')).to.have.lengthOf(2);
      expect(performance.now() - started).to.be.greaterThan(55);
    });

    it('does not ask again for what is not there until the connection is new', async () => {
      server.refuse('subscribe', 'notFound');
      const incoming = engine.receive(ada, 'video');
      await until(() => server.all('subscribe').length === 1, 'does not subscribe');
      incoming.setWidth(300);
      incoming.setWidth(900);
      await settle();
      expect(server.all('subscribe')).to.have.lengthOf(1);
      engine.disconnected();
      engine.connected(true);
      await until(() => !isPaused(ada), 'does not flow');
    });

    it('does not ask again to publish what is forbidden until it is wanted anew', async () => {
      server.refuse('publish', 'forbidden');
      const track = createPictureTrack();
      engine.setOutgoing(sources({ camera: { track, muted: false } }));
      await until(() => server.all('publish').length === 1, 'does not publish');
      await settle();
      expect(observed.onAir.size).to.equal(0);
      engine.setOutgoing(new Map());
      await publish('camera', track);
    });

    it('waits for the stream of a former connection to go', async () => {
      server.refuse('publish', 'conflict');
      await publish('camera', createPictureTrack());
      expect(server.all('publish')).to.have.lengthOf(2);
    });

    it('opens another transport when the server holds a subscription whose answer was lost', async () => {
      server.refuse('subscribe', 'conflict');
      await show(ada, 300);
      expect(server.all('openTransport')).to.have.lengthOf(2);
    });

    it('opens another transport when one cannot be connected', async () => {
      server.refuse('connectTransport', 'internal');
      await show(ada, 300);
      await until(() => server.all('openTransport').length === 2, 'no other transport');
      await until(() => !isPaused(ada), 'does not flow');
    });
  });

  describe('when the path breaks', () => {
    beforeEach(() => engine.connected(false));

    it('restarts ICE if it does not mend by itself, and says starved meanwhile', async () => {
      const { incoming } = await show(ada, 300);
      incoming.presented();
      server.handlers[0]!.setConnectionState('connected');
      server.handlers[0]!.setConnectionState('disconnected');
      expect(observed.receptions.get(ada)).to.equal('starved');
      await settle();
      expect(server.last('restartTransport')).to.equal(undefined);
      await until(() => server.last('restartTransport') !== undefined, 'no restart');
      server.handlers[0]!.setConnectionState('connected');
      expect(observed.receptions.get(ada)).to.equal('playing');
      expect(server.all('openTransport')).to.have.lengthOf(1);
    });

    it('restarts ICE when the connection comes back to a dead path', async () => {
      await show(ada, 300);
      engine.disconnected();
      server.refuse('restartTransport', 'disconnected');
      server.handlers[0]!.setConnectionState('failed');
      await settle();
      engine.connected(true);
      await until(() => server.all('restartTransport').length === 2, 'no restart');
      expect(server.all('openTransport')).to.have.lengthOf(1);
    });

    it('opens another transport at once when the server has none to restart', async () => {
      const { latest } = await show(ada, 300);
      const before = latest();
      server.refuse('restartTransport', 'notFound');
      server.handlers[0]!.setConnectionState('failed');
      await until(() => latest() !== null && latest() !== before, 'no new track');
      expect(server.all('openTransport')).to.have.lengthOf(2);
    });

    it('opens another transport when the restart does not help', async () => {
      const { latest } = await show(ada, 300);
      const before = latest();
      server.handlers[0]!.setConnectionState('failed');
      await until(() => latest() !== null && latest() !== before, 'no new track', 8_000);
      expect(server.all('restartTransport')).to.have.lengthOf(1);
      // The old end says more, which is nobody's business now.
      server.handlers[0]!.setConnectionState('failed');
      await settle();
      expect(server.all('restartTransport')).to.have.lengthOf(1);
    }).timeout(12_000);
  });
});
