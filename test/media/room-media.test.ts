import { expect, fixture, html } from '@open-wc/testing';
import * as v from 'valibot';
import { FakeEngine } from '../../src/media/fake/fake-engine.ts';
import type { SourceState } from '../../src/media/local-media.ts';
import type { MediaEngine, OutgoingSource } from '../../src/media/media-engine.ts';
import { createRoomMedia } from '../../src/media/deferred-media.ts';
import type { RoomMedia, RoomMediaObserver } from '../../src/media/room-media.ts';
import {
  participantId,
  SOURCES,
  type ParticipantId,
  type SentSource,
  type Source,
  type StreamId,
  type StreamView,
  type TalkbackStream,
} from '../../src/protocol/index.ts';
import { asStreamId } from './engine-contract.ts';
import { Observed, settle, until } from './observed.ts';

const self = v.parse(participantId, 'self');
const ada = v.parse(participantId, 'ada');

class RoomObserved extends Observed implements RoomMediaObserver {
  readonly states = new Map<SentSource, SourceState>();
  sourceChanged(source: SentSource, state: SourceState): void {
    this.states.set(source, state);
  }
  devicesChanged(): void {}
  selectedChanged(): void {}
  levelMeasured(): void {}
  playbackBlocked(): void {}
  readonly arrivals: boolean[] = [];
  arriving(arriving: boolean): void {
    this.arrivals.push(arriving);
  }
}

function stream(owner: ParticipantId, source: Source, mutedBy: StreamView['mutedBy'] = null): StreamView {
  const kind = source === 'camera' || source === 'screen' ? 'video' : 'audio';
  return { id: asStreamId(`${owner}-${source}`), participantId: owner, source, kind, muted: mutedBy !== null, mutedBy };
}

function voice(owner: ParticipantId): TalkbackStream {
  return { ...stream(owner, 'microphone'), id: asStreamId(`${owner}-talkback`), source: 'talkback' };
}

const byId = (...streams: (StreamView | TalkbackStream)[]): ReadonlyMap<StreamId, StreamView | TalkbackStream> =>
  new Map(streams.map((view) => [view.id, view]));

/** Remembers what it was last told to send. */
class WatchedEngine extends FakeEngine {
  sent: ReadonlyMap<SentSource, OutgoingSource> = new Map();

  override setOutgoing(sources: ReadonlyMap<SentSource, OutgoingSource>): void {
    this.sent = sources;
    super.setOutgoing(sources);
  }
}

