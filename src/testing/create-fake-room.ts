import { batch } from '@preact/signals-core';
import type {
  BroadcastView,
  ChatMessage,
  ErrorCode,
  GiftGoalInput,
  EventData,
  MediaErrorCode,
  OfferId,
  ParticipantId,
  RequestName,
  Source,
  StreamId,
  WireError,
} from '../protocol/index.ts';
import type { Room } from '../room/room.ts';
import type { ConnectionState } from '../store/connection.ts';
import type { LocalSource } from '../store/local-media.ts';
import type { Reception } from '../store/stage.ts';
import { createStore, type WritableStore } from '../store/store.ts';
import type { FakeHear } from './fake-captions.ts';
import { createFakeActions, type FakeCall } from './fake-actions.ts';
import type { FakeGift } from './fake-gifts.ts';
import { createFakeFeatures } from './fake-features.ts';
import { setFakeProgram } from './fake-program.ts';
import { FakePictures } from './fake-pictures.ts';
import { FakeRoomModel } from './fake-room-model.ts';
import {
  FAKE_DEVICES,
  type FakeParticipantOptions,
  type FakeProgramOptions,
  type FakeRoomOptions,
} from './fake-room-options.ts';

/** A room without a network: a context for elements, with everything that a server or another participant would do at hand. */
export interface FakeRoom extends Room {
  /** Writable, for states that no helper makes. */
  readonly store: WritableStore;
  /** Every call of an action, oldest first. */
  readonly calls: readonly FakeCall[];
  readonly selfId: ParticipantId;
  /** How many generated pictures are being painted; 0 once nothing is attached. */
  readonly activePictures: number;

  /** A message from `author` (a name; oneself where it is `undefined`). */
  say(author: string | undefined, text: string, role?: string): ChatMessage;
  /** So many messages of a crowd of which everyone is told every `told`th alone ([C5]). */
  crowd(count: number, told: number): void;
  join(participant?: FakeParticipantOptions): ParticipantId;
  leave(participantId: ParticipantId, reason?: EventData<'participantLeft'>['reason']): void;
  /** The link of a participant broke, or is back. */
  lose(participantId: ParticipantId, lost?: boolean): void;
  changeRole(participantId: ParticipantId, role: string): void;
  /** Offers oneself a role. */
  offer(role: string, backstage?: boolean): OfferId;
  publish(participantId: ParticipantId, source: Source, muted?: boolean): StreamId;
  unpublish(streamId: StreamId): void;
  mute(streamId: StreamId, muted: boolean, by?: 'self' | 'host'): void;
  /** Makes a participant the active speaker at `level` decibels (−127 to 0); `null`: silence. */
  speak(participantId: ParticipantId | null, level?: number): void;
  setQuality(participantId: ParticipantId, quality: number): void;
  /** So many people react with each of these, all at once. */
  react(counts: readonly (readonly [emoji: string, count: number])[]): void;
  /** Somebody says something. */
  hear: FakeHear;
  /** The broadcast changed; what is not said stays as it was. */
  /** Somebody gives. */
  give(gift: FakeGift): void;
  /** What oneself has to spend. */
  setBalance(amount: number): void;
  /** Counted from now on. */
  setGiftGoal(goal: GiftGoalInput | null): void;
  setBroadcast(change: Partial<BroadcastView>): void;
  /** The broadcast plays here otherwise; what is not said stays as it was. */
  setProgram(change: FakeProgramOptions): void;
  setReception(streamId: StreamId, reception: Reception): void;
  setState(state: ConnectionState, error?: WireError | ErrorCode): void;
  setSource(source: Source, change: Partial<LocalSource>): void;

  /** The next such request is refused with `code`. */
  failNext(request: RequestName, code: ErrorCode): void;
  /** The next start of the source fails. */
  failNextSource(source: Source, error: MediaErrorCode): void;
  /** Holds every answer back until `flush` or `resume`. */
  pause(): void;
  /** Gives the answers held back so far, and waits until they took effect. */
  flush(): Promise<void>;
  resume(): Promise<void>;
}

const asError = (error: WireError | ErrorCode): WireError =>
  typeof error === 'string' ? { code: error, message: `the fake room says ${error}` } : error;

