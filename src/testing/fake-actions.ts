import {
  changeBroadcastLayout,
  completeBroadcastOptions,
  ProtocolError,
  type ErrorCode,
  type ListedParticipant,
  type MediaErrorCode,
  type MessageId,
  type RequestName,
  type Source,
  type StreamId,
} from '../protocol/index.ts';
import type { FeatureVerb, LoadedVerbs, RoomActions } from '../actions/room-actions.ts';
import { mayPublish } from '../store/selectors.ts';
import { createFakeProgram } from './fake-program.ts';
import { SOURCE_OFF, type DeviceKind, type LocalSource } from '../store/local-media.ts';
import { answerFake, type FakeFeature, type FakeFeatures } from './fake-features.ts';
import type { FakePictures } from './fake-pictures.ts';
import type { FakeRoomModel } from './fake-room-model.ts';

/** One call of an action, as a test may look it up. */
export interface FakeCall {
  readonly action: keyof RoomActions;
  readonly args: readonly unknown[];
}

export interface FakeActionsParts {
  readonly model: FakeRoomModel;
  readonly pictures: FakePictures;
  readonly features: FakeFeatures;
  /** Every call is added to these. */
  readonly calls: FakeCall[];
  /** Waits until the fake server answers. */
  readonly answer: () => Promise<void>;
  /** The next device failure of a source, taken once. */
  readonly takeSourceFailure: (source: Source) => MediaErrorCode | undefined;
}

const isScreen = (source: Source): boolean => source === 'screen' || source === 'screenAudio';

