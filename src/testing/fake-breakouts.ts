import type { BreakoutAssignment, BreakoutsView, RoomId } from '../protocol/index.ts';
import { createBreakoutsSlice } from '../store/breakouts.ts';
import type { FakeFeature } from './fake-features.ts';
import type { FakeRoomModel } from './fake-room-model.ts';

export interface FakeBreakoutsOptions {
  readonly rooms?: readonly { readonly name: string; readonly size?: number; readonly present?: number }[];
  readonly isOpen?: boolean;
  readonly assignment?: BreakoutAssignment;
  /** How long they are open yet. */
  readonly leftMs?: number;
  readonly announcement?: string;
  /** Which of them one is in, counted from 0. */
  readonly inside?: number;
  /** Who calls for help, from the first of them. */
  readonly call?: string;
  /** It is not there yet, or did not come. */
  readonly state?: 'loading' | 'failed';
}

const HOME = 'home' as RoomId;
const idOf = (index: number): RoomId => `home.fake.${index + 1}` as RoomId;

export function createFakeBreakouts(
  model: FakeRoomModel,
  options: FakeBreakoutsOptions = {},
): FakeFeature<'breakouts'> {
  const slice = createBreakoutsSlice();
  const { view, people, calls } = slice;
  const { connection } = model.store;
  const create = (
    rooms: NonNullable<FakeBreakoutsOptions['rooms']>,
    assignment: BreakoutAssignment,
    more: Partial<BreakoutsView> = {},
  ): BreakoutsView => ({
    homeId: HOME,
    isOpen: false,
    assignment,
    role: null,
    rooms: rooms.map(({ name, size = null, present = 0 }, index) => {
      return { roomId: idOf(index), name, size, assigned: present, present };
    }),
    closesAt: null,
    announcement: null,
    ...more,
  });
  const change = (more: Partial<BreakoutsView>): void => {
    if (view.value !== null) view.value = { ...view.value, ...more };
  };

  slice.state.value = options.state ?? 'ready';
  const { rooms, assignment = 'byHand', isOpen = false, leftMs, announcement, inside, call } = options;
  if (rooms) {
    const at = Date.now();
    view.value = create(rooms, assignment, {
      isOpen,
      closesAt: leftMs === undefined ? null : at + leftMs,
      announcement: announcement === undefined ? null : { text: announcement, by: null, at },
    });
  }
  if (inside !== undefined) connection.roomId.value = idOf(inside);
  if (call !== undefined) {
    calls.value = [{ participantId: model.selfId, name: call, roomId: idOf(0), at: Date.now() }];
  }

  return {
    slice,
    answers: {
      getBreakouts: () => ({ breakouts: view.value, people: [...people.value], calls: [...calls.value] }),
      createBreakouts(data) {
        const made = data.rooms.map(({ name, size }) => (size ? { name, size } : { name }));
        const breakouts = create(made, data.assignment, { role: data.role ?? null });
        view.value = breakouts;
        return { breakouts };
      },
      assignBreakout({ participantId, roomId }) {
        const { name } = model.personOf(participantId);
        const others = people.value.filter((person) => person.participantId !== participantId);
        people.value = [...others, { participantId, name, roomId }];
        return {};
      },
      fillBreakout({ roomId, count }) {
        const known = new Set(people.value.map(({ participantId }) => participantId));
        const free = [...model.people.values()]
          .filter(({ id }) => id !== model.selfId && !known.has(id))
          .slice(0, count);
        people.value = [...people.value, ...free.map(({ id, name }) => ({ participantId: id, name, roomId }))];
        return { sent: free.length };
      },
      enterBreakout({ roomId }) {
        connection.roomId.value = roomId ?? HOME;
        return {};
      },
      openBreakouts({ durationMs = null }) {
        change({ isOpen: true, closesAt: durationMs === null ? null : Date.now() + durationMs });
        return {};
      },
      closeBreakouts({ warningMs = 60_000 }) {
        if (warningMs === 0 || view.value?.isOpen !== true) view.value = null;
        else change({ closesAt: Date.now() + warningMs });
        return {};
      },
      announceToBreakouts({ text }) {
        change({ announcement: { text, by: null, at: Date.now() } });
        return {};
      },
      callForHelp: () => ({}),
      answerHelpCall({ roomId }) {
        calls.value = calls.value.filter((each) => each.roomId !== roomId);
        return {};
      },
    },
  };
}
