import type { BackstageView, HandView, ParticipantId, StreamId, StreamView } from '../protocol/index.ts';
import { createHandsSlice } from '../store/hands.ts';
import { SOURCE_OFF } from '../store/local-media.ts';
import type { FakeFeature } from './fake-features.ts';
import type { FakeRoomModel } from './fake-room-model.ts';
import { asRole } from './fake-room-options.ts';

export interface FakeHandsOptions {
  /** Who raised theirs, in that order; `ageMs` ago. */
  readonly queue?: readonly {
    readonly name: string;
    readonly note?: string;
    readonly ageMs?: number;
    readonly isAway?: boolean;
  }[];
  /** One's own hand, and its place. */
  readonly own?: { readonly note?: string; readonly place?: number };
  readonly count?: number;
  /** Names of those backstage, with a camera or without. */
  readonly backstage?: readonly { readonly name: string; readonly camera?: boolean; readonly isAway?: boolean }[];
  readonly isBackstage?: boolean;
  /** Names of those who talk to oneself there. */
  readonly talkback?: readonly string[];
  /** Names of those backstage whom one talks to. */
  readonly talkingTo?: readonly string[];
  /** It is not there yet, or did not come. */
  readonly state?: 'loading' | 'failed';
}

/** Where everyone on a fake stage came from. */
const roleBefore = asRole('viewer');

export function createFakeHands(model: FakeRoomModel, options: FakeHandsOptions = {}): FakeFeature<'hands'> {
  const slice = createHandsSlice();
  const { stage } = model.store;
  const raise = (
    participantId: ParticipantId,
    name: string,
    note: string,
    raisedAt: number,
    isAway = false,
  ): HandView => {
    const hand = { participantId, name, note, raisedAt, isAway };
    slice.queue.value = [...slice.queue.value.filter((each) => each.participantId !== participantId), hand];
    return hand;
  };
  const setBackstage = (people: readonly BackstageView[]): void => {
    slice.backstage.value = people;
    const streams = people.flatMap((person) => person.streams);
    stage.backstage.value = new Map(streams.map((stream) => [stream.id, stream]));
  };
  const streamsOf = (participantId: ParticipantId): StreamView[] =>
    [...stage.streams.value.values()].filter((stream) => stream.participantId === participantId);
  const lower = (participantId: ParticipantId): void => {
    if (participantId === model.selfId) slice.own.value = null;
    slice.queue.value = slice.queue.value.filter((each) => each.participantId !== participantId);
    slice.count.value = Math.max(0, slice.count.value - 1);
  };

  slice.state.value = options.state ?? 'ready';
  slice.isBackstage.value = options.isBackstage ?? false;
  for (const { name, note = '', ageMs = 65_000, isAway = false } of options.queue ?? []) {
    const id =
      [...model.people.values()].find((person) => person.name === name)?.id ?? model.join({ name, role: 'viewer' });
    raise(id, name, note, Date.now() - ageMs, isAway);
  }
  slice.count.value = options.count ?? slice.queue.value.length;
  if (options.own) {
    const { note = '', place = 1 } = options.own;
    slice.own.value = { note, place, raisedAt: Date.now() - 30_000 };
    slice.count.value = Math.max(slice.count.value, place);
  }
  setBackstage(
    (options.backstage ?? []).map(({ name, camera = true, isAway = false }) => {
      const participantId = model.join({ name, role: 'guest', sources: camera ? { camera: 'live' } : {} });
      const streams = streamsOf(participantId);
      for (const { id } of streams) model.unpublish(id, 'backstage');
      return { participantId, name, isAway, streams };
    }),
  );

  slice.talkback.value = (options.talkback ?? []).map((name, index) => {
    const person = [...model.people.values()].find((each) => each.name === name);
    const participantId = person?.id ?? model.join({ name, role: 'producer' });
    return { streamId: `talkback-${index}` as StreamId, participantId, name };
  });
  const talkTo = (participantIds: readonly ParticipantId[]): void => {
    const { sources } = model.store.localMedia;
    const isOn = participantIds.length > 0;
    slice.talkingTo.value = participantIds;
    sources.value = { ...sources.value, talkback: { ...SOURCE_OFF, status: isOn ? 'live' : 'off', published: isOn } };
  };
  const { talkingTo } = options;
  if (talkingTo) {
    const people = slice.backstage.value.filter(({ name }) => talkingTo.includes(name));
    talkTo(people.map(({ participantId }) => participantId));
  }

  return {
    slice,
    answers: {
      raiseHand({ note = '' }) {
        const { id, name } = model.personOf(model.selfId);
        const hand = raise(id, name, note, Date.now());
        slice.count.value = slice.own.value ? slice.count.value : slice.count.value + 1;
        slice.own.value = { note, raisedAt: hand.raisedAt, place: slice.own.value?.place ?? slice.count.value };
        return {};
      },
      lowerHand({ participantId = model.selfId }) {
        lower(participantId);
        return {};
      },
      lowerAllHands() {
        for (const { participantId } of slice.queue.value) lower(participantId);
        return {};
      },
      sendBack({ participantId }) {
        const role = roleBefore;
        setBackstage(slice.backstage.value.filter((each) => each.participantId !== participantId));
        model.changeRole(participantId, role, model.selfId);
        return { role };
      },
      talkBack({ participantIds }) {
        talkTo(participantIds);
        return {};
      },
      bringOnStage({ participantId }) {
        if (slice.talkingTo.value.includes(participantId)) talkTo([]);
        const person = slice.backstage.value.find((each) => each.participantId === participantId);
        setBackstage(slice.backstage.value.filter((each) => each !== person));
        for (const stream of person?.streams ?? []) model.emit('streamPublished', { stream });
        return {};
      },
      bringBackstage({ participantId }) {
        const streams = streamsOf(participantId);
        for (const { id } of streams) model.unpublish(id, 'backstage');
        const { name } = model.personOf(participantId);
        setBackstage([...slice.backstage.value, { participantId, name, isAway: false, streams }]);
        return {};
      },
    },
  };
}