/** The verbs of a fake room: each has its obvious effect on the store, once the fake server answers. */
export function createFakeActions({
  model,
  pictures,
  features,
  calls,
  answer,
  takeSourceFailure,
}: FakeActionsParts): RoomActions {
  const { store } = model;
  const { connection, localMedia, playback, stage } = store;
  let nextNotice = 1;
  let nextKey = 1;

  const request = async <T>(name: RequestName, effect: () => T): Promise<T> => {
    await answer();
    try {
      model.assertAllowed(name);
      return effect();
    } catch (error) {
      if (error instanceof ProtocolError)
        store.notices.latest.value = { id: nextNotice++, request: name, error: error.toWire() };
      throw error;
    }
  };

  const setSource = (source: Source, change: Partial<LocalSource>): void => {
    const sources = localMedia.sources.value;
    localMedia.sources.value = { ...sources, [source]: { ...sources[source], ...change } };
  };
  const ownStream = (source: Source): StreamId | undefined =>
    model.streamsOf(model.selfId).find((stream) => stream.source === source)?.id;

  const startSource = async (source: Source): Promise<void> => {
    setSource(source, { ...SOURCE_OFF, status: 'starting' });
    await answer();
    const error = takeSourceFailure(source);
    if (error !== undefined) {
      setSource(source, { ...SOURCE_OFF, status: 'failed', error });
      throw Object.assign(new Error(`${source} fails with ${error}, as told`), { code: error });
    }
    const published = connection.state.value === 'joined' && mayPublish(store, source);
    const track = pictures.hold(source, model.personOf(model.selfId).name, isScreen(source));
    setSource(source, { status: 'live', error: null, track, published });
    if (published) model.publish(model.selfId, source);
  };

  const stopSource = (source: Source): void => {
    const id = ownStream(source);
    if (id !== undefined) model.unpublish(id, 'ended');
    pictures.release(source);
    setSource(source, SOURCE_OFF);
  };

  const deliver = async (key: string, text: string, replyTo?: MessageId): Promise<void> => {
    model.ledger.send(key, text, Date.now(), replyTo);
    try {
      await request('sendChat', () => {
        const message = model.messageOf({ text, replyTo: model.messages.find(({ id }) => id === replyTo)?.index });
        model.say(message);
        model.ledger.confirm(key, message);
      });
    } catch (error) {
      const code: ErrorCode = error instanceof ProtocolError ? error.code : 'internal';
      model.ledger.fail(key, { code, message: 'the fake server refused' });
      throw error;
    }
  };

  const verbs: Omit<RoomActions, FeatureVerb | keyof LoadedVerbs> = {
    async join({ name } = {}) {
      if (name !== undefined) model.rename(name);
      connection.state.value = 'connecting';
      await answer();
      connection.error.value = null;
      connection.state.value = 'joined';
    },
    async leave() {
      await answer();
      connection.state.value = 'left';
    },
    endRoom: () => request('endRoom', () => model.emit('roomEnded', { endedBy: model.selfId })),

    startSource,
    async stopSource(source) {
      await answer();
      stopSource(source);
    },
    async setSourceMuted(source, muted) {
      await answer();
      setSource(source, { status: muted ? 'muted' : 'live' });
      const streamId = ownStream(source);
      if (streamId !== undefined) model.emit('streamMuted', { streamId, muted, mutedBy: muted ? 'self' : null });
    },
    async selectDevice(kind: DeviceKind, deviceId: string) {
      await answer();
      localMedia.selected.value = { ...localMedia.selected.value, [kind]: deviceId };
    },
    async refreshDevices() {
      await answer();
    },
    async useTestMedia(on) {
      for (const source of ['camera', 'microphone'] as const)
        if (on) await startSource(source);
        else stopSource(source);
    },

    attachStream(streamId, element) {
      const stream = stage.streams.value.get(streamId) ?? stage.backstage.value.get(streamId);
      const person = stream && model.people.get(stream.participantId);
      if (!stream || !person || stream.source === 'talkback' || stream.kind === 'audio') return () => {};
      return pictures.attach(streamId, person.name, isScreen(stream.source), element);
    },
    attachSource(source, element) {
      return pictures.attach(source, model.personOf(model.selfId).name, isScreen(source), element);
    },
    listen: () => () => {},
    ...createFakeProgram(store, pictures),
    async resumePlayback() {
      playback.blocked.value = false;
    },
    setPlaybackMuted(muted) {
      playback.muted.value = muted;
    },
    setVolume(volume) {
      playback.volume.value = Math.min(1, Math.max(0, volume));
    },

    listParticipants: (query) =>
      request('listParticipants', () => {
        const wanted = query.search?.toLowerCase() ?? '';
        const isFound = (text: string) => text.toLowerCase().includes(wanted);
        const isRelated = ({ isFriend, groups }: ListedParticipant) => isFriend === true || groups !== undefined;
        const everyone = [...model.people.values()];
        const found = everyone
          .filter(({ name, role, groups = [] }) => [name, ...groups].some(isFound) && (query.role ?? role) === role)
          .filter((person) => query.related !== true || isRelated(person))
          .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
        const start = Number(query.after ?? 0);
        const end = start + (query.limit ?? 100);
        const next = end < found.length ? String(end) : null;
        const related = everyone.filter(isRelated).length;
        return { participants: found.slice(start, end), total: found.length, related, next };
      }),
    changeRole: async (participantId, role) => {
      const lesser = participantId === model.selfId && model.roleOf(role)?.publish.length === 0;
      const effect = () => {
        const current = model.roleOf(model.personOf(participantId).role)?.publish ?? [];
        const wanted = model.roleOf(role)?.publish;
        if (!wanted) throw new ProtocolError('notFound', 'no such role');
        for (const name of [model.personOf(participantId).role, role]) model.assertReaches(name);
        if (model.personOf(participantId).role === role) return { status: 'unchanged' as const };
        if (participantId !== model.selfId && wanted.some((source) => !current.includes(source)))
          return { status: 'offered' as const, offerId: model.offer(participantId, role, model.selfId) };
        model.changeRole(participantId, role, model.selfId);
        return { status: 'changed' as const };
      };
      if (!lesser) return request('changeRole', effect);
      await answer();
      return effect();
    },
    answerRoleOffer: (offerId, accept) =>
      request('answerRoleOffer', () => {
        const offer = store.participants.offers.value.get(offerId);
        if (!offer) throw new ProtocolError('expired', 'no such offer');
        const { participantId, role, offeredBy } = offer;
        model.emit('roleOfferEnded', { offerId, participantId, outcome: accept ? 'accepted' : 'declined' });
        if (accept) model.changeRole(participantId, role, offeredBy);
      }),
    withdrawRoleOffer: (offerId) =>
      request('withdrawRoleOffer', () => {
        const offer = store.participants.offers.value.get(offerId);
        if (!offer) throw new ProtocolError('expired', 'no such offer');
        model.emit('roleOfferEnded', { offerId, participantId: offer.participantId, outcome: 'withdrawn' });
      }),
    removeParticipant: (participantId) =>
      request('removeParticipant', () => {
        model.assertReaches(model.personOf(participantId).role);
        model.leave(participantId, 'removed');
      }),
    muteParticipant: (participantId, source) =>
      request('muteParticipant', () => {
        model.assertReaches(model.personOf(participantId).role);
        for (const stream of model.streamsOf(participantId))
          if (!stream.muted && (source ?? stream.source) === stream.source)
            model.emit('streamMuted', { streamId: stream.id, muted: true, mutedBy: 'host' });
      }),
    spotlight: (participantId) => request('spotlight', () => model.emit('spotlightChanged', { participantId })),
    pin(participantId) {
      stage.pinned.value = participantId;
    },

    sendChat: (text, replyTo) => deliver(`key-${nextKey++}`, text, replyTo),
    async retryChat(key) {
      const failed = model.ledger.failed(key);
      if (failed) await deliver(key, failed.text, failed.replyTo);
    },
    discardChat(key) {
      model.ledger.discard(key);
    },
    async loadChat(before) {
      store.chat.loading.value = true;
      try {
        await request('loadChat', () => {
          model.ledger.fill(model.messages.slice(Math.max(0, before - 50), before));
        });
      } finally {
        store.chat.loading.value = false;
      }
    },
    sendReaction: async (emoji) => {
      await request('sendReaction', () => answerFake(features, 'sendReaction', { emoji, count: 1 }));
    },
    startBroadcast: (options = {}) =>
      request('startBroadcast', () =>
        model.changeBroadcast({
          state: 'HLS_STARTING',
          livestreamUrl: null,
          playbackHlsUrl: null,
          startedAt: null,
          reason: null,
          retrying: false,
          options: completeBroadcastOptions(options),
        }),
      ),
    startRecording: (options = {}) =>
      request('startRecording', () =>
        model.changeBroadcast({
          state: 'HLS_STARTING',
          livestreamUrl: null,
          playbackHlsUrl: null,
          startedAt: null,
          reason: null,
          retrying: false,
          options: { ...completeBroadcastOptions(options), recordOnly: true },
        }),
      ),
    stopRecording: () => request('stopRecording', () => model.changeBroadcast({ state: 'HLS_STOPPING' })),
    stopBroadcast: () => request('stopBroadcast', () => model.changeBroadcast({ state: 'HLS_STOPPING' })),
    changeBroadcastLayout: (layout) =>
      request('changeBroadcastLayout', () => {
        const options = store.broadcast.view.value?.options ?? completeBroadcastOptions({});
        model.changeBroadcast({ options: { ...options, layout: changeBroadcastLayout(options.layout, layout) } });
      }),

    deleteChat: (messageId) =>
      request('deleteChat', () => {
        const index = model.messages.findIndex((message) => message.id === messageId);
        const message = model.messages[index];
        if (!message) throw new ProtocolError('notFound', 'no such message');
        model.messages[index] = { ...message, text: '', deleted: true };
        model.emit('chatDeleted', { messageId, index, deletedBy: model.selfId });
      }),
  };
  const loaded = Object.assign({}, ...Object.values<FakeFeature>(features).map((feature) => feature.verbs?.(request)));
  return new Proxy(verbs as RoomActions, {
    get(target, name: keyof RoomActions) {
      const verb: unknown = Reflect.get(loaded, name) ?? Reflect.get(target, name);
      return (...args: unknown[]) => {
        calls.push({ action: name, args });
        if (typeof verb === 'function') return Reflect.apply(verb, target, args);
        const [data] = args;
        return request(name as FeatureVerb, () => answerFake(features, name as FeatureVerb, data as never));
      };
    },
  });
}