/** Makes a fake room; `close()` it when done. */
export function createFakeRoom(options: FakeRoomOptions = {}): FakeRoom {
  const store = createStore();
  const model = new FakeRoomModel(store, options);
  const pictures = new FakePictures(options.moving ?? true);
  const calls: FakeCall[] = [];
  const sourceFailures = new Map<Source, MediaErrorCode>();
  let held: (() => void)[] | null = null;

  const setSource = (source: Source, change: Partial<LocalSource>): void => {
    const { sources } = store.localMedia;
    sources.value = { ...sources.value, [source]: { ...sources.value[source], ...change } };
  };
  const setState = (state: ConnectionState, error?: WireError | ErrorCode): void => {
    batch(() => {
      store.connection.error.value = error === undefined ? null : asError(error);
      store.connection.retryAt.value = state === 'reconnecting' ? Date.now() + 2_000 : null;
      store.connection.state.value = state;
    });
  };

  setState(options.state ?? 'joined', options.error);
  store.localMedia.devices.value = { ...FAKE_DEVICES, ...options.devices };
  store.localMedia.selected.value = { camera: 'camera-1', microphone: 'microphone-1', speaker: 'speaker-1' };
  store.localMedia.supported.value = options.unsupported !== true;
  store.connection.aboutToWatch.value = options.aboutToWatch === true;
  store.playback.blocked.value = options.playback?.blocked ?? false;
  store.playback.muted.value = options.playback?.muted ?? false;
  store.playback.volume.value = options.playback?.volume ?? 1;
  setFakeProgram(store, options.program ?? {});
  for (const [source, change] of Object.entries(options.sources ?? {}) as [Source, Partial<LocalSource>][]) {
    setSource(source, change);
    if (change.published === true) model.publish(model.selfId, source, change.status === 'muted');
  }

  const features = createFakeFeatures(model, options);
  const actions = createFakeActions({
    model,
    pictures,
    features,
    calls,
    answer: () => (held ? new Promise<void>((resolve) => held?.push(resolve)) : Promise.resolve()),
    takeSourceFailure(source) {
      const error = sourceFailures.get(source);
      sourceFailures.delete(source);
      return error;
    },
  });
  const flush = async (): Promise<void> => {
    const answers = held?.splice(0) ?? [];
    for (const giveAnswer of answers) giveAnswer();
    // Effects follow their answers within a few microtasks.
    await new Promise((resolve) => setTimeout(resolve));
  };

  return {
    store,
    actions,
    calls,
    selfId: model.selfId,
    get activePictures() {
      return pictures.size;
    },
    say(author, text, role = 'viewer') {
      const message = model.messageOf(author === undefined ? { text, role } : { author, text, role });
      model.say(message);
      return message;
    },
    crowd: (count, told) => model.crowd(count, told),
    join: (participant = {}) => model.join(participant),
    leave: (participantId, reason = 'left') => model.leave(participantId, reason),
    lose: (participantId, lost = true) =>
      model.emit(lost ? 'participantLost' : 'participantReturned', { participantId }),
    changeRole: (participantId, role) => model.changeRole(participantId, role, null),
    offer: (role, backstage) => {
      const other = [...model.people.keys()].find((id) => id !== model.selfId);
      return model.offer(model.selfId, role, other ?? model.selfId, backstage);
    },
    publish: (participantId, source, muted = false) => model.publish(participantId, source, muted),
    unpublish: (streamId) => model.unpublish(streamId, 'ended'),
    mute: (streamId, muted, by = 'self') => model.emit('streamMuted', { streamId, muted, mutedBy: muted ? by : null }),
    speak(participantId, level = -20) {
      batch(() => {
        store.stage.activeSpeaker.value = participantId;
        store.stage.levels.value = participantId === null ? new Map() : new Map([[participantId, level]]);
      });
    },
    setQuality(participantId, quality) {
      const { qualities } = store.stage;
      qualities.value = new Map(qualities.value).set(participantId, quality);
    },
    use() {},
    give: (gift) => features.gifts.give(gift),
    setBalance: (amount) => features.gifts.setBalance(amount),
    setGiftGoal: (goal) => features.gifts.setGoal(goal),
    react(counts) {
      features.reactions.slice.latest.value = counts;
    },
    hear: features.captions.hear,
    setBroadcast: (change) => model.changeBroadcast(change),
    setProgram: (change) => setFakeProgram(store, change),
    setReception(streamId, reception) {
      const { receptions } = store.stage;
      receptions.value = new Map(receptions.value).set(streamId, reception);
    },
    setState,
    setSource,
    failNext: (request, code) => model.failNext(request, code),
    failNextSource: (source, error) => sourceFailures.set(source, error),
    pause() {
      held ??= [];
    },
    flush,
    async resume() {
      const done = flush();
      held = null;
      await done;
    },
    close() {
      pictures.close();
    },
  };
}
