import { expect } from '@open-wc/testing';
import * as v from 'valibot';
import type { Incoming, MediaEngine, OutgoingSource } from '../../src/media/media-engine.ts';
import { streamId, type Source, type StreamId } from '../../src/protocol/index.ts';
import { createPictureTrack, createSoundTrack, settle, until, type Observed } from './observed.ts';

export interface EngineHarness {
  readonly engine: MediaEngine;
  readonly observed: Observed;
}

export const asStreamId = (id: string): StreamId => v.parse(streamId, id);

/** Keeps what a handle was last told. */
export function watchTracks(incoming: Incoming): {
  tracks: (MediaStreamTrack | null)[];
  latest: () => MediaStreamTrack | null;
} {
  const tracks: (MediaStreamTrack | null)[] = [];
  incoming.onTrack((track) => tracks.push(track));
  return { tracks, latest: () => tracks.at(-1) ?? null };
}

export function sources(entries: Partial<Record<Source, OutgoingSource>>): ReadonlyMap<Source, OutgoingSource> {
  return new Map(Object.entries(entries) as [Source, OutgoingSource][]);
}

/** What every engine keeps to, however it moves the media. */
export function describeEngine(name: string, createHarness: () => EngineHarness): void {
  describe(`${name}, as any engine`, () => {
    const ada = asStreamId('ada-camera');
    let harness: EngineHarness;
    let engine: MediaEngine;
    let observed: Observed;

    beforeEach(() => {
      harness = createHarness();
      ({ engine, observed } = harness);
    });
    afterEach(() => engine.close());

    it('gives the track of a stream once the connection is up', async () => {
      const watched = watchTracks(engine.receive(ada, 'video'));
      await settle();
      expect(watched.latest()).to.equal(null);
      engine.connected(false);
      await until(() => watched.latest() !== null, 'no track');
      expect(watched.latest()?.kind).to.equal('video');
    });

    it('shares one track among all who hold the stream', async () => {
      engine.connected(false);
      const first = watchTracks(engine.receive(ada, 'video'));
      const second = watchTracks(engine.receive(ada, 'video'));
      await until(() => first.latest() !== null && second.latest() !== null, 'no tracks');
      expect(first.latest()).to.equal(second.latest());
      const third = watchTracks(engine.receive(ada, 'video'));
      expect(third.latest()).to.equal(first.latest());
    });

    it('keeps the track as long as one of them holds it', async () => {
      engine.connected(false);
      const first = engine.receive(ada, 'video');
      const second = watchTracks(engine.receive(ada, 'video'));
      await until(() => second.latest() !== null, 'no track');
      first.release();
      first.release();
      await settle();
      expect(second.latest()?.readyState).to.equal('live');
    });

    it('says waiting until a frame is presented, then playing', async () => {
      engine.connected(false);
      const incoming = engine.receive(ada, 'video');
      const watched = watchTracks(incoming);
      incoming.setWidth(300);
      await until(() => watched.latest() !== null, 'no track');
      expect(observed.receptions.get(ada)).to.equal('waiting');
      incoming.presented();
      expect(observed.receptions.get(ada)).to.equal('playing');
    });

    it('says idle while the stream is muted, and waits for a new frame after it', async () => {
      engine.streamMuted(ada, true);
      engine.connected(false);
      const incoming = engine.receive(ada, 'video');
      const watched = watchTracks(incoming);
      incoming.setWidth(300);
      await until(() => watched.latest() !== null, 'no track');
      expect(observed.receptions.get(ada) ?? 'idle').to.equal('idle');
      engine.streamMuted(ada, false);
      expect(observed.receptions.get(ada)).to.equal('waiting');
      expect(watched.tracks).to.have.lengthOf(2);
      incoming.presented();
      expect(observed.receptions.get(ada)).to.equal('playing');
      engine.streamMuted(ada, true);
      expect(observed.receptions.get(ada)).to.equal('idle');
    });

    it('takes the track away when the stream is no more', async () => {
      engine.connected(false);
      const incoming = engine.receive(ada, 'video');
      const watched = watchTracks(incoming);
      incoming.setWidth(300);
      await until(() => watched.latest() !== null, 'no track');
      engine.forget(ada);
      expect(watched.latest()).to.equal(null);
      expect(observed.receptions.get(ada)).to.equal('idle');
      incoming.setWidth(600);
      incoming.presented();
      incoming.release();
      expect(observed.receptions.get(ada)).to.equal('idle');
    });

    it('receives anew after a break that the server did not bridge', async () => {
      engine.connected(false);
      const watched = watchTracks(engine.receive(ada, 'video'));
      await until(() => watched.latest() !== null, 'no track');
      const before = watched.latest();
      engine.disconnected();
      engine.connected(false);
      await until(() => watched.latest() !== null && watched.latest() !== before, 'no new track');
      expect(before?.readyState).to.equal('ended');
    });

    it('keeps what it has over a break that the server bridged', async () => {
      engine.connected(false);
      const watched = watchTracks(engine.receive(ada, 'video'));
      engine.setOutgoing(sources({ camera: { track: createPictureTrack(), muted: false } }));
      await until(() => watched.latest() !== null && observed.onAir.has('camera'), 'nothing flows');
      const { length } = observed.calls;
      engine.disconnected();
      engine.connected(true);
      await settle();
      expect(watched.tracks).to.have.lengthOf(1);
      expect(observed.calls).to.have.lengthOf(length);
    });

    it('receives anew when the server lost the transports', async () => {
      engine.connected(false);
      const watched = watchTracks(engine.receive(ada, 'video'));
      await until(() => watched.latest() !== null, 'no track');
      const before = watched.latest();
      engine.mediaReset({ directions: ['receive'] });
      await until(() => watched.latest() !== null && watched.latest() !== before, 'no new track');
    });

    it('holds nothing after a reset without a connection, and takes it all up with the next', async () => {
      engine.connected(false);
      const watched = watchTracks(engine.receive(ada, 'video'));
      engine.setOutgoing(sources({ camera: { track: createPictureTrack(), muted: false } }));
      await until(() => watched.latest() !== null && observed.onAir.has('camera'), 'nothing flows');
      const before = watched.latest();
      engine.disconnected();
      engine.mediaReset({ directions: ['send', 'receive'] });
      await settle();
      expect(before?.readyState).to.equal('ended');
      expect(watched.latest()).to.equal(null);
      expect(observed.onAir.size).to.equal(0);
      engine.connected(false);
      await until(() => watched.latest() !== null && observed.onAir.has('camera'), 'nothing flows again');
    });

    it('puts each source on the air once and takes off what is absent', async () => {
      engine.connected(false);
      const camera = { track: createPictureTrack(), muted: false };
      const microphone = { track: createSoundTrack(), muted: false };
      engine.setOutgoing(sources({ camera }));
      engine.setOutgoing(sources({ camera, microphone }));
      await until(() => observed.onAir.size === 2, 'not on the air');
      engine.setOutgoing(sources({ microphone }));
      await until(() => observed.onAir.size === 1, 'still on the air');
      expect(observed.calls.toSorted()).to.deep.equal(['camera off', 'camera on', 'microphone on']);
      expect(camera.track.readyState).to.equal('live');
    });

    it('keeps a muted source on the air, also one whose device is released', async () => {
      engine.connected(false);
      engine.setOutgoing(sources({ camera: { track: createPictureTrack(), muted: false } }));
      await until(() => observed.onAir.has('camera'), 'not on the air');
      engine.setOutgoing(sources({ camera: { track: null, muted: true } }));
      engine.setOutgoing(sources({ camera: { track: createPictureTrack(), muted: false } }));
      await settle();
      expect(observed.calls).to.deep.equal(['camera on']);
    });

    it('puts sources on the air again when the server lost them', async () => {
      engine.connected(false);
      engine.setOutgoing(sources({ microphone: { track: createSoundTrack(), muted: false } }));
      await until(() => observed.onAir.has('microphone'), 'not on the air');
      engine.mediaReset({ directions: ['send'] });
      await until(() => observed.calls.length === 3, 'not on the air again');
      expect(observed.calls).to.deep.equal(['microphone on', 'microphone off', 'microphone on']);
    });

    it('receives nothing while it is not to watch', async () => {
      engine.setWatching(false);
      engine.connected(false);
      const watched = watchTracks(engine.receive(ada, 'video'));
      await settle();
      expect(watched.latest()).to.equal(null);
      engine.setWatching(true);
      await until(() => watched.latest() !== null, 'no track');
      engine.setWatching(false);
      await until(() => watched.latest() === null, 'still a track');
    });

    it('is silent once closed, however often', async () => {
      engine.connected(false);
      const incoming = engine.receive(ada, 'video');
      const watched = watchTracks(incoming);
      incoming.setWidth(300);
      const track = createPictureTrack();
      engine.setOutgoing(sources({ camera: { track, muted: false } }));
      await until(() => watched.latest() !== null && observed.onAir.has('camera'), 'nothing flows');
      const received = watched.latest();
      engine.close();
      engine.close();
      const { length } = observed.calls;
      engine.connected(false);
      engine.mediaReset({ directions: ['send', 'receive'] });
      engine.setOutgoing(new Map());
      incoming.presented();
      incoming.release();
      await settle();
      expect(observed.calls).to.have.lengthOf(length);
      expect(received?.readyState).to.equal('ended');
      expect(track.readyState).to.equal('live');
    });
  });
}