describe('the media of a room', () => {
  let observed: RoomObserved;
  let media: RoomMedia;
  let loads: number;
  let load: () => Promise<MediaEngine>;

  beforeEach(() => {
    localStorage.clear();
    observed = new RoomObserved();
    loads = 0;
    load = async () => new FakeEngine({ observer: observed });
    media = createMedia();
  });
  afterEach(() => media.close());

  function createMedia(): RoomMedia {
    return createRoomMedia({
      signaling: { request: () => Promise.reject(new Error('nobody asks the room here')) },
      observer: observed,
      loadEngine: () => {
        loads += 1;
        return load();
      },
    });
  }

  const showVideo = () => fixture<HTMLVideoElement>(html`<video width="320" height="180"></video>`);
  const isPlaying = (video: HTMLVideoElement) => video.srcObject !== null && video.videoWidth > 0;

  describe('its engine', () => {
    it('is fetched for those who watch', async () => {
      await settle();
      expect(loads).to.equal(0);
      media.connected(false);
      expect(loads).to.equal(1);
    });

    it('is fetched ahead when asked, and once', async () => {
      media.preload();
      media.preload();
      media.connected(false);
      await settle();
      media.preload();
      expect(loads).to.equal(1);
    });

    it('is never fetched for an audience, until that publishes', async () => {
      media.setWatching(false);
      media.setStreams(byId(stream(ada, 'microphone'), stream(ada, 'camera')), self);
      media.connected(false);
      media.listen();
      media.attachStream(stream(ada, 'camera').id, await showVideo());
      await settle();
      expect(loads).to.equal(0);
      media.setPublishable(SOURCES);
      await media.startSource('microphone');
      await until(() => observed.onAir.has('microphone'), 'not on the air');
      expect(loads).to.equal(1);
    });

    it('is told all that was asked before it came', async () => {
      let arrive = (_engine: MediaEngine) => {};
      load = () => new Promise((resolve) => (arrive = resolve));
      const video = await showVideo();
      media.setStreams(byId(stream(ada, 'camera'), stream(ada, 'microphone')), self);
      media.connected(false);
      media.attachStream(stream(ada, 'camera').id, video);
      media.listen();
      const released = media.attachStream(asStreamId('nobody'), await showVideo());
      released();
      await settle();
      arrive(new FakeEngine({ observer: observed }));
      await until(() => observed.receptions.get(stream(ada, 'camera').id) === 'playing', 'not shown');
      await until(() => observed.receptions.get(stream(ada, 'microphone').id) === 'playing', 'not heard');
      expect(observed.receptions.has(asStreamId('nobody'))).to.equal(false);
      expect(isPlaying(video)).to.equal(true);
    });

    it('is fetched again when that failed', async () => {
      const told: unknown[] = [];
      const listener = (event: ErrorEvent) => {
        event.preventDefault();
        told.push(event.error);
      };
      const { onerror } = window;
      window.onerror = null;
      window.addEventListener('error', listener);
      const failure = new Error('no network');
      load = async () => {
        if (loads < 3) throw failure;
        return new FakeEngine({ observer: observed });
      };
      media.setStreams(byId(stream(ada, 'camera')), self);
      media.connected(false);
      media.attachStream(stream(ada, 'camera').id, await showVideo());
      await until(() => observed.receptions.get(stream(ada, 'camera').id) === 'playing', 'not shown');
      window.removeEventListener('error', listener);
      window.onerror = onerror;
      expect(loads).to.equal(3);
      expect(told).to.deep.equal([failure]);
    });
  });

  describe('what is shown', () => {
    it('is a stream of another for as long as it is attached', async () => {
      const video = await showVideo();
      media.setStreams(byId(stream(ada, 'camera')), self);
      media.connected(false);
      const release = media.attachStream(stream(ada, 'camera').id, video);
      await until(() => observed.receptions.get(stream(ada, 'camera').id) === 'playing', 'not shown');
      expect(isPlaying(video)).to.equal(true);
      release();
      release();
      expect(video.srcObject).to.equal(null);
      expect(observed.receptions.get(stream(ada, 'camera').id)).to.equal('idle');
    });

    it('is on its way before anything is drawn, and says so while it is asked for', async () => {
      media.setStreams(byId(stream(ada, 'camera')), self);
      await until(() => (media.preload(), observed.arrivals.length > 0), 'no engine');
      media.connected(false);
      expect(observed.arrivals).to.deep.equal([true]);
      await until(() => observed.arrivals.length === 2, 'still arriving');
      expect(observed.arrivals).to.deep.equal([true, false]);
      expect(observed.receptions.get(stream(ada, 'camera').id)).to.equal('waiting');
    });

    it('is not drawn over by a page that is on its way in, for a moment', async () => {
      await until(() => (media.preload(), observed.arrivals.length > 0), 'no engine');
      expect(observed.arrivals).to.deep.equal([true]);
      media.connected(false);
      expect(observed.arrivals).to.deep.equal([true, false]);
    });

    it('is one’s own camera, by source or by stream, without the network', async () => {
      const [bySource, byStream] = [await showVideo(), await showVideo()];
      media.setStreams(byId(stream(self, 'camera')), self);
      media.connected(false);
      const releases = [
        media.attachSource('camera', bySource),
        media.attachStream(stream(self, 'camera').id, byStream),
      ];
      await media.startSource('camera');
      await until(() => isPlaying(bySource) && isPlaying(byStream), 'not shown');
      expect(observed.receptions.size).to.equal(0);
      media.stopSource('camera');
      expect(bySource.srcObject).to.equal(null);
      await media.startSource('camera');
      expect(bySource.srcObject).not.to.equal(null);
      for (const release of releases) release();
      expect([bySource.srcObject, byStream.srcObject]).to.deep.equal([null, null]);
    });

    it('ends with the stream', async () => {
      const video = await showVideo();
      media.setStreams(byId(stream(ada, 'camera')), self);
      media.connected(false);
      media.attachStream(stream(ada, 'camera').id, video);
      await until(() => observed.receptions.get(stream(ada, 'camera').id) === 'playing', 'not shown');
      media.setStreams(byId(), self);
      expect(observed.receptions.get(stream(ada, 'camera').id)).to.equal('idle');
    });
  });

  it('plays everyone but oneself', async () => {
    media.setStreams(byId(stream(ada, 'microphone'), stream(ada, 'screenAudio'), stream(self, 'microphone')), self);
    media.connected(false);
    media.listen();
    await until(() => observed.receptions.size === 2, 'not heard');
    expect([...observed.receptions.keys()]).to.deep.equal(['ada-microphone', 'ada-screenAudio']);
  });

  it('takes a microphone off the air while its owner talks to people backstage', async () => {
    const engine = new WatchedEngine({ observer: observed });
    load = async () => engine;
    const silent = () => [...engine.sent].filter(([, { muted }]) => muted).map(([source]) => source);
    media.setPublishable(SOURCES);
    media.connected(false);
    await media.startSource('microphone');
    await until(() => observed.onAir.has('microphone'), 'not on the air');
    media.setStreams(byId(voice(self)), self);
    await until(() => observed.onAir.has('talkback'), 'not heard');
    expect(silent()).to.deep.equal(['microphone']);
    media.setStreams(byId(), self);
    await until(() => !observed.onAir.has('talkback'), 'still heard');
    expect(silent()).to.deep.equal([]);
    expect(observed.states.get('microphone')?.status).to.equal('live');
  });

  it('stays muted by a host when the talk to people backstage is over', async () => {
    const engine = new WatchedEngine({ observer: observed });
    load = async () => engine;
    media.setPublishable(SOURCES);
    media.connected(false);
    await media.startSource('microphone');
    await until(() => observed.onAir.has('microphone'), 'not on the air');
    media.setStreams(byId(stream(self, 'microphone', 'self'), voice(self)), self);
    await until(() => observed.onAir.has('talkback'), 'not heard');
    media.setStreams(byId(stream(self, 'microphone', 'host'), voice(self)), self);
    media.setStreams(byId(stream(self, 'microphone', 'host')), self);
    await until(() => !observed.onAir.has('talkback'), 'still heard');
    expect(engine.sent.get('microphone')?.muted).to.equal(true);
    expect(observed.states.get('microphone')?.status).to.equal('muted');
  });

  it('hears who talks to one backstage though nobody listens', async () => {
    media.setStreams(byId(stream(ada, 'microphone'), voice(ada)), self);
    media.connected(false);
    await until(() => observed.receptions.get(voice(ada).id) === 'playing', 'not heard');
    expect(observed.receptions.get(stream(ada, 'microphone').id)).not.to.equal('playing');
  });

  it('follows a mute by a host, and lets it be undone', async () => {
    media.setPublishable(SOURCES);
    media.connected(false);
    await media.startSource('microphone');
    media.setStreams(byId(stream(self, 'microphone')), self);
    media.setStreams(byId(stream(self, 'microphone', 'host')), self);
    await until(() => observed.states.get('microphone')?.status === 'muted', 'not muted');
    await media.setSourceMuted('microphone', false);
    // The room has yet to hear of it, and something else changes meanwhile.
    media.setStreams(byId(stream(self, 'microphone', 'host'), stream(ada, 'camera')), self);
    await settle();
    expect(observed.states.get('microphone')?.status).to.equal('live');
  });

  it('holds neither devices nor streams once out of the room, and takes streams up with the next join', async () => {
    const video = await showVideo();
    const { id } = stream(ada, 'camera');
    media.setStreams(byId(stream(ada, 'camera')), self);
    media.setPublishable(SOURCES);
    media.connected(false);
    media.attachStream(id, video);
    await media.startSource('camera');
    await until(() => observed.receptions.get(id) === 'playing' && observed.onAir.has('camera'), 'nothing flows');
    const shown = video.srcObject;
    media.setPublishable(null);
    media.disconnected();
    await until(() => shown instanceof MediaStream && !shown.active, 'still received');
    expect(observed.onAir.size).to.equal(0);
    expect(observed.states.get('camera')?.status).to.equal('off');
    media.setPublishable([]);
    media.connected(false);
    await until(() => observed.receptions.get(id) === 'playing', 'not received again');
  });

  it('leaves another room on the page alone', async () => {
    const other = createMedia();
    const video = await showVideo();
    for (const each of [media, other]) {
      each.setStreams(byId(stream(ada, 'camera')), self);
      each.connected(false);
    }
    other.attachStream(stream(ada, 'camera').id, video);
    await until(() => isPlaying(video), 'not shown');
    media.close();
    await settle();
    expect(video.srcObject instanceof MediaStream && video.srcObject.active).to.equal(true);
    other.close();
    expect(video.srcObject instanceof MediaStream && video.srcObject.active).to.equal(false);
  });

  it('ends everything when closed, in any state and any number of times', async () => {
    media.setPublishable(SOURCES);
    media.connected(false);
    await Promise.all([media.startSource('camera'), media.startSource('microphone')]);
    const track = observed.states.get('camera')?.track;
    const starting = media.useTestMedia(true);
    media.close();
    media.close();
    await starting;
    expect(track?.readyState).to.equal('ended');
    const { length } = observed.calls;
    media.connected(false);
    media.setPublishable(null);
    media.setStreams(byId(stream(ada, 'camera')), self);
    media.attachStream(stream(ada, 'camera').id, await showVideo())();
    media.attachSource('camera', await showVideo())();
    media.watchLevel()();
    media.listen()();
    await media.startSource('camera');
    await settle();
    expect(observed.calls).to.have.lengthOf(length);
  });

  it('does nothing, and says so, where there is no WebRTC', async () => {
    const { RTCPeerConnection: real } = window;
    Reflect.deleteProperty(window, 'RTCPeerConnection');
    try {
      const without = createMedia();
      expect(without.supported).to.equal(false);
      without.preload();
      without.setStreams(byId(stream(ada, 'camera'), stream(ada, 'microphone')), self);
      without.setPublishable(SOURCES);
      without.connected(false);
      without.listen()();
      without.attachStream(stream(ada, 'camera').id, await showVideo())();
      without.attachSource('camera', await showVideo())();
      without.watchLevel()();
      await without.refreshDevices();
      await without.useTestMedia(true);
      const failure: unknown = await without.startSource('camera').catch((error: unknown) => error);
      expect(failure).to.include({ code: 'unsupported' });
      expect(observed.states.get('camera')).to.include({ status: 'failed', error: 'unsupported' });
      without.disconnected();
      without.close();
      expect(loads).to.equal(0);
    } finally {
      window.RTCPeerConnection = real;
    }
  });
});
